import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface Child {
  /** Everything it has said so far. */
  readonly said: () => string;
  /** Resolves once what it said satisfies `isEnough`. */
  readonly untilSaid: (isEnough: (said: string) => boolean) => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

/** A Node process of this test's own, killed by its own id when the test is over. */
export const startChild = (script: string, args: readonly string[]): Child => {
  const child: ChildProcess = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  const untilSaid = async (isEnough: (text: string) => boolean): Promise<void> => {
    while (!isEnough(said)) {
      if (child.exitCode !== null || child.stdout === null) throw new Error(`${script} ended after saying "${said}"`);
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  };
  return { said: () => said, untilSaid, kill, ended };
};
