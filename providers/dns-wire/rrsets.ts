import { hexOf, joined } from './bytes.ts';
import type { WireRecord } from './message.ts';
import { comparable } from './names.ts';
import { CLASS } from './types.ts';

/** All records of one name and type. */
export interface RrSet {
  /** Lower case with its trailing dot. */
  readonly name: string;
  readonly type: number;
  readonly ttlSeconds: number;
  /** Wire form of each value, sorted. Never empty: a set without values does not exist. */
  readonly data: readonly Uint8Array[];
}

const EMPTY = new Uint8Array();

export const rrsetKey = ({ name, type }: { readonly name: string; readonly type: number }): string =>
  `${comparable(name)} ${type}`;

const sorted = (data: readonly Uint8Array[]): readonly Uint8Array[] =>
  data.toSorted((a, b) => (hexOf(a) < hexOf(b) ? -1 : 1));

/** Null where there are no values: then the set shall not exist. */
export const rrset = (name: string, type: number, ttlSeconds: number, data: readonly Uint8Array[]): RrSet | null =>
  data.length === 0 ? null : { name: comparable(name), type, ttlSeconds, data: sorted(data) };

/** Records of class IN as sets by `rrsetKey`. Where the TTLs of one set differ the lowest counts (RFC 2181, 5.2). */
export const rrsetsOf = (records: readonly WireRecord[]): ReadonlyMap<string, RrSet> => {
  const groups = Map.groupBy(
    records.filter((record) => record.class === CLASS.IN),
    rrsetKey,
  );
  const sets = new Map<string, RrSet>();
  for (const [key, [first, ...more]] of groups) {
    if (first === undefined) continue;
    const all = [first, ...more];
    const values = new Map(all.map(({ data }) => [hexOf(data), data]));
    const ttlSeconds = Math.min(...all.map((record) => record.ttlSeconds));
    const set = rrset(first.name, first.type, ttlSeconds, [...values.values()]);
    if (set !== null) sets.set(key, set);
  }
  return sets;
};

const signature = (set: RrSet | null): string =>
  set === null ? '' : `${set.ttlSeconds} ${hexOf(joined(...set.data))} ${set.data.map(({ length }) => length).join()}`;

/** Whether both hold the same values with the same TTL. */
export const sameRrset = (a: RrSet | null, b: RrSet | null): boolean => signature(a) === signature(b);

/** What one set must hold at this moment, and what it shall hold next; null is "nothing". */
export interface RrSetSwap {
  readonly name: string;
  readonly type: number;
  readonly before: RrSet | null;
  readonly after: RrSet | null;
}

const record = (swap: RrSetSwap, its: number, ttlSeconds: number, data: Uint8Array): WireRecord => ({
  name: swap.name,
  type: swap.type,
  class: its,
  ttlSeconds,
  data,
});

/**
 * The condition that a set holds just these values, or does not exist (RFC 2136, 2.4.2 and 2.4.3). The TTL is always 0 there:
 * no server compares it.
 */
export const prerequisitesOf = (swap: RrSetSwap): readonly WireRecord[] =>
  swap.before === null
    ? [record(swap, CLASS.NONE, 0, EMPTY)]
    : swap.before.data.map((data) => record(swap, CLASS.IN, 0, data));

/** Takes the whole set away and puts the new one in its place; nothing where it stays (RFC 2136, 2.5.1 and 2.5.2). */
export const updatesOf = (swap: RrSetSwap): readonly WireRecord[] => {
  if (sameRrset(swap.before, swap.after)) return [];
  const { after } = swap;
  const removed = swap.before === null ? [] : [record(swap, CLASS.ANY, 0, EMPTY)];
  return [...removed, ...(after?.data ?? []).map((data) => record(swap, CLASS.IN, after?.ttlSeconds ?? 0, data))];
};
