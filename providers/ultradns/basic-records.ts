import type { Json } from '../../src/domain/canonical.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { fullName, isObject, type JsonObject, type Rrset, settledSet, typeOf, without } from './rrset.ts';
import { profileOf } from './translate.ts';
import { placedTexts, readValues } from './value.ts';

const ROUND_ROBIN = { '@context': 'http://schemas.ultradns.com/RDPool.jsonschema', order: 'ROUND_ROBIN' } as const;
/** Several addresses of one name need a pool; other types do not. */
const POOLED: ReadonlySet<string> = new Set(['A', 'AAAA']);

const MODELLED = ['ownerName', 'rrtype'];

/** The vendor fills an empty description with the owner's name. */
export const isUsualDescription = (description: Json | undefined, owner: string): boolean =>
  description === undefined || description === '' || fullName(String(description)) === fullName(owner);

const unusual = (set: JsonObject, owner: string): JsonObject => {
  const profile = profileOf(set);
  const usual = [
    '@context',
    ...(profile['order'] === ROUND_ROBIN.order ? ['order'] : []),
    ...(isUsualDescription(profile['description'], owner) ? ['description'] : []),
  ];
  const left = without(profile, usual);
  const rest = without(set, [...MODELLED, 'profile']);
  return Object.keys(left).length === 0 ? rest : { ...rest, profile: left };
};

/** A set without routing, or a pool that only rotates its values. Null when its values cannot be read. */
export const basicSet = (rrset: Rrset): RecordSet | null => {
  const type = typeOf(rrset.rrtype);
  const values = readValues(type, rrset.rdata);
  if (values === null) return null;
  const kept = unusual(settledSet(rrset), rrset.ownerName);
  return {
    name: fullName(rrset.ownerName),
    type,
    qualifier: null,
    ttlSeconds: rrset.ttl ?? null,
    values,
    alias: null,
    profile: { kind: 'basic' },
    kept: Object.keys(kept).length === 0 ? null : kept,
  };
};

const profileFor = (live: JsonObject, set: RecordSet): JsonObject => {
  const isPool = Object.keys(profileOf(live)).length > 0 || (POOLED.has(set.type) && set.values.length > 1);
  if (!isPool) return {};
  const kept = isObject(set.kept) ? profileOf(set.kept) : {};
  return { profile: { ...ROUND_ROBIN, ...profileOf(live), ...kept } };
};

/** The body that makes this set of what is there. */
export const basicBody = (live: Rrset | null, set: RecordSet): JsonObject => {
  const head = live === null ? {} : settledSet(live);
  const ttl = set.ttlSeconds ?? live?.ttl;
  return {
    ...head,
    ...(ttl === undefined ? {} : { ttl }),
    rdata: placedTexts(set.type, live?.rdata ?? [], set.values),
    ...profileFor(head, set),
  };
};
