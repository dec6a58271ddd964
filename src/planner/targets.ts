import { apportion } from '../domain/apportion.ts';
import type { RegionId } from '../domain/ids.ts';
import { entriesOf, keysOf, recordOf, sum } from '../domain/records.ts';
import type { MembersByRegion, Shares } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';

/** How the traffic that leaves is divided among destinations: parts that need not add up to anything. */
export type Division = Readonly<Record<RegionId, number>>;

/** What a destination could still take, in the service's unit; never below zero. */
export const freeHeadroom = (input: {
  readonly capacity: number;
  readonly demand: number;
  readonly share: BasisPoints;
  readonly maximumUtilisation: BasisPoints;
}): number => Math.max(0, (input.capacity * input.maximumUtilisation) / WHOLE - (input.demand * input.share) / WHOLE);

const only = (shares: Readonly<Record<RegionId, number>>, members: MembersByRegion): Record<RegionId, number> =>
  recordOf(entriesOf<RegionId, number>(shares).filter(([region]) => members[region] !== undefined));

/**
 * The shares after `moved` basis points have left `source`, divided among the destinations this set has. Null when it has
 * none of them: then this set cannot make the move.
 */
export const moveOut = (
  from: Shares,
  source: RegionId,
  moved: BasisPoints,
  division: Division,
  members: MembersByRegion,
): Shares | null => {
  const available = recordOf(
    entriesOf<RegionId, number>(only(division, members)).filter(([region, part]) => region !== source && part > 0),
  );
  if (keysOf(available).length === 0) return null;
  const leaving = Math.min(moved, from[source] ?? 0);
  if (leaving === 0) return from;
  const arriving = apportion(available, leaving, 0);
  return recordOf(
    keysOf<RegionId>({ ...members, ...from }).map((region) => {
      const before = from[region] ?? 0;
      return [region, region === source ? before - leaving : before + (arriving[region] ?? 0)] as const;
    }),
  );
};

/**
 * The shares once `region` has its home share again (all regions when null). What others give up is taken from those above
 * their home share first, so that bringing one region home never starves another that is out.
 */
export const comeHome = (from: Shares, home: Shares, region: RegionId | null): Shares => {
  if (region === null) return home;
  const others = keysOf<RegionId>(home).filter((r) => r !== region);
  const stillOut = others.some((r) => (from[r] ?? 0) < (home[r] ?? 0));
  if (!stillOut) return home;
  const rest = WHOLE - (home[region] ?? 0);
  const parts = recordOf(others.map((r) => [r, from[r] ?? 0] as const));
  const given = sum(Object.values(parts)) === 0 ? recordOf(others.map((r) => [r, home[r] ?? 0] as const)) : parts;
  return { ...apportion(given, rest, 0), [region]: home[region] ?? 0 };
};
