import type { ProposedConfig } from '../run/fleet.ts';
import { type Answer, granted } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { type FileState, fileAgainstForce } from './file-against-force.ts';
import { Sessions } from './session.ts';

export interface ConfigState {
  readonly inForceDigest: string;
  readonly acceptedAt: number;
  readonly file: FileState;
  /** A weakening that waits for its second person. */
  readonly waiting: Omit<ProposedConfig, 'config'> | null;
}

/**
 * Reads the file again and says what in it is not in force. Puts nothing into force: only `config accept` does, and every
 * process reads the accepted config from the store.
 */
export const configReload = async (deps: Deps, asker: Asker): Promise<Answer<ConfigState>> => {
  const session = await new Sessions(deps, asker).open();
  if (!session.ok) return session;
  const { fleet, config, configDigest } = session.value;
  const file = await fileAgainstForce(deps, config, configDigest);
  const proposed = fleet.proposedConfig;
  const waiting =
    proposed === null ? null : { digest: proposed.digest, by: proposed.by, at: proposed.at, weakens: proposed.weakens };
  return granted({ inForceDigest: configDigest, acceptedAt: fleet.config?.at ?? 0, file, waiting });
};
