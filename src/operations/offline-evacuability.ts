import { type Config, MODES } from '../domain/config.ts';
import { propose } from '../planner/propose.ts';
import { type Evacuability, evacuationOf } from './evacuation.ts';
import { OF_THE_FILE, offlineFacts, type VendorCapabilities } from './offline-facts.ts';

export interface OfflineEvacuability {
  readonly answers: readonly Evacuability[];
  readonly notJudged: readonly string[];
}

/**
 * Whether every region could be evacuated as far as the config alone can tell: floor, budget, serving regions, step limits,
 * steps and minutes, and headroom where the file has the numbers. Pure: the same file gives the same answer everywhere.
 */
export const offlineEvacuability = (config: Config, vendors: VendorCapabilities): OfflineEvacuability => {
  const notJudged = new Set<string>();
  const answers = MODES.flatMap((mode) => {
    const { facts, notJudged: why } = offlineFacts(config, vendors, mode);
    for (const sentence of why) notJudged.add(sentence);
    return config.regions.map((region) =>
      evacuationOf(propose, {
        region,
        mode,
        config,
        configDigest: OF_THE_FILE,
        facts,
        store: OF_THE_FILE,
        now: facts.at,
      }),
    );
  });
  return { answers, notJudged: [...notJudged] };
};
