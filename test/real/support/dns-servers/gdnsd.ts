import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { GdnsdPlaces } from '../../../contracts/steering/gdnsd-files.ts';
import { GDNSD } from '../tools.ts';
import { bothPort } from './daemon.ts';

const run = promisify(execFile);

export interface StartedGdnsd {
  readonly places: GdnsdPlaces;
  readonly stop: () => Promise<void>;
}

const READY_WITHIN_MS = 10_000;
const POLL_MS = 20;

const tryStart = async (
  files: (places: GdnsdPlaces) => Readonly<Record<string, string>>,
): Promise<StartedGdnsd | string> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-gdnsd-'));
  const places: GdnsdPlaces = {
    configDirectory: join(folder, 'etc'),
    stateDirectory: join(folder, 'state'),
    runDirectory: join(folder, 'run'),
    port: await bothPort(),
  };
  for (const directory of [places.stateDirectory, places.runDirectory]) mkdirSync(directory);
  for (const [path, text] of Object.entries(files(places))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const said: string[] = [];
  // A group of its own: `replace` hands over to a process that is nobody's child here.
  const child = spawn(GDNSD.command, ['-c', places.configDirectory, 'start'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => void said.push(text));
  let hasEnded = false;
  child.once('exit', () => {
    hasEnded = true;
  });
  child.once('error', (failure) => {
    said.push(failure.message);
    hasEnded = true;
  });
  const stop = async (): Promise<void> => {
    await run('gdnsdctl', ['-c', places.configDirectory, '-i', 'stop']).catch(() => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    });
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = performance.now() + READY_WITHIN_MS;
  // The control socket is in a folder of our own: whoever answers there is ours, and it answers once DNS does.
  while (!hasEnded && performance.now() < deadline) {
    const isReady = said.some((text) => text.includes('DNS listeners started'));
    if (isReady) return { places, stop };
    await wait(POLL_MS);
  }
  await stop();
  return said.join('').slice(-2000);
};

/** Starts a gdnsd with these files on a free port of 127.0.0.1. Throws with what it said when it never answers. */
export const startGdnsd = async (
  files: (places: GdnsdPlaces) => Readonly<Record<string, string>>,
): Promise<StartedGdnsd> => {
  const first = await tryStart(files);
  if (typeof first !== 'string') return first;
  // The port may have been taken between the look and the start.
  const second = await tryStart(files);
  if (typeof second !== 'string') return second;
  throw new Error(`gdnsd did not start; it said:\n${first}\n${second}`);
};

/** What `gdnsdctl states` says is forced: state to `UP!` or `DOWN!`. */
export const forcedStates = async ({ configDirectory }: GdnsdPlaces): Promise<Readonly<Record<string, string>>> => {
  const { stdout } = await run('gdnsdctl', ['-c', configDirectory, 'states']);
  const states: Record<string, { state: string }> = JSON.parse(stdout);
  return Object.fromEntries(
    Object.entries(states).flatMap(([name, { state }]) => (state.endsWith('!') ? [[name, state]] : [])),
  );
};

/** Whether gdnsd would load what is on disk. */
export const isLoadable = async ({ configDirectory }: GdnsdPlaces): Promise<boolean> =>
  run(GDNSD.command, ['-c', configDirectory, 'checkconf']).then(
    () => true,
    () => false,
  );
