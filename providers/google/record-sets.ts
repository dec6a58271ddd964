import { z } from 'zod';
import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import { canonicalName } from '../../src/domain/rdata/name.ts';
import { canonicalValue, compareValues } from '../../src/domain/rdata.ts';
import type { RecordSet, RoutingProfile } from '../../src/domain/record-sets.ts';
import type { RecordGroup } from '../record-change.ts';
import { locationOf, regionsOf } from './places.ts';
import type { GoogleRecordSet, Item } from './shapes.ts';
import { addressesOf, type MemberNames } from './translate.ts';

/** What the vendor holds beside what every vendor has: of the item, of its policy, of the record set. */
const KEPT = z
  .strictObject({
    item: z.record(z.string(), z.json()).exactOptional(),
    policy: z.record(z.string(), z.json()).exactOptional(),
  })
  .nullable();

type Kept = z.infer<typeof KEPT>;

type Routed = 'wrr' | 'geo';

const nameOf = (name: string): string => {
  const canonical = canonicalName(name);
  return canonical.ok ? canonical.value : name.toLowerCase();
};

/** A value that cannot be read is shown as it is: it can be taken away, not written. */
const valuesOf = (type: string, data: readonly string[]): readonly string[] => {
  const read = data.map((value) => {
    const canonical = canonicalValue(type, value);
    return canonical.ok ? canonical.value : value;
  });
  return [...new Set(read)].toSorted(compareValues);
};

/** Items are called by their addresses; where several have the same, each by its place or number too. */
const qualifiersOf = (items: readonly Item[], names: MemberNames): readonly string[] => {
  const plain = items.map((item) => names[addressesOf(item)] ?? addressesOf(item));
  return plain.map((name, index) => {
    if (plain.filter((other) => other === name).length === 1) return name;
    return `${name} (${items[index]?.location ?? plain.slice(0, index + 1).filter((other) => other === name).length})`;
  });
};

/** Without what the vendor writes by itself; absent when nothing is left. */
const rest = (name: 'item' | 'policy', value: Readonly<Record<string, unknown>>): Record<string, Json> => {
  const left = Object.entries(value).filter(([key]) => key !== 'kind' && key !== 'signatureRrdatas');
  return left.length === 0 ? {} : { [name]: JSON.parse(JSON.stringify(Object.fromEntries(left))) };
};

const routedOf = ({ routingPolicy }: GoogleRecordSet): Routed | null => {
  if (routingPolicy?.wrr !== undefined) return 'wrr';
  return routingPolicy?.geo === undefined ? null : 'geo';
};

const routedSets = (held: GoogleRecordSet, by: Routed, names: MemberNames): readonly RecordSet[] => {
  const { wrr: _, geo: __, primaryBackup: ___, ...outer } = held.routingPolicy ?? {};
  const { items = [], ...inner } = held.routingPolicy?.[by] ?? {};
  const qualifiers = qualifiersOf(
    items.map((item) => ({ ...item, rrdatas: [...valuesOf(held.type, item.rrdatas ?? [])] })),
    names,
  );
  return items.map(({ weight = 0, location = '', rrdatas = [], ...item }, index): RecordSet => {
    const kept = { ...rest('policy', { ...outer, ...inner }), ...rest('item', item) };
    return {
      name: nameOf(held.name),
      type: held.type,
      qualifier: qualifiers[index] ?? '',
      ttlSeconds: held.ttl ?? null,
      values: valuesOf(held.type, rrdatas),
      alias: null,
      profile:
        by === 'wrr'
          ? { kind: 'weighted', weight: weight === 0 ? null : weight }
          : { kind: 'geo', regions: regionsOf(location) },
      kept: Object.keys(kept).length === 0 ? null : kept,
    };
  });
};

/** One record set of the vendor as every vendor's are shown: one, or one for each item of its policy. */
export const recordSetsOf = (held: GoogleRecordSet, names: MemberNames): readonly RecordSet[] => {
  const by = routedOf(held);
  if (by !== null) return routedSets(held, by, names);
  const what = Object.keys(held.routingPolicy ?? {}).find((key) => key !== 'kind' && key !== 'healthCheck');
  const profile: RoutingProfile =
    held.routingPolicy === undefined ? { kind: 'basic' } : { kind: 'other', what: what ?? 'routingPolicy' };
  return [
    {
      name: nameOf(held.name),
      type: held.type,
      qualifier: profile.kind === 'basic' ? null : profile.what,
      ttlSeconds: held.ttl ?? null,
      values: valuesOf(held.type, held.rrdatas ?? []),
      alias: null,
      profile,
      kept: profile.kind === 'basic' ? null : JSON.parse(JSON.stringify(held.routingPolicy)),
    },
  ];
};

