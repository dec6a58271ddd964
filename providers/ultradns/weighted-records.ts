import type { RecordSet } from '../../src/domain/record-sets.ts';
import { isUsualDescription } from './basic-records.ts';
import {
  assertPaired,
  fullName,
  infoAt,
  isObject,
  type JsonObject,
  type Rrset,
  settledInfo,
  settledSet,
  typeOf,
  without,
} from './rrset.ts';
import { isOff, isOn, type StateWords, stateOf, wordsOf } from './states.ts';
import { profileOf, wholeOf } from './translate.ts';
import { readValue } from './value.ts';

const TRAFFIC_CONTROLLER = 'http://schemas.ultradns.com/TCPool.jsonschema';

/** What the vendor assumes of a record where nothing is said (REST API guide, "RDataInfo Fields", 2025-03). */
const USUAL_INFO: JsonObject = { runProbes: true, priority: 1, failoverDelay: 0, threshold: 1 };
const USUAL_PROFILE: JsonObject = { runProbes: true, actOnProbes: true, failureThreshold: 0 };

const differing = (object: JsonObject, usual: JsonObject): JsonObject =>
  without(
    object,
    Object.entries(usual)
      .filter(([key, value]) => object[key] === value)
      .map(([key]) => key),
  );

const unusualInfo = (info: JsonObject): JsonObject => {
  const left = differing(without(info, ['state', 'weight']), USUAL_INFO);
  return info['restorationDelay'] === (info['failoverDelay'] ?? 0) ? without(left, ['restorationDelay']) : left;
};

const unusualSet = (set: JsonObject, owner: string, count: number): JsonObject => {
  const profile = profileOf(set);
  const usual = [
    '@context',
    ...(profile['maxToLB'] === count ? ['maxToLB'] : []),
    ...(isUsualDescription(profile['description'], owner) ? ['description'] : []),
  ];
  return { ...without(set, ['ownerName', 'rrtype', 'profile']), ...differing(without(profile, usual), USUAL_PROFILE) };
};

/** Each record of a Traffic Controller pool as a weighted set, called by its value. Null when one is no value of the type. */
export const weightedSets = (rrset: Rrset): readonly RecordSet[] | null => {
  assertPaired(rrset);
  const type = typeOf(rrset.rrtype);
  const pool = unusualSet(settledSet(rrset), rrset.ownerName, rrset.rdata.length);
  const sets = rrset.rdata.flatMap((rdata, index): RecordSet[] => {
    const value = readValue(type, rdata);
    if (value === null) return [];
    const settled = settledInfo(infoAt(rrset, index));
    const state = stateOf(settled);
    const info = unusualInfo(settled);
    const forced = isOn(state) && state !== 'NORMAL' ? { state } : {};
    const kept = {
      ...(Object.keys(pool).length > 0 ? { pool } : {}),
      ...(Object.keys(info).length > 0 ? { info } : {}),
      ...forced,
    };
    return [
      {
        name: fullName(rrset.ownerName),
        type,
        qualifier: value,
        ttlSeconds: rrset.ttl ?? null,
        values: [value],
        alias: null,
        profile: { kind: 'weighted', weight: isOn(state) ? wholeOf(settled['weight'], 2) : null },
        kept: Object.keys(kept).length > 0 ? kept : null,
      },
    ];
  });
  return sets.length === rrset.rdata.length ? sets : null;
};

const weightIn = ({ profile }: RecordSet): number | null => (profile.kind === 'weighted' ? profile.weight : null);

/** The vendor's rules for a pool; null when all are kept. */
export const objectionToWeighted = (sets: readonly RecordSet[]): string | null => {
  const ttls = new Set(sets.map(({ ttlSeconds }) => ttlSeconds));
  if (ttls.size > 1) return 'all records of a pool have one TTL; change it on all of them together';
  const misnamed = sets.find(({ qualifier, values }) => values.length !== 1 || values[0] !== qualifier);
  if (misnamed !== undefined) {
    return `a pool record has no name but its value: the qualifier of ${misnamed.values.join(', ')} is ${misnamed.values[0] ?? 'its value'}`;
  }
  const odd = sets.find((set) => (weightIn(set) ?? 0) % 2 !== 0);
  return odd === undefined ? null : `weights are even numbers from 2 to 100, not ${weightIn(odd)}`;
};

const stateFor = (info: JsonObject, set: RecordSet, words: StateWords): string => {
  const state = stateOf(info);
  if (weightIn(set) === null) return isOff(state) ? state : words.off;
  if (isOn(state)) return state;
  const kept = isObject(set.kept) ? set.kept['state'] : undefined;
  return typeof kept === 'string' && isOn(kept) ? kept : 'NORMAL';
};

const keptPart = (set: RecordSet | undefined, part: 'info' | 'pool'): JsonObject => {
  const kept = isObject(set?.kept) ? set.kept[part] : undefined;
  return isObject(kept) ? kept : {};
};

const infoFor = (live: JsonObject | null, set: RecordSet, words: StateWords): JsonObject => {
  const info = live ?? { ...USUAL_INFO, ...keptPart(set, 'info') };
  const weight = weightIn(set);
  return { ...info, state: stateFor(info, set, words), ...(weight === null ? {} : { weight }) };
};

/** All that is balanced stays so when the pool grows or shrinks; a limit is never above the number of its records. */
const limitsFor = (profile: JsonObject, before: number, after: number): JsonObject => ({
  maxToLB: before === 0 || profile['maxToLB'] === before ? after : Math.min(wholeOf(profile['maxToLB'], 0), after),
  failureThreshold: Math.min(wholeOf(profile['failureThreshold'], 0), after),
});

/** The body that makes these sets, all records of one pool, of what is there. */
export const weightedBody = (live: Rrset | null, sets: readonly RecordSet[], words: StateWords): JsonObject => {
  const held = live ?? { rdata: [], ownerName: '', rrtype: '' };
  const byValue = new Map(sets.map((set) => [set.qualifier ?? '', set]));
  const type = sets[0]?.type ?? '';
  const own = wordsOf(
    held.rdata.map((_, index) => stateOf(infoAt(held, index))),
    words,
  );
  const stays = held.rdata.flatMap((rdata, index) => {
    const set = byValue.get(readValue(type, rdata) ?? rdata);
    return set === undefined ? [] : [{ rdata, set, info: settledInfo(infoAt(held, index)) }];
  });
  const known = new Set(stays.map(({ set }) => set));
  const fresh = sets.filter((set) => !known.has(set)).map((set) => ({ rdata: set.qualifier ?? '', set, info: null }));
  const records = [...stays, ...fresh];
  const head = live === null ? {} : settledSet(live);
  const profile = {
    ...USUAL_PROFILE,
    ...keptPart(sets[0], 'pool'),
    ...profileOf(head),
    '@context': TRAFFIC_CONTROLLER,
  };
  const ttl = sets[0]?.ttlSeconds ?? live?.ttl;
  return {
    ...head,
    ...(ttl === undefined ? {} : { ttl }),
    rdata: records.map(({ rdata }) => rdata),
    profile: {
      ...profile,
      ...limitsFor(profile, held.rdata.length, records.length),
      rdataInfo: records.map(({ info, set }) => infoFor(info, set, own)),
    },
  };
};
