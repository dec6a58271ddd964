import type { Config, Mode } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { FleetView } from '../run/fleet.ts';
import type { Deps } from './deps.ts';
import { type Evacuability, evacuationOf } from './evacuation.ts';
import { configDigestOf } from './file-against-force.ts';

export interface LiveEvacuability {
  readonly answers: readonly Evacuability[];
  /** The first of the snapshots that the answers rest on: where a vendor fails, it says why at first and later only that. */
  readonly facts: Facts;
}

/**
 * Plans the evacuation of every region under a config, in every mode, on what the vendors and monitoring say now: a limit
 * that forbids every evacuation is found on a quiet day (design section 4). Writes nothing.
 */
export const evacuability = async (
  deps: Pick<Deps, 'gather' | 'propose' | 'hash' | 'clock' | 'journal'>,
  config: Config,
  fleet: FleetView,
): Promise<LiveEvacuability> => {
  const configDigest = configDigestOf(deps, config);
  const services = config.services.map(({ service }) => service);
  const { store } = deps.journal;
  // Asked anew for each mode: how old a signal may be differs by mode, and so does what is known.
  const inMode = async (mode: Mode): Promise<LiveEvacuability> => {
    const maximumAgeMs = config.safety[mode].factsMaximumAgeMs;
    const question = { config, inForce: config, configDigest, fleet, services, known: null, run: null } as const;
    const facts = await deps.gather({ ...question, mode, declared: null, maximumAgeMs });
    const now = deps.clock.now();
    const answers = config.regions.map((region) =>
      evacuationOf(deps.propose, { region, mode, config, configDigest, facts, store, now }),
    );
    return { answers, facts };
  };
  const drill = await inMode('drill');
  const planned = await inMode('planned');
  const emergency = await inMode('emergency');
  return {
    answers: [drill, planned, emergency].flatMap(({ answers }) => answers),
    facts: drill.facts,
  };
};
