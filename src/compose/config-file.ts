import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { CannotOpen, type GlobalOptions } from '../cli/context.ts';
import type { ConfigFile } from '../operations/deps.ts';

/** Only what says where the store is: a config that is otherwise broken must not keep anybody from holding a run. */
const WHERE = z.object({
  store: z.object({ kind: z.enum(['sqlite', 'memory']), path: z.string().min(1), region: z.string().min(1) }),
});

export interface Located {
  readonly file: ConfigFile;
  readonly path: string;
  readonly storePath: string;
  readonly storeRegion: string;
}

export const configPathOf = ({ configFile }: GlobalOptions): string => resolve(configFile ?? 'steer.yaml');

export const readConfigFile = async (options: GlobalOptions): Promise<ConfigFile & { readonly path: string }> => {
  const path = configPathOf(options);
  try {
    return { name: options.configFile ?? 'steer.yaml', text: await readFile(path, 'utf8'), path };
  } catch (cause) {
    const hint = 'Name another with --config FILE or STEER_CONFIG, or see "steer help".';
    throw new CannotOpen([`There is no config file ${path}. ${hint}`], { cause });
  }
};

/** A store named by the environment is found even when the config file is broken or gone. */
const fromEnvironment = async (options: GlobalOptions, storePath: string): Promise<Located> => {
  const path = configPathOf(options);
  const text = await readFile(path, 'utf8').catch(() => '');
  return {
    file: { name: options.configFile ?? 'steer.yaml', text },
    path,
    storePath: resolve(storePath),
    storeRegion: 'outside',
  };
};

/**
 * The config file and the store that it names; relative paths are relative to the file. STEER_STORE names the store's file
 * instead. Throws CannotOpen.
 */
export const locate = async (options: GlobalOptions): Promise<Located> => {
  const named = process.env['STEER_STORE'];
  if (named !== undefined && named !== '') return fromEnvironment(options, named);
  const { path, name, text } = await readConfigFile(options);
  try {
    const { store } = WHERE.parse(parseYaml(text, { maxAliasCount: 100 }));
    if (store.kind === 'memory') {
      throw new CannotOpen([`${name}: a store of kind memory exists in tests only. Write kind: sqlite and a path.`]);
    }
    return { file: { name, text }, path, storePath: resolve(dirname(path), store.path), storeRegion: store.region };
  } catch (cause) {
    if (cause instanceof CannotOpen) throw cause;
    const problem = `${name} does not say where the store is. Expected "store: { kind: sqlite, path: ./steer.db, region: … }". See "steer config check".`;
    throw new CannotOpen([problem], { cause });
  }
};
