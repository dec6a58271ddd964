import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that this test run started, and only this one: it is asked by its own port and ended by its own id. */
export interface StartedServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface ServerPlan {
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  readonly environment: (port: number) => Readonly<Record<string, string>>;
  /** Path that answers 200 once the server can be asked. */
  readonly readyPath: string;
}

/** Python on a busy machine with a cold disk takes seconds to start. */
const READY_WITHIN_MS = 40_000;
const POLL_MS = 50;
const STOP_WITHIN_MS = 5000;

/** Another process may take the port between the look and the start; then the server ends at once and another is tried. */
const START_ATTEMPTS = 3;

const freePort = async (): Promise<number> => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('no port was free');
  return address.port;
};

const answersAt = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
};

/** Null when the process ended before it could be asked: its port was taken, or it is broken. `said` tells which. */
const tryStart = async (plan: ServerPlan, said: string[]): Promise<StartedServer | null> => {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'steer-real-'));
  const child = spawn(plan.command, plan.args(port), {
    cwd: folder,
    // A temporary directory of its own, since such servers leave pid files there.
    env: { ...process.env, TMPDIR: folder, PYTHONUNBUFFERED: '1', ...plan.environment(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void said.push(text));
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const over = (): void => {
      hasEnded = true;
      resolve();
    };
    child.once('exit', over);
    child.once('error', (failure) => {
      said.push(failure.message);
      over();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await Promise.race([ended, wait(STOP_WITHIN_MS, undefined, { ref: false })]);
    if (!hasEnded) child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!hasEnded && performance.now() < deadline) {
    // Asked again after the answer: a stranger on that port answers, while our process has found it taken and ends.
    if ((await answersAt(`${url}${plan.readyPath}`)) && !hasEnded) return { url, stop };
    await Promise.race([ended, wait(POLL_MS)]);
  }
  await stop();
  return null;
};

/** Starts a server on a free port of 127.0.0.1 and waits until it answers. Throws with what it said when it never does. */
export const startServer = async (plan: ServerPlan): Promise<StartedServer> => {
  const said: string[] = [];
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const started = await tryStart(plan, said);
    if (started !== null) return started;
  }
  throw new Error(
    `${plan.command} did not start in ${START_ATTEMPTS} attempts; it said:\n${said.join('').slice(-2000)}`,
  );
};
