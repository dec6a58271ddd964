import type { Known } from '../grammar/request.ts';
import type { Deps } from './deps.ts';

/** Names for the grammar while nothing can be read: then only what names nothing, or a run, is understood. */
export const NO_NAMES: Known = { regions: [], services: [], runs: null };

/**
 * Every name that may be typed, from the config in force and the runs. Never throws: a store or config that cannot be read
 * must not keep `hold` from being understood (design rule 10).
 */
export const knownNames = async (deps: Pick<Deps, 'fleet' | 'config'>): Promise<Known> => {
  try {
    const fleet = await deps.fleet();
    const runs = [...fleet.runs.keys()];
    if (fleet.config === null) return { ...NO_NAMES, runs };
    try {
      const { regions, services } = deps.config.fromStored(fleet.config.config);
      return { regions, services, runs };
    } catch {
      return { ...NO_NAMES, runs: null };
    }
  } catch {
    return NO_NAMES;
  }
};
