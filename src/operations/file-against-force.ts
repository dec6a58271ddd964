import { canonicalText } from '../domain/canonical.ts';
import type { Config } from '../domain/config.ts';
import type { Deps } from './deps.ts';

/** The config file beside the config in force: the file is a proposal and nothing more (design rule 8). */
export type FileState =
  | { readonly kind: 'in-force'; readonly name: string }
  | {
      readonly kind: 'differs';
      readonly name: string;
      readonly config: Config;
      readonly digest: string;
      readonly changes: readonly string[];
      readonly weakens: readonly string[];
    }
  | { readonly kind: 'wrong'; readonly name: string; readonly problems: readonly string[] };

export const configDigestOf = (deps: Pick<Deps, 'hash'>, config: Config): string => deps.hash.of(canonicalText(config));

/** Never throws: a file that is missing or cannot be judged is `wrong`, with the reason. */
export const fileAgainstForce = async (
  deps: Pick<Deps, 'readConfigFile' | 'config' | 'hash'>,
  inForce: Config,
  inForceDigest: string,
): Promise<FileState> => {
  let name = 'the config file';
  try {
    const file = await deps.readConfigFile();
    name = file.name;
    const parsed = deps.config.parse(file.text, file.name);
    if (!parsed.ok) return { kind: 'wrong', name, problems: parsed.problems };
    const digest = configDigestOf(deps, parsed.config);
    if (digest === inForceDigest) return { kind: 'in-force', name };
    return { kind: 'differs', name, config: parsed.config, digest, ...deps.config.compare(inForce, parsed.config) };
  } catch (error) {
    return {
      kind: 'wrong',
      name,
      problems: [`It cannot be read: ${error instanceof Error ? error.message : 'unknown failure'}`],
    };
  }
};

/** What a plan must say beside itself: settings in the file that do not count. */
export const notInForce = (state: FileState): readonly string[] => {
  if (state.kind === 'in-force') return [];
  if (state.kind === 'differs') return state.changes;
  return [`${state.name} is not valid, so nothing in it counts: ${state.problems[0] ?? ''}`];
};
