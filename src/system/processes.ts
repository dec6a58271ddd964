import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Random } from '../ports/chance.ts';
import { sha256 } from './hash.ts';

/** A process as it sees itself among the others of its host. */
export interface Here {
  readonly host: string;
  readonly pid: number;
  /** The same for two processes only if a number means the same process to both; null where nothing says so. */
  readonly place: string | null;
  /** False only when the operating system says that no such process exists. */
  readonly mayExist: (pid: number) => boolean;
}

/** Enough to tell the boots and containers of the hosts that could ever share a file. */
const PLACE_DIGITS = 12;

/**
 * On Linux a process id counts within one PID namespace of one boot of one machine (pid_namespaces(7)), and a container
 * often has the name of its host. macOS and Windows have no such namespaces; of other systems nothing is assumed.
 */
const parted = (): string | null => {
  if (process.platform === 'darwin' || process.platform === 'win32') return process.platform;
  if (process.platform !== 'linux') return null;
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
};

const mayExist = (pid: number): boolean => {
  try {
    // Signal 0 is never delivered; it only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
};

export const here = (): Here => {
  const place = parted();
  return {
    host: hostname(),
    pid: process.pid,
    place: place === null ? null : sha256.of(place).slice(0, PLACE_DIGITS),
    mayExist,
  };
};

/** Names a process in the lease and in logs, e.g. `host-1:4711:k3x9f2:1f6c0d2e9b47`: host, process id, chance, place. */
export const holderName = ({ host, pid, place }: Here, random: Random): string =>
  `${host}:${pid}:${Math.floor(random.next() * 1e9).toString(36)}:${place ?? '-'}`;

/** Process ids start at 1: 0 and what is negative would ask about whole groups of processes. */
const HOLDER = /^(.+):([1-9][0-9]{0,9}):[0-9a-z]{1,6}:([0-9a-f]{12})$/s;

const HIGHEST_PID = 2 ** 31 - 1;

/**
 * Whether the process that a lease names is certainly gone: it ran in this very place, and nothing runs there under its
 * number. False for whatever is not known: another host or container, another boot, a text that is no such name, a process
 * that may not be asked about, and a number that has been given anew. Then the lease has to run out.
 */
export const isGone = (holder: string, { host, place, mayExist: may }: Here): boolean => {
  const [, itsHost, itsPid, itsPlace] = HOLDER.exec(holder) ?? [];
  if (place === null || itsPlace !== place || itsHost !== host) return false;
  const pid = Number(itsPid);
  return pid <= HIGHEST_PID && !may(pid);
};
