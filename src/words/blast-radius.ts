import type { GateRule, GateSpec } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { keysOf, sum } from '../domain/records.ts';
import { type BasisPoints, durationText, percentText, WHOLE } from '../domain/units.ts';
import { share } from './numbers.ts';
import { sizeText } from './plan.ts';
import { planShares } from './region-shares.ts';

const leaves = ({ from, to }: Pick<PlannedSet, 'from' | 'to'>): BasisPoints =>
  sum(keysOf<RegionId>(from).map((region) => Math.max(0, (from[region] ?? 0) - (to[region] ?? 0))));

/** `about 18400 requests/s`: demand as the plan counts it, times what moves; one figure for each unit. */
const demandText = (envelope: Envelope): string => {
  const byUnit = new Map<string, number>();
  const sets = Map.groupBy(envelope.sets, ({ service }) => service);
  for (const { service, unit, demand } of envelope.services) {
    const own = sets.get(service) ?? [];
    const moved = (demand * sum(own.map((set) => leaves(set) * set.part))) / (WHOLE * WHOLE);
    byUnit.set(unit, (byUnit.get(unit) ?? 0) + moved);
  }
  const figures = [...byUnit]
    .filter(([, moved]) => moved >= 1)
    .slice(0, 3)
    .map(([unit, moved]) => `${Math.round(moved)} ${unit}`);
  return figures.length === 0 ? '' : `, about ${figures.join(' and ')}`;
};

/** `40 % of the traffic`. */
export const movedText = (envelope: Envelope): string => `${share(leaves(planShares(envelope)))} of the traffic`;

/** `40 % of the traffic, about 400 requests/s: 1 service (checkout), 2 names in 2 zones`. */
export const movesText = (envelope: Envelope): string =>
  `${movedText(envelope)}${demandText(envelope)}: ${sizeText(envelope)}`;

const MOST_NAMED = 4;

/** `us-west-2, eu-west-1`; of many only the first ones and how many more. */
export const someOf = (names: readonly string[], most: number = MOST_NAMED): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

const ruleText = (rule: GateRule): string => {
  switch (rule.kind) {
    case 'state':
      return 'in alarm';
    case 'below':
      return `>= ${rule.failFrom}`;
    case 'above':
      return `<= ${rule.failTo}`;
    case 'last-week':
      return `>= ${percentText(rule.failFrom)} off last week`;
  }
};

/** A gate that is one of several, one for each region, carries its region in its id: `errors@us-west-2`. */
const gateName = ({ gate, region }: GateSpec): string =>
  region === null || gate.endsWith(`@${region}`) || gate.endsWith(`/${region}`) ? gate : `${gate}@${region}`;

const gateText = (spec: GateSpec): string => `${gateName(spec)} ${ruleText(spec.rule)}`;

/** What makes a run pause without anybody asking: the gates of where traffic goes, load, and the budget. */
export const holdsIfText = (envelope: Envelope): string => {
  const gates = envelope.services
    .flatMap((service) => service.gates)
    .filter(({ region }) => region === null || region !== envelope.source)
    .map(gateText);
  const limits = [
    `a destination would pass ${percentText(envelope.limits.maximumDestinationUtilisation)} of its capacity`,
    'the budget is spent',
  ];
  return [...(gates.length === 0 ? [] : [someOf([...new Set(gates)])]), ...limits].join(', or ');
};

/** When the last client that keeps to TTLs has followed a step; null where no TTL is known. */
export const followText = (envelope: Envelope): string | null => {
  const ttls = envelope.sets.flatMap(({ base, ref }) =>
    base.members.flatMap(({ ttlSeconds }) => (ttlSeconds === null ? [] : [{ ttlSeconds, name: ref.name }])),
  );
  const longest = ttls.toSorted((a, b) => b.ttlSeconds - a.ttlSeconds)[0];
  if (longest === undefined) return null;
  const shortest = Math.min(...ttls.map(({ ttlSeconds }) => ttlSeconds));
  const smallest = shortest === longest.ttlSeconds ? '' : ` (the shortest is ${shortest} s)`;
  return `Clients follow a step within ${durationText(longest.ttlSeconds * 1000)}, the longest TTL (${longest.name})${smallest}. Those that ignore TTLs take longer.`;
};
