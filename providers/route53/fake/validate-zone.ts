import { isInZone } from './names.ts';
import { policiesOf, type RecordSet, type RecordTable } from './records.ts';
import { valueProblems } from './values.ts';

/** What the judgement of a batch needs to know of the zone it is written to. */
export type ZoneContext = {
  readonly id: string;
  readonly name: string;
  /** Whether another hosted zone has this id: an alias may not point into it. */
  readonly isOtherZone: (id: string) => boolean;
};

const MAX_WEIGHTED_SETS = 100;

const described = (set: RecordSet): string =>
  `RRSet with DNS name ${set.name}, type ${set.type}${set.setIdentifier === undefined ? '' : `, SetIdentifier ${set.setIdentifier}`}`;

/** What is wrong with one written set in its zone, siblings aside. */
export const placementProblems = (set: RecordSet, zone: ZoneContext): readonly string[] => {
  if (!isInZone(set.name, zone.name)) return [`RRSet with DNS name ${set.name} is not permitted in zone ${zone.name}`];
  const atApex =
    set.type === 'CNAME' && set.name === zone.name
      ? [`RRSet of type CNAME with DNS name ${set.name} is not permitted at apex in zone ${zone.name}`]
      : [];
  const tooMany =
    set.weight !== undefined && (set.values?.length ?? 0) > 1
      ? [`${described(set)} cannot be created as weighted sets may hold one value only`]
      : [];
  // Seen in public transcripts, e.g. https://github.com/kubernetes-sigs/external-dns/issues/2362 (2021-10).
  const unchecked =
    set.failover === 'PRIMARY' && set.aliasTarget === undefined && set.healthCheckId === undefined
      ? ['A non-alias primary ResourceRecordSet must have an associated health check. No changes made.']
      : [];
  return [...atApex, ...tooMany, ...unchecked, ...valueProblems(set.type, set.values ?? [])];
};

const aliasProblems = (
  set: RecordSet,
  zone: ZoneContext,
  byName: ReadonlyMap<string, readonly RecordSet[]>,
): string[] => {
  const target = set.aliasTarget;
  if (target === undefined) return [];
  const what = `Tried to create an alias that targets ${target.dnsName}, type ${set.type} in zone ${target.hostedZoneId}`;
  if (target.hostedZoneId !== zone.id)
    return zone.isOtherZone(target.hostedZoneId)
      ? [`${what}, but the alias target name does not lie within the target zone`]
      : [];
  const targets = byName.get(target.dnsName) ?? [];
  return targets.some((other) => other.type === set.type) ? [] : [`${what}, but that target was not found`];
};

const duplicates = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, i) => texts.indexOf(text) !== i);

/** What is wrong with all record sets of one name and type together. */
const groupProblems = (group: readonly RecordSet[]): readonly string[] => {
  const [first] = group;
  if (first === undefined || group.length === 1) return [];
  const where = `RRSet with DNS name ${first.name}, type ${first.type}`;
  const policies = new Set(group.map((set) => policiesOf(set)[0] ?? 'simple'));
  if (policies.size > 1)
    return [`${where} is not permitted because other RRSets with the same name and type have another routing policy`];
  const plain = group.filter((set) => set.weight !== undefined && set.ttlSeconds !== undefined);
  const ttls = new Set(plain.map((set) => set.ttlSeconds));
  const places = group.map((set) =>
    JSON.stringify([set.region, set.failover, set.geoLocation, set.cidrRoutingConfig?.locationName]),
  );
  const isPlaced =
    !policies.has('Weight') && !policies.has('MultiValueAnswer') && !policies.has('GeoProximityLocation');
  return [
    ...(ttls.size > 1 ? [`${where} cannot be created as weighted sets must contain the same TTL`] : []),
    ...(policies.has('Weight') && group.length > MAX_WEIGHTED_SETS
      ? [`${where} cannot be created as the limit of ${MAX_WEIGHTED_SETS} weighted sets is exceeded`]
      : []),
    ...(isPlaced && duplicates(places).length > 0
      ? [`${where} cannot be created as an RRSet with the same routing value exists`]
      : []),
  ];
};

const nameProblems = (sets: readonly RecordSet[], zone: ZoneContext): readonly string[] => {
  const [first] = sets;
  const hasCname = sets.some((set) => set.type === 'CNAME');
  return first !== undefined && hasCname && sets.some((set) => set.type !== 'CNAME') && first.name !== zone.name
    ? [
        `RRSet of type CNAME with DNS name ${first.name} is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}`,
      ]
    : [];
};

const apexProblems = (sets: readonly RecordSet[]): readonly string[] => [
  ...(sets.filter((set) => set.type === 'SOA').length === 1
    ? []
    : ['A HostedZone must contain exactly one SOA record.']),
  ...(sets.some((set) => set.type === 'NS')
    ? []
    : ['A HostedZone must contain at least one NS record for the zone itself.']),
];

/**
 * What is wrong with the names a batch touched, as the batch leaves them. Judged on the result and not change by change,
 * because a group may change its TTL or its policy in one batch that replaces all of it.
 */
export const resultProblems = (
  after: RecordTable,
  touched: readonly RecordSet[],
  zone: ZoneContext,
): readonly string[] => {
  const byName = Map.groupBy(after.values(), (set) => set.name);
  const names = [...new Set(touched.map((set) => set.name))].filter((name) => isInZone(name, zone.name));
  return names.flatMap((name) => {
    const sets = byName.get(name) ?? [];
    return [
      ...(name === zone.name ? apexProblems(sets) : []),
      ...nameProblems(sets, zone),
      ...Map.groupBy(sets, (set) => set.type)
        .values()
        .toArray()
        .flatMap(groupProblems),
      ...sets.flatMap((set) => aliasProblems(set, zone, byName)),
    ];
  });
};
