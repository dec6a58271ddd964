import type { FakeRecord } from './wire.ts';

const [IN, NONE, ANY] = [1, 254, 255];
const [CNAME, SOA, NS] = [5, 6, 2];
const WHOLE = 2 ** 32;

/** Answer codes of an update (RFC 2136, 2.2). */
export const CODE = {
  noError: 0,
  formErr: 1,
  servFail: 2,
  nxDomain: 3,
  notImp: 4,
  refused: 5,
  yxDomain: 6,
  yxRrset: 7,
  nxRrset: 8,
  notAuth: 9,
  notZone: 10,
} as const;

export interface FakeSet {
  readonly name: string;
  readonly type: number;
  readonly ttl: number;
  /** Hexadecimal, in the order in which they came. */
  readonly data: readonly string[];
}

/** By `name|type`. Never changed: a write makes a new one. */
export type FakeZoneData = ReadonlyMap<string, FakeSet>;

export const setKey = (name: string, type: number): string => `${name}|${type}`;

const isBelow = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

const isMeta = (type: number): boolean => type >= 249 && type <= 255;

const namesIn = (sets: FakeZoneData): ReadonlySet<string> => new Set([...sets.values()].map(({ name }) => name));

const sameData = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.toSorted().join() === b.toSorted().join();

/** The code of a condition without data (RFC 2136, 3.2.1 and 3.2.2); null for one that holds. */
const failedExistence = ({ name, type, class: its }: FakeRecord, sets: FakeZoneData): number | null => {
  const isThere = type === ANY ? namesIn(sets).has(name) : sets.has(setKey(name, type));
  if (isThere === (its === ANY)) return null;
  if (its === ANY) return type === ANY ? CODE.nxDomain : CODE.nxRrset;
  return type === ANY ? CODE.yxDomain : CODE.yxRrset;
};

const failedPrerequisite = (record: FakeRecord, zone: string, sets: FakeZoneData): number | null => {
  if (record.ttl !== 0) return CODE.formErr;
  if (!isBelow(record.name, zone)) return CODE.notZone;
  if (record.class === IN) return isMeta(record.type) ? CODE.formErr : null;
  if (record.class !== ANY && record.class !== NONE) return CODE.formErr;
  return record.data === '' ? failedExistence(record, sets) : CODE.formErr;
};

/** Whether the conditions hold (RFC 2136, 3.2): 0, or the code that says why not. */
export const prerequisites = (records: readonly FakeRecord[], zone: string, sets: FakeZoneData): number => {
  for (const record of records) {
    const failed = failedPrerequisite(record, zone, sets);
    if (failed !== null) return failed;
  }
  const wanted = Map.groupBy(
    records.filter(({ class: its }) => its === IN),
    ({ name, type }) => setKey(name, type),
  );
  for (const [key, its] of wanted) {
    const data = [...new Set(its.map((record) => record.data))];
    if (!sameData(data, sets.get(key)?.data ?? [])) return CODE.nxRrset;
  }
  return CODE.noError;
};

/** Whether every change is one at all (RFC 2136, 3.4.1). */
export const prescan = (records: readonly FakeRecord[], zone: string): number => {
  for (const { name, type, class: its, ttl, data } of records) {
    if (!isBelow(name, zone)) return CODE.notZone;
    if (its === IN && (isMeta(type) || data === '')) return CODE.formErr;
    if (its === ANY && (ttl !== 0 || data !== '' || (isMeta(type) && type !== ANY))) return CODE.formErr;
    if (its === NONE && (ttl !== 0 || isMeta(type))) return CODE.formErr;
    if (its !== IN && its !== ANY && its !== NONE) return CODE.formErr;
  }
  return CODE.noError;
};

const isApexOwn = (name: string, type: number, zone: string): boolean => name === zone && (type === SOA || type === NS);

const added = (sets: Map<string, FakeSet>, { name, type, ttl, data }: FakeRecord): void => {
  const others = [...sets.values()].filter((set) => set.name === name && set.type !== type);
  // A CNAME stands alone; what would stand beside one is left out without a word (RFC 2136, 3.4.2.2).
  if (type === CNAME ? others.length > 0 : others.some((set) => set.type === CNAME)) return;
  if (type === SOA) return;
  const held = sets.get(setKey(name, type))?.data ?? [];
  const isOnly = type === CNAME;
  sets.set(setKey(name, type), { name, type, ttl, data: isOnly ? [data] : [...new Set([...held, data])] });
};

const removed = (sets: Map<string, FakeSet>, { name, type, class: its, data }: FakeRecord, zone: string): void => {
  for (const set of [...sets.values()].filter((one) => one.name === name && (type === ANY || one.type === type))) {
    if (isApexOwn(name, set.type, zone)) continue;
    const left = its === ANY ? [] : set.data.filter((one) => one !== data);
    if (left.length === 0) sets.delete(setKey(name, set.type));
    else sets.set(setKey(name, set.type), { ...set, data: left });
  }
};

/** What the zone holds after the changes (RFC 2136, 3.4.2), its serial untouched. */
export const updated = (records: readonly FakeRecord[], zone: string, sets: FakeZoneData): FakeZoneData => {
  const next = new Map(sets);
  for (const record of records) {
    if (record.class === IN) added(next, record);
    else removed(next, record, zone);
  }
  return next;
};

const textOf = (sets: FakeZoneData): string =>
  JSON.stringify(
    [...sets]
      .map(([key, { ttl, data }]) => [key, ttl, data.toSorted()])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );

export const isSame = (a: FakeZoneData, b: FakeZoneData): boolean => textOf(a) === textOf(b);

/** Data of an SOA: two names, then serial and four times. */
const serialAt = (data: string): number => data.length - 5 * 8;

export const serialOf = (sets: FakeZoneData, zone: string): number => {
  const data = sets.get(setKey(zone, SOA))?.data[0] ?? '';
  return Number.parseInt(data.slice(serialAt(data), serialAt(data) + 8), 16);
};

/** The same with the next serial, as every change must leave it (RFC 2136, 3.6). */
export const bumped = (sets: FakeZoneData, zone: string): FakeZoneData => {
  const soa = sets.get(setKey(zone, SOA));
  const data = soa?.data[0];
  if (soa === undefined || data === undefined) return sets;
  const serial = ((serialOf(sets, zone) + 1) % WHOLE).toString(16).padStart(8, '0');
  const next = `${data.slice(0, serialAt(data))}${serial}${data.slice(serialAt(data) + 8)}`;
  return new Map(sets).set(setKey(zone, SOA), { ...soa, data: [next] });
};
