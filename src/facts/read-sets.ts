import type { Steering } from '../../providers/steering.ts';
import type { ServiceConfig } from '../domain/config.ts';
import type { ProviderId, SetId } from '../domain/ids.ts';
import { type Fence, type SetRef, type SetState, zoneKey } from '../domain/steering.ts';
import type { Instant } from '../domain/units.ts';

export interface ReadSets {
  readonly sets: Readonly<Record<SetId, { readonly state: SetState; readonly at: Instant }>>;
  readonly fences: Readonly<Record<string, Fence | null>>;
  /** What could not be read, in a sentence each. */
  readonly missing: readonly string[];
}

interface Deps {
  readonly steerings: ReadonlyMap<ProviderId, Steering>;
  readonly now: () => Instant;
}

/**
 * Reads sets at all their vendors at once. A vendor that fails, or has not answered when the signal fires, makes its own
 * sets unknown and nobody else's.
 */
export const readRefs = async (refs: readonly SetRef[], deps: Deps, signal: AbortSignal): Promise<ReadSets> => {
  const at = deps.now();
  const byProvider = Map.groupBy(refs, ({ provider }) => provider);
  const sets: Record<SetId, { state: SetState; at: Instant }> = {};
  const fences: Record<string, Fence | null> = {};
  const missing: string[] = [];
  await Promise.all(
    byProvider.entries().map(async ([provider, wanted]) => {
      const steering = deps.steerings.get(provider);
      if (steering === undefined) {
        missing.push(`provider ${provider} is not open, so ${wanted.length} sets are unknown`);
        return;
      }
      try {
        for (const zone of await steering.read(wanted, signal)) {
          fences[zoneKey({ provider, zone: zone.zone })] = zone.fence;
          for (const state of zone.sets) sets[state.set] = { state, at };
        }
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        missing.push(`${provider} could not be read, so ${wanted.length} sets are unknown: ${why}`);
      }
    }),
  );
  return { sets, fences, missing };
};

export const readSets = (services: readonly ServiceConfig[], deps: Deps, signal: AbortSignal): Promise<ReadSets> =>
  readRefs(
    services.flatMap(({ sets }) => sets.map(({ ref }) => ref)),
    deps,
    signal,
  );
