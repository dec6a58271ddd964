import type { RegionId } from '../domain/ids.ts';
import type { FleetStatus } from './status.ts';

/** What a status says of one region; all of it when none is named. */
export const statusOfRegion = (all: FleetStatus, region: RegionId | null): FleetStatus => {
  if (region === null) return all;
  const concerns = (run: FleetStatus['open'][number]): boolean =>
    run.envelope.source === region ||
    run.envelope.request.region === region ||
    run.envelope.destinations.includes(region);
  return {
    ...all,
    regions: [region],
    open: all.open.filter(concerns),
    ended: all.ended.filter(concerns),
    out: all.out.filter((out) => out.region === region),
  };
};
