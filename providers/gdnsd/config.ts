import { dirname, resolve } from 'node:path';
import { ProviderError } from '../errors.ts';
import { globMatches } from './glob.ts';
import type { GdnsdHost } from './host.ts';
import { parseVscf, type Vscf, type VscfEntry, VscfError } from './vscf.ts';

/** gdnsd's own configuration, whole: every include is in its place. */
export interface ConfigTree {
  readonly root: Vscf;
  /** How often each file is included. One that is included twice holds the weights of two resources. */
  readonly includes: ReadonlyMap<string, number>;
}

/** Deeper than any sensible nesting: an include of itself ends here. */
const DEEPEST = 10;

const unreadable = (because: string, cause?: unknown): ProviderError =>
  new ProviderError('unreadable', `gdnsd: ${because}`, { cause });

/** Reads a file of gdnsd's language. Throws `unreadable` with file and line. */
export const readVscf = (text: string, file: string): Vscf => {
  try {
    return parseVscf(text, file);
  } catch (cause) {
    if (cause instanceof VscfError) throw unreadable(cause.message, cause);
    throw cause;
  }
};

/** Reads `config` and everything it includes. Throws `not-found` without one, `unreadable` where gdnsd would not read it either. */
export const loadConfigTree = async (host: GdnsdHost, directory: string, signal: AbortSignal): Promise<ConfigTree> => {
  const includes = new Map<string, number>();

  const filesOf = async (path: string): Promise<readonly string[]> => {
    const inside = await host.list(path, signal);
    if (inside !== null) return inside.map((name) => resolve(path, name));
    if (!/[*?[]/.test(path)) return [path];
    const last = path.slice(path.lastIndexOf('/') + 1);
    const siblings = (await host.list(dirname(path), signal)) ?? [];
    return siblings.filter((name) => globMatches(last, name)).map((name) => resolve(dirname(path), name));
  };

  const included = async (file: string, from: string, depth: number): Promise<Vscf> => {
    if (depth > DEEPEST) throw unreadable(`${from} includes ${file} more than ${DEEPEST} deep`);
    const text = await host.read(file, signal);
    if (text === null) throw unreadable(`${from} includes ${file}, and there is no such file`);
    includes.set(file, (includes.get(file) ?? 0) + 1);
    return whole(readVscf(text, file), depth + 1);
  };

  const merged = async (entry: VscfEntry, depth: number): Promise<readonly VscfEntry[]> => {
    if (entry.key !== null || entry.value.kind !== 'include') {
      return [{ ...entry, value: await whole(entry.value, depth) }];
    }
    const { path, file: from } = entry.value;
    const parts: VscfEntry[] = [];
    for (const file of await filesOf(resolve(dirname(from), path))) {
      const part = await included(file, from, depth);
      if (part.kind !== 'hash') throw unreadable(`${from} line ${entry.line}: ${file} must hold keys and values`);
      parts.push(...part.entries);
    }
    return parts;
  };

  const whole = async (value: Vscf, depth: number): Promise<Vscf> => {
    switch (value.kind) {
      case 'text':
        return value;
      case 'include': {
        const [file, ...more] = await filesOf(resolve(dirname(value.file), value.path));
        if (file === undefined || more.length > 0) {
          throw unreadable(`${value.file} includes ${value.path} as a value, which must be one file`);
        }
        return included(file, value.file, depth);
      }
      case 'list': {
        const items: Vscf[] = [];
        for (const item of value.items) items.push(await whole(item, depth));
        return { ...value, items };
      }
      case 'hash': {
        const entries: VscfEntry[] = [];
        for (const entry of value.entries) entries.push(...(await merged(entry, depth)));
        return { ...value, entries };
      }
    }
  };

  const path = resolve(directory, 'config');
  const text = await host.read(path, signal);
  if (text === null) throw new ProviderError('not-found', `gdnsd: there is no ${path}; check \`configDirectory\``);
  return { root: await whole(readVscf(text, path), 0), includes };
};
