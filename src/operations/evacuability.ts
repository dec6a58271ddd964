import type { Config, Mode } from '../domain/config.ts';
import type { RegionId } from '../domain/ids.ts';
import { refusals } from '../domain/objections.ts';
import type { MoveRequest } from '../domain/plan.ts';
import type { FleetView } from '../run/fleet.ts';
import type { Deps } from './deps.ts';
import { configDigestOf } from './file-against-force.ts';
import { NOBODY } from './nobody.ts';

/** Whether one region could be emptied now under a config, and what it would take. */
export interface Evacuability {
  readonly region: RegionId;
  readonly mode: Mode;
  readonly possible: boolean;
  readonly steps: number;
  readonly minutes: number;
  /** Everything in the way, in sentences. */
  readonly because: readonly string[];
}

const requestFor = (region: RegionId, mode: Mode): MoveRequest => ({
  verb: 'evacuate',
  mode,
  region,
  services: [],
  to: [],
  share: null,
  because: 'config check',
  stayMs: null,
  overrides: [],
});

/**
 * Plans the evacuation of every region under a config, as a person would on a normal day and in an emergency: a limit that
 * forbids every evacuation is found on a quiet day (design section 4). Writes nothing.
 */
export const evacuability = async (
  deps: Pick<Deps, 'gather' | 'propose' | 'hash' | 'clock' | 'journal'>,
  config: Config,
  fleet: FleetView,
): Promise<readonly Evacuability[]> => {
  const configDigest = configDigestOf(deps, config);
  const services = config.services.map(({ service }) => service);
  const modes: readonly Mode[] = ['planned', 'emergency'];
  const answers: Evacuability[] = [];
  for (const mode of modes) {
    const maximumAgeMs = config.safety[mode].factsMaximumAgeMs;
    const question = {
      config,
      inForce: config,
      configDigest,
      fleet,
      services,
      known: null,
      run: null,
      mode,
      maximumAgeMs,
    };
    const facts = await deps.gather(question);
    for (const region of config.regions) {
      const now = deps.clock.now();
      const request = requestFor(region, mode);
      const { store } = deps.journal;
      const { forecast, objections } = deps.propose({
        request,
        config,
        configDigest,
        facts,
        asker: NOBODY,
        store,
        now,
      });
      const against = refusals(objections);
      answers.push({
        region,
        mode,
        possible: forecast !== null && against.length === 0,
        steps: forecast?.steps.filter(({ direction }) => direction === 'out').length ?? 0,
        minutes: forecast?.minutes ?? 0,
        because: against.map(({ because }) => because),
      });
    }
  }
  return answers;
};
