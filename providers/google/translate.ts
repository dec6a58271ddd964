import { z } from 'zod';
import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import { sum } from '../../src/domain/records.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { byText, keyOf } from './names.ts';
import { type GoogleRecordSet, ITEM, type Item, RECORD_SET } from './shapes.ts';
import { UNITS_PER_WEIGHT, unitsOf, weightOf } from './units.ts';

/** What a member is called whose addresses, sorted and joined by commas, are the key. */
export type MemberNames = Readonly<Record<string, string>>;

/** How the one member of a record set without items is called: it has no name, and must be seen to be refused. */
export const WITHOUT_ITEMS = '(no weighted items)';

/** What stands in `kept`: the record set without its items and its TTL, and the member's item without its weight. */
const KEPT = z.strictObject({ recordSet: RECORD_SET, item: ITEM });

/** Through JSON, because the journal keeps it so: a field set to undefined and a field left out become the same. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** Every address that an item may answer with, health-checked ones too, sorted and joined by commas. */
export const addressesOf = ({ rrdatas = [], healthCheckedTargets: targets = {} }: Item): string => {
  const balancers = (targets.internalLoadBalancers ?? []).flatMap(({ ipAddress }) => ipAddress ?? []);
  return [...rrdatas, ...(targets.externalEndpoints ?? []), ...balancers].toSorted(byText).join(',');
};

/** One name per item, in their order. Where two would have the same name, the later ones have a number in brackets. */
export const namesOf = (items: readonly Item[], names: MemberNames): readonly string[] => {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const addresses = addressesOf(item);
    const name = item.location ?? names[addresses] ?? addresses;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
};

/** Signatures are made by the vendor and change by themselves: they are no part of what steer compares or gives back. */
const unsigned = ({ signatureRrdatas: _, ...item }: Item): Item => item;

const policyOf = ({ routingPolicy }: GoogleRecordSet): 'wrr' | 'geo' | null => {
  if (routingPolicy?.wrr !== undefined) return 'wrr';
  return routingPolicy?.geo === undefined ? null : 'geo';
};

/** The record set without its items, TTL and signatures. */
const withoutItems = (recordSet: GoogleRecordSet): GoogleRecordSet => {
  const { ttl: _, rrdatas: __, signatureRrdatas: ____, ...rest } = recordSet;
  const policy = policyOf(recordSet);
  if (policy === null || rest.routingPolicy === undefined) return rest;
  const { items: ___, ...level } = rest.routingPolicy[policy] ?? {};
  return { ...rest, routingPolicy: { ...rest.routingPolicy, [policy]: level } };
};

/**
 * Weight 0 becomes null: it was drained by somebody, in a way that steer leaves as it is and never uses. A weight that is no
 * whole number of thousandths is shown as the nearest one, with the exact one in `kept`.
 */
const weighed = ({ weight: raw = 0, ...item }: Item): { weight: number | null; item: Item } => {
  if (raw === 0) return { weight: null, item };
  const units = unitsOf(raw);
  return units === null
    ? { weight: Math.max(1, Math.round(raw * UNITS_PER_WEIGHT)), item: { ...item, weight: raw } }
    : { weight: units, item };
};

const charactersOf = ({ rrdatas = [] }: Item): number => sum(rrdatas.map(({ length }) => length));

