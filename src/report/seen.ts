import type { RegionId, ServiceId } from '../domain/ids.ts';
import { entriesOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import { gainers, serviceShares } from '../run/observe.ts';
import { type Story, samplesOf } from './frames.ts';
import type { SeenPoint, UtilisationSeries } from './series.ts';

/**
 * Part of all arriving traffic that arrives in one region. Null when this region reports nothing, when a region that has
 * a share reports nothing (its part would be spread over the others), or when nothing arrives at all.
 */
const shareOf = (
  region: RegionId,
  traffic: Readonly<Record<RegionId, number | null>>,
  written: Shares,
): BasisPoints | null => {
  const own = traffic[region] ?? null;
  if (own === null) return null;
  let total = 0;
  for (const [other, value] of entriesOf<RegionId, number | null>(traffic)) {
    if (value === null && (written[other] ?? 0) > 0) return null;
    total += value ?? 0;
  }
  return total > 0 ? Math.round((own / total) * WHOLE) : null;
};

/** Traffic that arrived, at every sampling that knew the service. */
export const seenOf = (story: Story, service: ServiceId): readonly SeenPoint[] =>
  samplesOf(story).flatMap(({ at, data, run }): SeenPoint[] => {
    const seen = data.services.find((candidate) => candidate.service === service);
    if (seen === undefined) return [];
    const { traffic, demand } = seen;
    const followedShare =
      story.followed === null ? null : shareOf(story.followed, traffic, serviceShares(run, service));
    return [{ at, traffic, demand, followedShare }];
  });

/** Regions that receive traffic at any time of the run: the destinations, and on the way back the source too. */
const receivers = ({ frames }: Story, service: ServiceId): readonly RegionId[] => {
  const all = new Set<RegionId>();
  for (const { event, after } of frames) {
    if (event.type !== 'run.proposed' && event.type !== 'direction.turned') continue;
    for (const region of gainers(after, service)) all.add(region);
  }
  return [...all].sort();
};

/** How full every receiving region was, with the limit that the plan was approved with. */
export const utilisationOf = (story: Story, service: ServiceId): readonly UtilisationSeries[] =>
  receivers(story, service).map((region) => {
    const points = samplesOf(story).flatMap(({ at, data }) => {
      const seen = data.services.find((candidate) => candidate.service === service);
      return seen === undefined ? [] : [{ at, utilisation: seen.utilisation[region] ?? null }];
    });
    const seen = points.flatMap(({ utilisation }) => (utilisation === null ? [] : [utilisation]));
    return {
      region,
      limit: story.envelope.limits.maximumDestinationUtilisation,
      highest: seen.length === 0 ? null : Math.max(...seen),
      points,
    };
  });