const itemOf = (set: RecordSet): Item => {
  const kept: Kept = KEPT.safeParse(set.kept).data ?? null;
  const values = { ...(set.values.length === 0 ? {} : { rrdatas: [...set.values] }), ...kept?.item };
  if (set.profile.kind === 'weighted') return { weight: set.profile.weight ?? 0, ...values };
  return { location: set.profile.kind === 'geo' ? (locationOf(set.profile.regions) ?? '') : '', ...values };
};

/** A set made here takes the policy of the others of its name: one policy is one policy. */
const policyOf = ({ after, before }: RecordGroup): Readonly<Record<string, Json>> =>
  [...after, ...before].map(({ kept }) => KEPT.safeParse(kept).data?.policy).find((policy) => policy !== undefined) ??
  {};

const INNER = new Set(['enableFencing']);

const settingsOn = (policy: Readonly<Record<string, Json>>, inner: boolean) =>
  Object.fromEntries(Object.entries(policy).filter(([key]) => INNER.has(key) === inner));

/** The record set as the vendor shall hold it; null when nothing is left. Only for a group without a problem. */
export const vendorSetOf = (group: RecordGroup): GoogleRecordSet | null => {
  const [first] = group.after;
  if (first === undefined) return null;
  const base = { name: group.name, type: group.type, ...(first.ttlSeconds === null ? {} : { ttl: first.ttlSeconds }) };
  if (first.profile.kind === 'basic') return { ...base, rrdatas: [...first.values] };
  const policy = policyOf(group);
  const items = group.after.map(itemOf);
  const by = first.profile.kind === 'weighted' ? 'wrr' : 'geo';
  return { ...base, routingPolicy: { ...settingsOn(policy, false), [by]: { ...settingsOn(policy, true), items } } };
};

const isOneText = (texts: readonly unknown[]): boolean => new Set(texts.map(canonicalText)).size <= 1;

const wrongPlaces = ({ after }: RecordGroup): string | null => {
  const places = after.flatMap(({ profile }) => (profile.kind === 'geo' ? [locationOf(profile.regions)] : []));
  if (places.includes(null))
    return 'a place is one region of Google Cloud under its part of the world, e.g. {"us":["us-east1"]}';
  return new Set(places).size === places.length ? null : 'two of its geo sets name one location';
};

const wrongQualifier = ({ after }: RecordGroup, names: MemberNames): string | null => {
  const wanted = qualifiersOf(after.map(itemOf), names);
  const index = after.findIndex(({ qualifier }, at) => qualifier !== wanted[at]);
  if (index < 0) return null;
  return `an item has no name of its own here and is called by its values: write "${wanted[index]}" instead of "${after[index]?.qualifier}"`;
};

/** What Cloud DNS has against a group of sets beyond the capabilities; null when nothing. */
export const problemOf = (group: RecordGroup, names: MemberNames): string | null => {
  const { after } = group;
  if (after.length === 0) return null;
  if (after.some(({ kept }) => !KEPT.safeParse(kept).success))
    return 'its `kept` is not from a record set of Cloud DNS';
  if (after.some(({ profile }) => profile.kind === 'other')) return 'it is routed in a way that steer never changes';
  if (!isOneText(after.map(({ profile }) => profile.kind)))
    return 'one name and type is basic, weighted or geo at Cloud DNS, not two of them; take the others away first';
  if (after.some(({ ttlSeconds }) => ttlSeconds === null)) return 'a record set needs a TTL here, e.g. 300';
  if (!isOneText(after.map(({ ttlSeconds }) => ttlSeconds)))
    return 'all sets of one name and type share one TTL here; change it in all of them together';
  const policies = after.flatMap(({ kept }) => KEPT.safeParse(kept).data?.policy ?? []);
  if (!isOneText(policies)) return 'its sets are of different routing policies';
  return after[0]?.profile.kind === 'basic' ? null : (wrongPlaces(group) ?? wrongQualifier(group, names));
};
