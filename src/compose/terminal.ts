import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CliContext, Output } from '../cli/context.ts';

export const outputTo = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => {
    stream.write(text);
  },
  isTerminal: stream.isTTY === true,
});

/** Asks at the terminal; null when nobody is there. A hidden answer is not echoed. */
export const askAtTerminal: CliContext['ask'] = async (question, how) => {
  if (process.stdin.isTTY !== true) return null;
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input: process.stdin,
    output: how === 'hidden' ? silent : process.stderr,
    terminal: true,
  });
  const closed = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
  try {
    return await Promise.race([lines.question(''), closed]);
  } finally {
    lines.close();
    if (how === 'hidden') process.stderr.write('\n');
  }
};
