import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ProviderError } from '../errors.ts';
import type { GdnsdSettings } from './about.ts';
import type { ControlAnswer, GdnsdHost } from './host.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const orNull = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

const USUAL_MODE = 0o644;

/** The new file under another name, on the disk, then in the place of the old one: a reader sees one or the other. */
const replaceFile = async (path: string, text: string): Promise<void> => {
  const held = await orNull(stat(path));
  // Not beside the old one's name as a prefix: gdnsd includes whole directories, but no hidden files.
  const temporary = resolve(dirname(path), `.steer-${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', held === null ? USUAL_MODE : held.mode & 0o777);
    try {
      if (held !== null && process.getuid?.() === 0) await file.chown(held.uid, held.gid);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** No write takes nearly as long: a lock of before a restart names a process that may be another now. */
const LOCK_IS_STALE_MS = 120_000;

const isAbandoned = async (path: string): Promise<boolean> => {
  const [text, held] = [await orNull(readFile(path, 'utf8')), await orNull(stat(path))];
  if (text === null || held === null) return true;
  // The clock that the file system has written down, so the one to compare with.
  const age = performance.timeOrigin + performance.now() - held.mtimeMs;
  const pid = Number(text);
  return age > LOCK_IS_STALE_MS || (Number.isInteger(pid) && pid > 0 && !isAlive(pid));
};

const TRIES = 3;

const lock = async (path: string): Promise<void> => {
  for (let left = TRIES; left > 0; left -= 1) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (await isAbandoned(path)) await rm(path, { force: true });
      else break;
    }
  }
  throw new ProviderError('busy', `gdnsd: another steer on this machine is writing (${path})`);
};

const run = (program: string, parameters: readonly string[], signal: AbortSignal): Promise<ControlAnswer> =>
  new Promise((done, failed) => {
    execFile(program, parameters, { signal, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) done({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') done({ code: error.code, stdout, stderr });
      else failed(error);
    });
  });

/** The machine that steer itself runs on. */
export const localHost = ({ configDirectory, stateDirectory, gdnsdctl }: GdnsdSettings): GdnsdHost => ({
  read: (path, signal) => orNull(readFile(path, { encoding: 'utf8', signal })),
  list: async (path, signal) => {
    signal.throwIfAborted();
    const names = await orNull(readdir(path));
    return names === null ? null : names.filter((name) => !name.startsWith('.')).sort();
  },
  writeAtomically: async (path, text, signal) => {
    signal.throwIfAborted();
    if (text === null) return rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, text);
  },
  control: (action, signal) => run(gdnsdctl ?? 'gdnsdctl', ['-c', configDirectory, action], signal),
  exclusively: async (work, signal) => {
    signal.throwIfAborted();
    const path = resolve(stateDirectory, 'steer.lock');
    await lock(path);
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  },
});
