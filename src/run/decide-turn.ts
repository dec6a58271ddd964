import { apportion } from '../domain/apportion.ts';
import type { RegionId, SetId } from '../domain/ids.ts';
import { entriesOf, keysOf, recordOf, sum } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import type { DecideContext, Next } from './next.ts';
import { plannedSetOf } from './planned-sets.ts';
import type { Run } from './state.ts';

/** Regions that must not get traffic back: dead, or with a gate that failed when last seen (design rule 11). */
const failingRegions = (run: Run, context: DecideContext): readonly RegionId[] => {
  const failing = new Set<RegionId>();
  for (const { service } of run.envelope.services) {
    const regions = context.snapshot?.facts.services[service]?.regions ?? {};
    for (const [region, facts] of entriesOf<RegionId, (typeof regions)[RegionId]>(regions)) {
      const failed = facts.gates.some(({ outcome, critical }) => outcome === 'FAIL' && critical);
      if (facts.health === 'dead' || failed) failing.add(region);
    }
  }
  return [...failing].sort();
};

/** The base, except that a failing region keeps at most what it has now; what it would have got is divided like the base. */
export const homeward = (now: Shares, base: Shares, failing: readonly RegionId[]): Shares => {
  const left = failing.filter((region) => (base[region] ?? 0) > (now[region] ?? 0));
  if (left.length === 0) return base;
  const kept = recordOf(left.map((region) => [region, now[region] ?? 0] as const));
  const others = keysOf<RegionId>(base).filter((region) => !left.includes(region));
  const parts = recordOf(others.map((region) => [region, base[region] ?? 0] as const));
  const rest: BasisPoints = WHOLE - sum(Object.values(kept));
  if (sum(Object.values(parts)) === 0) return now;
  return { ...apportion(parts, rest, 0), ...kept };
};

/** Turns the run round: every set goes back from where it really is, to the base of this run (design rules 4 and 11). */
export const decideTurn = (run: Run, context: DecideContext, because: 'stay-over' | 'rollback'): Next => {
  const { snapshot, now } = context;
  if (snapshot === null || now - snapshot.facts.at > run.envelope.limits.commitWindowMs) {
    return { do: 'gather', listed: false, purpose: 'the way back' };
  }
  // A return that nobody asks for goes to the base or holds; leaving a region out is what a roll back may do (rule 11).
  const failing = because === 'rollback' ? failingRegions(run, context) : [];
  const ways = run.envelope.sets.map((planned) => {
    const live = run.sets[planned.ref.set]?.live ?? planned.base;
    const from = sharesOf(live, planned.members);
    return { set: planned.ref.set, from, to: homeward(from, planned.from, failing) };
  });
  const leftOut = failing.filter((region) =>
    ways.some(({ set, to }) => {
      const planned = plannedSetOf(run.envelope, set);
      return (to[region] ?? 0) < (planned?.from[region] ?? 0);
    }),
  );
  return {
    do: 'append',
    events: [
      {
        type: 'direction.turned',
        data: {
          because,
          from: recordOf<SetId, Shares>(ways.map(({ set, from }) => [set, from] as const)),
          to: recordOf<SetId, Shares>(ways.map(({ set, to }) => [set, to] as const)),
          leftOut,
        },
      },
    ],
  };
};
