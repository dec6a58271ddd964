import { policiesOf, type RecordSet } from './records.ts';

/** Where a resolver stands, for the policies that ask. Left out: unknown, which matches only defaults. */
export type Client = {
  readonly continent?: string;
  readonly country?: string;
  readonly subdivision?: string;
  /** Regions from the nearest to the farthest, for latency records. */
  readonly nearestRegions?: readonly string[];
  /** The CIDR location of the resolver, for IP-based records. */
  readonly cidrLocation?: string;
};

/** What a choice depends on besides the records. */
export type ChoiceContext = {
  readonly isHealthy: (set: RecordSet) => boolean;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly client: Client;
  /** The knob: weight 0 does not drain an alias, which counts as weight 1 then. */
  readonly zeroAliasAnswers?: boolean;
};

/** "Up to eight healthy records" (Developer Guide, "Multivalue answer routing"). */
const MULTIVALUE_ANSWERS = 8;

const pickOne = (sets: readonly RecordSet[], random: () => number): readonly RecordSet[] => {
  const chosen = sets[Math.floor(random() * sets.length)];
  return chosen === undefined ? [] : [chosen];
};

const orAll = (healthy: readonly RecordSet[], all: readonly RecordSet[]): readonly RecordSet[] =>
  healthy.length > 0 ? healthy : all;

const pickByWeight = (
  sets: readonly RecordSet[],
  weightOf: (set: RecordSet) => number,
  random: () => number,
): readonly RecordSet[] => {
  const total = sets.reduce((sum, set) => sum + weightOf(set), 0);
  let rest = random() * total;
  for (const set of sets) {
    rest -= weightOf(set);
    if (rest < 0) return [set];
  }
  return sets.slice(-1);
};

/**
 * Weighted: healthy members above zero by weight; else the healthy zeros, the last resort, in equal parts; else nobody is
 * healthy and all count as healthy, so weights decide again, and where all are zero everybody has an equal part
 * (Developer Guide, "How Route 53 chooses records when health checking is configured").
 */
const chooseWeighted = (group: readonly RecordSet[], context: ChoiceContext): readonly RecordSet[] => {
  const { isHealthy, random, zeroAliasAnswers = false } = context;
  const weightOf = ({ weight = 0, aliasTarget }: RecordSet): number =>
    weight === 0 && zeroAliasAnswers && aliasTarget !== undefined ? 1 : weight;
  const healthy = group.filter(isHealthy);
  const candidates = orAll(healthy, group);
  const above = candidates.filter((set) => weightOf(set) > 0);
  return above.length > 0 ? pickByWeight(above, weightOf, random) : pickOne(candidates, random);
};

/** Failover: the primary while healthy, else a healthy secondary, else the primary whatever its health. */
const chooseFailover = (group: readonly RecordSet[], { isHealthy }: ChoiceContext): readonly RecordSet[] => {
  const primary = group.filter((set) => set.failover === 'PRIMARY');
  const secondary = group.filter((set) => set.failover === 'SECONDARY');
  if (primary.some(isHealthy)) return primary;
  return secondary.some(isHealthy) || primary.length === 0 ? secondary : primary;
};

const chooseMultivalue = (group: readonly RecordSet[], { isHealthy, random }: ChoiceContext): readonly RecordSet[] => {
  const pool = [...orAll(group.filter(isHealthy), group)];
  const chosen: RecordSet[] = [];
  while (pool.length > 0 && chosen.length < MULTIVALUE_ANSWERS)
    chosen.push(...pool.splice(Math.floor(random() * pool.length), 1));
  return chosen;
};

/** The sets that cover the client's place, from the most specific to the default `*`. */
const coveringSets = (group: readonly RecordSet[], client: Client): readonly RecordSet[] => {
  const has = (match: (geo: NonNullable<RecordSet['geoLocation']>) => boolean) =>
    group.filter(({ geoLocation: geo }) => geo !== undefined && match(geo));
  const { continent, country, subdivision } = client;
  return [
    ...(subdivision === undefined
      ? []
      : has((geo) => geo.countryCode === country && geo.subdivisionCode === subdivision)),
    ...(country === undefined ? [] : has((geo) => geo.countryCode === country && geo.subdivisionCode === undefined)),
    ...(continent === undefined ? [] : has((geo) => geo.continentCode === continent)),
    ...has((geo) => geo.countryCode === '*'),
  ];
};

/** The first healthy one of a ranking; nobody healthy: the first. No match at all is "no answer". */
const firstHealthy = (ranking: readonly RecordSet[], { isHealthy }: ChoiceContext): readonly RecordSet[] => {
  const best = ranking.find(isHealthy) ?? ranking[0];
  return best === undefined ? [] : [best];
};

const chooseLatency = (group: readonly RecordSet[], context: ChoiceContext): readonly RecordSet[] => {
  const near = context.client.nearestRegions ?? [];
  const ranking = near.flatMap((region) => group.filter((set) => set.region === region));
  const pool = orAll(group.filter(context.isHealthy), group);
  return ranking.length > 0 ? firstHealthy(ranking, context) : pickOne(pool, context.random);
};

const chooseCidr = (group: readonly RecordSet[], context: ChoiceContext): readonly RecordSet[] => {
  const at = (name: string | undefined) => group.filter((set) => set.cidrRoutingConfig?.locationName === name);
  return firstHealthy([...at(context.client.cidrLocation), ...at('*')], context);
};

/**
 * Which of the record sets of one name and type Route 53 puts into an answer: one, or up to eight for multivalue, or none
 * where no location matches. Latency without a known client and geoproximity are chosen evenly: their tables are not public.
 */
export const chooseSets = (group: readonly RecordSet[], context: ChoiceContext): readonly RecordSet[] => {
  const [first] = group;
  if (first === undefined) return [];
  switch (policiesOf(first)[0]) {
    case 'Weight':
      return chooseWeighted(group, context);
    case 'Failover':
      return chooseFailover(group, context);
    case 'MultiValueAnswer':
      return chooseMultivalue(group, context);
    case 'GeoLocation':
      return firstHealthy(coveringSets(group, context.client), context);
    case 'Region':
      return chooseLatency(group, context);
    case 'CidrRoutingConfig':
      return chooseCidr(group, context);
    case 'GeoProximityLocation':
      return pickOne(orAll(group.filter(context.isHealthy), group), context.random);
    default:
      return group;
  }
};