/** One record set as a steering set, sorted by member; no record set is a set without members. */
export const setStateOf = (ref: SetRef, recordSet: GoogleRecordSet | undefined, names: MemberNames): SetState => {
  if (recordSet === undefined) return { set: ref.set, members: [] };
  const policy = policyOf(recordSet);
  const level = withoutItems(recordSet);
  const items =
    policy === null ? [{ rrdatas: recordSet.rrdatas ?? [] }] : (recordSet.routingPolicy?.[policy]?.items ?? []);
  const called = policy === null ? [WITHOUT_ITEMS] : namesOf(items, names);
  const members = items.map((raw, index): MemberState => {
    const { weight, item } = policy === 'wrr' ? weighed(unsigned(raw)) : { weight: null, item: unsigned(raw) };
    return {
      member: called[index] ?? WITHOUT_ITEMS,
      weight,
      present: true,
      ttlSeconds: recordSet.ttl ?? null,
      healthCheck: recordSet.routingPolicy?.healthCheck ?? null,
      kept: asJson({ recordSet: level, item }),
      cost: { elements: 0, characters: 2 * charactersOf(raw) },
    };
  });
  const sorted = members.toSorted((a, b) => byText(a.member, b.member));
  // One deletion and one addition stand for the whole set, however many members it has: its first one pays.
  return { set: ref.set, members: sorted.map((m, i) => (i === 0 ? { ...m, cost: { ...m.cost, elements: 1 } } : m)) };
};

const refuse = (ref: SetRef, why: string): ProviderError =>
  new ProviderError('rejected', `${ref.name} ${ref.type} in ${ref.zone}: ${why}`);

const keptOf = (ref: SetRef, member: MemberState) => {
  const kept = KEPT.safeParse(member.kept);
  if (kept.success) return kept.data;
  throw refuse(ref, `"${member.member}" carries no record set of Google Cloud DNS to give back`);
};

/** Throws `rejected` for what steer must not write, with what to do instead. */
const assertSteerable = (ref: SetRef, member: MemberState, { recordSet, item }: z.infer<typeof KEPT>): void => {
  if (keyOf(recordSet) !== keyOf(ref)) {
    throw refuse(ref, `"${member.member}" is a part of ${recordSet.name} ${recordSet.type}`);
  }
  if (recordSet.routingPolicy?.wrr === undefined) {
    const what = Object.keys(recordSet.routingPolicy ?? {}).find((key) => key === 'geo' || key === 'primaryBackup');
    throw refuse(ref, `it is routed by ${what ?? 'nothing'} and not by weight; give it a wrr policy first`);
  }
  if (item.weight !== undefined) {
    throw refuse(
      ref,
      `"${member.member}" has the weight ${item.weight}, which steer could not put back (it holds thousandths); round it at Google first`,
    );
  }
  if (/ \(\d+\)$/.test(member.member)) {
    throw refuse(ref, `two items have the same addresses or name ("${member.member}"); make one item of them first`);
  }
};

/**
 * The record set that holds these members and their weights, items in the order of their names; null when none is present.
 * Throws `rejected` for a set that steer must not write, and for members that are of different record sets: one that was
 * removed when the TTL was another cannot come back beside the others.
 */
export const recordSetOf = (ref: SetRef, members: readonly MemberState[]): GoogleRecordSet | null => {
  const present = members.filter((member) => member.present).toSorted((a, b) => byText(a.member, b.member));
  const parts = present.map((member) => ({ member, kept: keptOf(ref, member) }));
  for (const { member, kept } of parts) assertSteerable(ref, member, kept);
  const [first] = parts;
  if (first === undefined) return null;
  const levelText = ({ member, kept }: (typeof parts)[number]) => canonicalText([kept.recordSet, member.ttlSeconds]);
  const other = parts.find((part) => levelText(part) !== levelText(first));
  if (other !== undefined) {
    throw refuse(
      ref,
      `"${other.member.member}" was read when the record set had other settings (TTL, health check) than beside "${first.member.member}"; set them back as they were, or put the item in at Google`,
    );
  }
  const { recordSet } = first.kept;
  const items = parts.map(({ member, kept }) => ({ ...kept.item, weight: weightOf(member.weight ?? 0) }));
  const ttl = first.member.ttlSeconds;
  return {
    ...recordSet,
    ...(ttl === null ? {} : { ttl }),
    routingPolicy: { ...recordSet.routingPolicy, wrr: { ...recordSet.routingPolicy?.wrr, items } },
  };
};
