import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Far above what thousands of questions take; a server that never answers must not keep the suite. */
const WITHIN_MS = 60_000;

/** What a resolver tool says about one question, word for word. */
export const ask = async (tool: 'dig' | 'kdig', port: number, args: readonly string[]): Promise<string> => {
  const { stdout } = await run(tool, ['@127.0.0.1', '-p', String(port), ...args], { timeout: WITHIN_MS });
  return stdout;
};

/** The status, flags and records out of what either tool says: both print a header, then sections of records. */
export const parsed = (text: string) => ({
  status: /status: ([A-Z]+)/.exec(text)?.[1],
  flags: (/flags: ([a-z ]+);/i.exec(text)?.[1] ?? '').split(' '),
  edns: /UDP size: (\d+)|udp: (\d+)/.exec(text)?.slice(1).find(Boolean) ?? null,
  over: /\((UDP|TCP)\)/.exec(text)?.[1],
  /** Name, TTL, type and data of each record, from all sections. */
  records: [...text.matchAll(/^([^;\s]\S*)\s+(\d+)\s+IN\s+(\S+)\s+(.+)$/gm)].map(([, name, ttl, type, data]) => ({
    name,
    ttlSeconds: Number(ttl),
    type,
    data,
  })),
});

/** Asks one question many times by dig's own batch mode and counts the answers. */
export const countAnswers = async (
  port: number,
  name: string,
  times: number,
  ...options: readonly string[]
): Promise<Readonly<Record<string, number>>> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-dig-'));
  const batch = join(folder, 'questions');
  try {
    writeFileSync(batch, `@127.0.0.1 -p ${port} +norecurse +short ${options.join(' ')} ${name} A\n`.repeat(times));
    const { stdout } = await run('dig', ['-f', batch], { timeout: WITHIN_MS, maxBuffer: 16 * 1024 * 1024 });
    const answers = stdout.split('\n').filter((line) => line !== '');
    return Object.fromEntries([...Map.groupBy(answers, (line) => line)].map(([line, all]) => [line, all.length]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Asks one question many times and counts which address came first: most clients take that one. */
export const countFirst = async (
  port: number,
  name: string,
  times: number,
): Promise<Readonly<Record<string, number>>> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-dig-'));
  const batch = join(folder, 'questions');
  try {
    writeFileSync(batch, `@127.0.0.1 -p ${port} +norecurse +noall +answer +comments ${name} A\n`.repeat(times));
    const { stdout } = await run('dig', ['-f', batch], { timeout: WITHIN_MS, maxBuffer: 64 * 1024 * 1024 });
    const first = [...stdout.matchAll(/;; ANSWER SECTION:\n\S+\s+\d+\s+IN\s+A\s+(\S+)/g)].map(
      ([, address = '']) => address,
    );
    return Object.fromEntries(
      [...Map.groupBy(first, (address) => address)].map(([address, all]) => [address, all.length]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
