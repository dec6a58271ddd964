import type { Json } from '../../src/domain/canonical.ts';
import type { RecordSet, RoutingProfile } from '../../src/domain/record-sets.ts';
import { isUsualDescription } from './basic-records.ts';
import {
  DIRECTIONAL,
  type DirectionalRecord,
  directionalPool,
  EVERYBODY_ELSE,
  groupNameOf,
  headOf,
  recordsOf,
} from './directional.ts';
import { codesOf, EVERYWHERE_ELSE, isEverywhereElse, objectionsToPlaces, regionsOf } from './geo-codes.ts';
import { fullName, isObject, type JsonObject, type Rrset, settledSet, typeOf, without } from './rrset.ts';
import { profileOf } from './translate.ts';
import { placed, readValues } from './value.ts';

const codesIn = (info: JsonObject): readonly string[] | null => {
  const geo = info['geoInfo'];
  const codes = isObject(geo) ? geo['codes'] : undefined;
  if (!Array.isArray(codes)) return null;
  const texts = codes.filter((code: Json) => typeof code === 'string');
  return texts.length === codes.length ? texts : null;
};

const isSameCodes = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  (a ?? []).toSorted().join() === (b ?? []).toSorted().join();

const NOT_MODELLED = {
  ip: 'source addresses',
  account: 'a group of the account',
  uneven: 'a group of two meanings',
} as const;

const profileFor = (infos: readonly JsonObject[]): RoutingProfile => {
  const [first = {}] = infos;
  if (first['allNonConfigured'] === true) return { kind: 'geo', regions: EVERYWHERE_ELSE };
  if (first['ipInfo'] !== undefined) return { kind: 'other', what: NOT_MODELLED.ip };
  const codes = codesIn(first);
  if (codes === null) return { kind: 'other', what: NOT_MODELLED.account };
  if (infos.some((info) => !isSameCodes(codesIn(info), codes))) return { kind: 'other', what: NOT_MODELLED.uneven };
  return { kind: 'geo', regions: regionsOf(codes) };
};

const unusualPool = (set: JsonObject, owner: string): JsonObject => {
  const profile = profileOf(set);
  const usual = ['@context', ...(isUsualDescription(profile['description'], owner) ? ['description'] : [])];
  return { ...without(set, ['ownerName', 'rrtype', 'profile']), ...without(profile, usual) };
};

const unusualInfo = (info: JsonObject): JsonObject => {
  const geo = info['geoInfo'];
  const group = isObject(geo) ? without(geo, ['name', 'codes']) : {};
  return { ...without(info, ['ttl', 'allNonConfigured', 'geoInfo']), ...group };
};

/** One TTL for all records of a group, or null. */
const ttlOf = (infos: readonly JsonObject[]): number | null => {
  const ttls = new Set(infos.map((info) => info['ttl']));
  const [ttl] = ttls;
  return ttls.size === 1 && typeof ttl === 'number' ? ttl : null;
};

/** Each group of a directional pool as a geo set, called by the group; source addresses and the account's groups are only shown. */
export const geoSets = (rrset: Rrset): readonly RecordSet[] => {
  const type = typeOf(rrset.rrtype);
  const pool = unusualPool(settledSet(rrset), rrset.ownerName);
  return [...Map.groupBy(recordsOf(rrset), ({ info }) => groupNameOf(info))].map(([group, records]) => {
    const infos = records.map(({ info }) => info);
    const texts = records.map(({ rdata }) => rdata);
    const values = readValues(type, texts);
    const profile = profileFor(infos);
    const info = unusualInfo(infos[0] ?? {});
    const kept = {
      ...(Object.keys(pool).length > 0 ? { pool } : {}),
      ...(Object.keys(info).length > 0 ? { info } : {}),
    };
    return {
      name: fullName(rrset.ownerName),
      type,
      qualifier: group,
      ttlSeconds: ttlOf(infos) ?? rrset.ttl ?? null,
      values: values ?? texts.toSorted(),
      alias: null,
      // An A pool may answer with names, which are no values of A: steered as a group, shown here.
      profile: values === null ? { kind: 'other', what: 'a name among addresses' } : profile,
      kept: Object.keys(kept).length > 0 ? kept : null,
    };
  });
};

