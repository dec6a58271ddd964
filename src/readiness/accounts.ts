import type { Config } from '../domain/config.ts';
import type { ProviderId } from '../domain/ids.ts';
import { type Finding, fail, listed, ok, warn } from './finding.ts';

export interface AccountsSeen {
  /** Accounts that could be opened. */
  readonly opened: readonly ProviderId[];
  /** Why others could not, a sentence each. */
  readonly problems: readonly string[];
  /** Accounts on which a stale write was seen to be refused. */
  readonly proven: ReadonlySet<string>;
  /** Accounts on which weight 0 was seen to drain an alias. */
  readonly provenAliasZero: ReadonlySet<string>;
}

/** Every account of the config: whether it opens, and what was proven on it (design rule 2). */
export const accountFindings = (
  config: Config,
  { opened, problems, proven, provenAliasZero }: AccountsSeen,
): readonly Finding[] => {
  const broken = problems.map((problem) =>
    fail('provider', problem, 'see its credentials and endpoint in the config, and the environment'),
  );
  // Where it is not proven, only an account with alias sets is told so: that is a finding on the set.
  const drainsAliases = opened.filter((provider) => provenAliasZero.has(provider));
  const unproven = opened.filter((provider) => !proven.has(provider));
  return [
    ...broken,
    ...(opened.length > 0
      ? [ok('provider', `${opened.length} of ${config.providers.length} open: ${listed(opened)}`)]
      : []),
    ...unproven.map((provider) =>
      warn(
        'provider',
        `conditional writes at ${provider} count as emulated: nobody has seen a stale one refused there`,
        `steer provider check ${provider}`,
      ),
    ),
    ...(opened.length > 0 && unproven.length === 0
      ? [ok('provider', 'a stale write was seen to be refused on each of them')]
      : []),
    ...(drainsAliases.length > 0
      ? [ok('provider', `weight 0 was seen to drain an alias at ${listed(drainsAliases)}`)]
      : []),
  ];
};
