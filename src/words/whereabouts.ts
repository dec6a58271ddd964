import type { OutRegion } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Shares } from '../domain/steering.ts';
import type { BasisPoints, Instant } from '../domain/units.ts';
import { clockTime, counted, share, type TimeText } from './numbers.ts';

/** Where the traffic of one service belongs and where it goes; null where the records could not be read. */
export interface Whereabouts {
  readonly home: Shares;
  readonly now: Readonly<Record<RegionId, BasisPoints>> | null;
}

/** Shares differ by rounding to whole weights; half a percent is not "away from home". */
const TOLERANCE = 50;

export const isHome = ({ home, now }: Whereabouts, regions: readonly RegionId[]): boolean =>
  now !== null && regions.every((region) => Math.abs((now[region] ?? 0) - (home[region] ?? 0)) <= TOLERANCE);

export const whereaboutsText = (service: Whereabouts, regions: readonly RegionId[]): string => {
  if (service.now === null) return 'UNKNOWN';
  return isHome(service, regions) ? 'home' : 'AWAY FROM HOME';
};

/** `0 % (home 40 %)`; the present share alone where it is the usual one. */
export const regionShareText = ({ home, now }: Whereabouts, region: RegionId): string => {
  if (now === null) return 'unknown';
  const [present, usual] = [now[region] ?? 0, home[region] ?? 0];
  return Math.abs(present - usual) <= TOLERANCE ? share(present) : `${share(present)} (home ${share(usual)})`;
};

/** One sentence for each region that is out, with the line that brings it home. */
export const outTexts = (
  out: readonly OutRegion[],
  now: Instant,
  prefix = 'steer ',
  time: TimeText = clockTime,
): readonly string[] =>
  [...Map.groupBy(out, ({ region }) => region)].map(([region, services]) => {
    const since = Math.min(...services.map((service) => service.since));
    const named = services.length <= 4 ? `: ${services.map(({ service }) => service).join(', ')}` : '';
    return `${region} is out for ${counted(services.length, 'service')}${named}, since ${time(since, now)}. To bring it home: ${prefix}restore ${region} --reason "..."`;
  });
