import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The demonstration in a process of its own, as a newcomer starts it. */
export interface StartedDemo {
  readonly url: string;
  /** What it printed. */
  readonly said: () => string;
  /** Presses Ctrl-C and waits; the exit code, null where it had to be killed. Idempotent. */
  readonly interrupt: () => Promise<number | null>;
}

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** A cold disk and a busy machine; otherwise it takes three seconds. */
const READY_WITHIN_MS = 60_000;
const END_WITHIN_MS = 20_000;

const ARGUMENTS = ['--disable-warning=ExperimentalWarning', 'src/steer.ts', 'sandbox', 'demo', '--port', '0'];

/** A person's shell has nothing of the test runner. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/.test(name)));

/** Starts what `npm run demo` starts, on a free port, and waits for the URL that it prints. Throws with what it said otherwise. */
export const startDemo = async (): Promise<StartedDemo> => {
  const child = spawn(process.execPath, ARGUMENTS, {
    cwd: ROOT,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.once('error', (failure) => {
      said += failure.message;
      resolve(null);
    });
  });
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
        if (url !== undefined) resolve(url);
      });
  });
  const interrupt = async (): Promise<number | null> => {
    child.kill('SIGINT');
    const inTime = await Promise.race([ended.then(() => true), wait(END_WITHIN_MS, false, { ref: false })]);
    if (!inTime) child.kill('SIGKILL');
    return ended;
  };
  const url = await Promise.race([ready, ended, wait(READY_WITHIN_MS, null, { ref: false })]);
  if (typeof url === 'string') return { url, said: () => said, interrupt };
  await interrupt();
  throw new Error(`the demonstration printed no URL; it said:\n${said}`);
};
