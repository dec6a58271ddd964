import { createHash } from 'node:crypto';
import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { type Property, type Target, WEIGHTED } from './property.ts';

/** Written by the vendor at every change: they say when and where, never what. */
const VOLATILE: ReadonlySet<string> = new Set(['lastModified', 'links']);

/** Parts of a liveness test in which people keep secrets. They are given back, and seen by nobody. */
const SECRET: ReadonlySet<string> = new Set([
  'httpHeaders',
  'httpRequestBody',
  'requestString',
  'sslClientCertificate',
  'sslClientPrivateKey',
  'testObjectPassword',
  'testObjectUsername',
]);

/** Through JSON, because the journal keeps it so. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** Without nulls: a field that is null and one that is left out are the same to the vendor. */
const without = (record: Readonly<Record<string, unknown>>, keys: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([key, value]) => !keys.has(key) && value !== null));

/** One text for all tests of a property, so that a change is seen and nothing of theirs is shown. */
const digestOf = (tests: Property['livenessTests']): string =>
  createHash('sha256')
    .update(canonicalText((tests ?? []).map((test) => without(test, SECRET))))
    .digest('hex');

const PROPERTY_ALONE: ReadonlySet<string> = new Set([...VOLATILE, 'trafficTargets', 'livenessTests']);
const TARGET_ALONE: ReadonlySet<string> = new Set(['enabled', 'weight']);

/** What of the property is nobody's member: it stands in every member, so that a change of it is seen as one. */
const restOf = (property: Property): Record<string, unknown> => ({
  ...without(property, PROPERTY_ALONE),
  livenessTests: digestOf(property.livenessTests),
});

/** A second target of one data centre gets a name of its own: it must be seen to be refused. */
export const memberNames = (targets: readonly Target[]): readonly string[] =>
  targets.map(({ datacenterId }, index) => {
    const earlier = targets.slice(0, index).filter((other) => other.datacenterId === datacenterId).length;
    return earlier === 0 ? String(datacenterId) : `${datacenterId} (${earlier + 1})`;
  });

/**
 * A target that is not used is drained. Where the property goes by something else than weight nobody has one; what it goes by
 * stands in `kept`. A weight is shown as it is, also 0 and fractions that another editor wrote.
 */
const weightOf = (property: Property, { enabled, weight }: Target): number | null =>
  property.type === WEIGHTED && enabled === true ? (weight ?? 0) : null;

/** The targets of a property as members, sorted. */
export const membersOf = (property: Property): readonly MemberState[] => {
  const names = memberNames(property.trafficTargets);
  const rest = restOf(property);
  return property.trafficTargets
    .map(
      (target, index): MemberState => ({
        member: names[index] ?? String(target.datacenterId),
        weight: weightOf(property, target),
        present: true,
        ttlSeconds: property.dynamicTTL,
        healthCheck: null,
        kept: asJson({ target: without(target, TARGET_ALONE), property: rest }),
        cost: { elements: 1, characters: 0 },
      }),
    )
    .toSorted((a, b) => (a.member < b.member ? -1 : 1));
};

/** The record type that a property answers with: addresses, or the names of its targets where they have no servers. */
export const typeOf = ({ ipv6, trafficTargets }: Property): string => {
  const isByName =
    trafficTargets.some(({ handoutCName }) => (handoutCName ?? '') !== '') &&
    trafficTargets.every(({ servers }) => (servers ?? []).length === 0);
  if (isByName) return 'CNAME';
  return ipv6 ? 'AAAA' : 'A';
};

/** A property that answers with another type than the set's is none of its records. */
export const setStateOf = (ref: SetRef, property: Property | undefined): SetState => ({
  set: ref.set,
  members: property === undefined || typeOf(property) !== ref.type ? [] : membersOf(property),
});

/** How the vendor calls the property of a name in a domain; null for a name that is outside it. */
export const propertyNameOf = ({ name, zone }: Pick<SetRef, 'name' | 'zone'>): string | null => {
  const [full, domain] = [name.replace(/\.$/, '').toLowerCase(), zone.toLowerCase()];
  if (full === domain) return '@';
  return full.endsWith(`.${domain}`) ? full.slice(0, -domain.length - 1) : null;
};

/**
 * The property whole, as it was read a moment ago, holding `left`. A drained target is not used and keeps the weight it had; one
 * that was drained before is left as it is.
 */
export const propertyWith = (property: Property, left: SetState): Property => {
  const names = memberNames(property.trafficTargets);
  const weights = new Map(left.members.map(({ member, weight }) => [member, weight]));
  return {
    ...property,
    trafficTargets: property.trafficTargets.map((target, index) => {
      const weight = weights.get(names[index] ?? '');
      if (weight === undefined || (weight === null && target.enabled !== true)) return target;
      return weight === null ? { ...target, enabled: false } : { ...target, enabled: true, weight };
    }),
  };
};