/** The vendor's rules for a directional pool; null when all are kept. */
export const objectionToGeo = (sets: readonly RecordSet[]): string | null => {
  const geo = sets.flatMap(({ qualifier, profile }) =>
    profile.kind === 'geo' ? [{ group: qualifier ?? '', regions: profile.regions }] : [],
  );
  for (const { group, regions } of geo) {
    const [objection] = objectionsToPlaces(regions);
    if (objection !== undefined) return `group "${group}": ${objection}`;
    if (isEverywhereElse(regions) !== (group === EVERYBODY_ELSE)) {
      return `the group for all other places is called "${EVERYBODY_ELSE}", and only it`;
    }
  }
  const codes = geo.flatMap(({ regions }) => codesOf(regions));
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  return twice === undefined ? null : `${twice} would be in two groups; take it out of one in the same change`;
};

const placesOf = (set: RecordSet, info: JsonObject): JsonObject => {
  if (set.profile.kind !== 'geo') return {};
  if (isEverywhereElse(set.profile.regions)) return { allNonConfigured: true };
  const geo = isObject(info['geoInfo']) ? info['geoInfo'] : { name: set.qualifier };
  return { geoInfo: { ...geo, codes: codesOf(set.profile.regions) } };
};

const infoFor = (info: JsonObject, set: RecordSet): JsonObject => ({
  ...info,
  ...placesOf(set, info),
  ...(set.ttlSeconds === null ? {} : { ttl: set.ttlSeconds }),
});

const keptPart = (set: RecordSet, part: 'info' | 'pool'): JsonObject => {
  const kept = isObject(set.kept) ? set.kept[part] : undefined;
  return isObject(kept) ? kept : {};
};

/** The records of one group after the change: for each that was held what stands there then, and those that are new. */
const recordsFor = (held: readonly DirectionalRecord[], set: RecordSet) => {
  const made = (rdata: string, info: JsonObject): DirectionalRecord => ({ rdata, info: infoFor(info, set) });
  const usual = held[0]?.info ?? keptPart(set, 'info');
  const { slots, rest } = placed(
    set.type,
    held.map(({ rdata }) => rdata),
    set.values,
  );
  return {
    slots: slots.map((text, index) => (text === null ? null : made(text, held[index]?.info ?? usual))),
    rest: rest.map((text) => made(text, usual)),
  };
};

/** The body that makes these sets, all groups of one pool, of what is there. What stays keeps its place, new ones come last. */
export const geoBody = (live: Rrset | null, sets: readonly RecordSet[]): JsonObject => {
  const held = live === null ? [] : recordsOf(live);
  const byGroup = Map.groupBy(held, ({ info }) => groupNameOf(info));
  const after = new Map<DirectionalRecord, DirectionalRecord | null>();
  const fresh: DirectionalRecord[] = [];
  for (const set of sets) {
    if (set.profile.kind !== 'geo') continue;
    const own = byGroup.get(set.qualifier ?? '') ?? [];
    const { slots, rest } = recordsFor(own, set);
    for (const [index, record] of own.entries()) after.set(record, slots[index] ?? null);
    fresh.push(...rest);
  }
  const left = new Set(sets.map(({ qualifier }) => qualifier));
  const stays = held.flatMap((record) => {
    if (!left.has(groupNameOf(record.info))) return [];
    const its = after.has(record) ? after.get(record) : record;
    return its === null || its === undefined ? [] : [its];
  });
  const [first] = sets;
  const head =
    live === null
      ? { profile: { '@context': DIRECTIONAL, ...(first === undefined ? {} : keptPart(first, 'pool')) } }
      : headOf(live);
  return directionalPool(head, [...stays, ...fresh]);
};
