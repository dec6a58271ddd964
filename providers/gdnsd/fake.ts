import { BadText, readText, type Value } from './fake/language.ts';
import { effective, type Forced, forcedBy, load } from './fake/server.ts';

export interface GdnsdFakeOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** From 0 up to 1, for the choice of an answer. */
  readonly random: () => number;
  readonly configDirectory: string;
  readonly stateDirectory: string;
  /** Absolute path to text. */
  readonly files: Readonly<Record<string, string>>;
  /** From a change of `admin_state` until `gdnsdctl states` shows it. 1000 on a real one. */
  readonly statesAfterMs: number;
  /** From a change of `admin_state` until answers follow. Up to 3100 on a real one. */
  readonly answersAfterMs: number;
}

interface Control {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A machine with a gdnsd on it: files, the control program, and what the server answers. */
export interface GdnsdFake {
  read(path: string): string | null;
  list(path: string): readonly string[] | null;
  /** Null takes it away. */
  write(path: string, text: string | null): void;
  control(action: 'states' | 'replace'): Control;
  /** One answer, chosen by weight; null for a name or type that there is not. */
  answer(question: { readonly name: string; readonly type: string }): string | null;
  /** Ends the server: `gdnsdctl` fails from then on. */
  stop(): void;
}

const joined = (directory: string, path: string): string =>
  path.startsWith('/') ? path : `${directory.replace(/\/$/, '')}/${path}`;

/**
 * gdnsd 3.8.1 as far as `weighted`, `admin_state` and `gdnsdctl` go: configuration counts from `replace` on, `admin_state` a
 * moment after it changed, a file with an error not at all, and below `up_thresh` nobody is down.
 */
export const createGdnsdFake = (options: GdnsdFakeOptions): GdnsdFake => {
  const { now, random, configDirectory, stateDirectory } = options;
  const files = new Map(Object.entries(options.files));
  const adminPath = joined(stateDirectory, 'admin_state');
  let isRunning = true;

  const namesIn = (directory: string): readonly string[] | null => {
    const inside = [...files.keys()].filter((path) => path.startsWith(`${directory}/`));
    const names = inside.map((path) => path.slice(directory.length + 1)).filter((name) => !name.includes('/'));
    return inside.length === 0 ? null : names.filter((name) => !name.startsWith('.')).sort();
  };

  const include = (path: string): readonly string[] | null => {
    const full = joined(configDirectory, path);
    const text = files.get(full);
    if (text !== undefined) return [text];
    return namesIn(full)?.map((name) => files.get(`${full}/${name}`) ?? '') ?? null;
  };

  const loadAll = () => {
    const config = readText(files.get(joined(configDirectory, 'config')) ?? '', include);
    const directory = joined(configDirectory, 'zones');
    const zones = (namesIn(directory) ?? []).map((zone) => [zone, files.get(`${directory}/${zone}`) ?? ''] as const);
    return load(config, new Map(zones));
  };

  let loaded = loadAll();
  /** Every text of `admin_state` that gdnsd could read, and since when it has stood there. */
  const admin: { readonly since: number; readonly value: Value }[] = [{ since: -Infinity, value: new Map() }];

  const noteAdmin = (since: number): void => {
    try {
      const value = readText(files.get(adminPath) ?? '', () => null);
      forcedBy(value, loaded.states);
      admin.push({ since, value });
    } catch (error) {
      if (!(error instanceof BadText)) throw error;
    }
  };
  noteAdmin(-Infinity);

  const forcedAfter = (lagMs: number): Forced =>
    forcedBy(admin.findLast(({ since }) => since + lagMs <= now())?.value ?? new Map(), loaded.states);

  const failed = (stderr: string): Control => ({ code: 42, stdout: '', stderr });

  return {
    read: (path) => files.get(path) ?? null,
    list: namesIn,
    write(path, text) {
      if (text === null) files.delete(path);
      else files.set(path, text);
      if (path === adminPath) noteAdmin(now());
    },
    control(action) {
      if (!isRunning) return failed('fatal: Failed to establish control socket connection');
      if (action === 'replace') {
        try {
          loaded = loadAll();
        } catch (error) {
          if (!(error instanceof BadText)) throw error;
          // Why it failed stands in the log of the daemon, which this is not.
          return failed('fatal: REPLACE[gdnsdctl]: Replace command to old daemon failed');
        }
        return { code: 0, stdout: '', stderr: 'info: REPLACE[gdnsdctl]: SUCCESS, new daemon version 3.8.1 running' };
      }
      const forced = forcedAfter(options.statesAfterMs);
      const states = loaded.states.map((name): readonly [string, object] => {
        const as = forced.get(name);
        return [name, { state: as === undefined ? 'UP' : `${as}!`, real_state: 'UP' }];
      });
      return { code: 0, stdout: JSON.stringify(Object.fromEntries(states)), stderr: '' };
    },
    answer({ name, type }) {
      const resource = loaded.resources.get(loaded.names.get(name.toLowerCase()) ?? '');
      const found = resource?.find((one) => one.type === type);
      if (found === undefined) return null;
      const weights = effective(found, forcedAfter(options.answersAfterMs));
      let left = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of weights) {
        left -= weight;
        if (left < 0) return value;
      }
      return null;
    },
    stop() {
      isRunning = false;
    },
  };
};
