import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const STEER = join(import.meta.dirname, '../../../src/steer.ts');

/** A `steer serve` of its own, as a supervisor starts it. */
export interface Serving {
  /** By this host's clock, before anything of the process ran. */
  readonly spawnedAt: number;
  /** `kill -9`; resolves once the process is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to end, as a supervisor does; resolves with its exit code. */
  readonly end: () => Promise<number | null>;
}

/** The store of the config file and no other, and no log: what it does is read from the journal. */
const environment = (): NodeJS.ProcessEnv => {
  const { STEER_STORE: _store, STEER_CONFIG: _config, ...rest } = process.env;
  return { ...rest, STEER_LOG: 'silent' };
};

export const startServing = (configFile: string): Serving => {
  const spawnedAt = Date.now();
  const child: ChildProcess = spawn(process.execPath, [STEER, '--config', configFile, 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment(),
  });
  const ended = once(child, 'exit');
  return {
    spawnedAt,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    end: async () => {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
  };
};
