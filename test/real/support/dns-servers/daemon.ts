import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A name server that this test run started, and only this one. It is ended by its own process id. */
export interface Daemon {
  readonly folder: string;
  /** UDP and TCP of 127.0.0.1. */
  readonly port: number;
  /** A second one, for an API over TCP. */
  readonly apiPort: number;
  /** What it has said so far. */
  readonly said: () => string;
  readonly stop: () => Promise<void>;
}

export interface DaemonPlan {
  readonly command: string;
  readonly args: (at: Place) => readonly string[];
  /** Files to be there before it starts, by their path in its folder; a path that ends in a slash is a folder. */
  readonly files: (at: Place) => Readonly<Record<string, string>>;
  /** Done once before it starts. */
  readonly prepare?: (at: Place) => Promise<void>;
  /** True once it answers as only this process can: by a secret that this run made. */
  readonly isReady: (at: Place) => Promise<boolean>;
}

export type Place = Pick<Daemon, 'folder' | 'port' | 'apiPort'>;

const READY_WITHIN_MS = 20_000;
const POLL_MS = 25;
const STOP_WITHIN_MS = 5000;
/** Another process may take a port between the look and the start. */
const START_ATTEMPTS = 3;

const tcpPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const isUdpFree = async (port: number): Promise<boolean> => {
  const socket = createSocket('udp4');
  const isFree = new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => resolve(true));
  });
  const answer = await isFree;
  socket.close();
  return answer;
};

/** One number that is free for both at this moment. */
export const bothPort = async (): Promise<number> => {
  for (;;) {
    const port = await tcpPort();
    if (await isUdpFree(port)) return port;
  }
};

const put = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    const whole = join(folder, path);
    mkdirSync(path.endsWith('/') ? whole : dirname(whole), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(whole, text);
  }
};

const tryStart = async (plan: DaemonPlan, said: string[]): Promise<Daemon | null> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-dns-'));
  const at = { folder, port: await bothPort(), apiPort: await tcpPort() };
  put(folder, plan.files(at));
  await plan.prepare?.(at);
  const child = spawn(plan.command, plan.args(at), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void said.push(text));
  // A test that gives up waiting ends this process, and must not leave the server behind.
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    const over = (): void => {
      hasEnded = true;
      process.off('exit', endWithUs);
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
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!hasEnded && performance.now() < deadline) {
    if ((await plan.isReady(at)) && !hasEnded) return { ...at, said: () => said.join(''), stop };
    await Promise.race([ended, wait(POLL_MS)]);
  }
  await stop();
  return null;
};

/** Starts a name server on free ports of 127.0.0.1 and waits until it answers. Throws with what it said when it never does. */
export const startDaemon = async (plan: DaemonPlan): Promise<Daemon> => {
  const said: string[] = [];
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const started = await tryStart(plan, said);
    if (started !== null) return started;
  }
  throw new Error(
    `${plan.command} did not start in ${START_ATTEMPTS} attempts; it said:\n${said.join('').slice(-2000)}`,
  );
};
