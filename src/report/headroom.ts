import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';
import { gainers } from '../run/observe.ts';
import { type Figure, known, unknown } from './figure.ts';
import { type Story, samplesOf } from './frames.ts';

/** Smallest distance of a destination's utilisation from its limit; negative when it was above. */
export interface SmallestHeadroom {
  readonly headroom: Figure;
  readonly at: Instant | null;
  readonly region: RegionId | null;
  readonly service: ServiceId | null;
}

/** Over all samplings since the start; at each the regions count that receive traffic then, out or back. */
export const smallestHeadroom = (story: Story): SmallestHeadroom => {
  const { startedAt } = story.run;
  const nowhere = { at: null, region: null, service: null };
  if (startedAt === null) return { headroom: unknown('the run never started'), ...nowhere };
  const limit: BasisPoints = story.envelope.limits.maximumDestinationUtilisation;
  let least: (SmallestHeadroom & { readonly value: number }) | null = null;
  for (const { at, data, run } of samplesOf(story)) {
    if (at < startedAt) continue;
    for (const { service, utilisation } of data.services)
      for (const region of gainers(run, service)) {
        const seen = utilisation[region] ?? null;
        if (seen === null || (least !== null && limit - seen >= least.value)) continue;
        least = { value: limit - seen, headroom: known(limit - seen), at, region, service };
      }
  }
  if (least === null) return { headroom: unknown('no destination reported its utilisation'), ...nowhere };
  const { headroom, at, region, service } = least;
  return { headroom, at, region, service };
};
