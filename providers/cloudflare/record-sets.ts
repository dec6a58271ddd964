import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import { compareValues } from '../../src/domain/rdata.ts';
import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import type { RecordGroup } from '../record-change.ts';
import { AUTOMATIC_TTL, type DnsRecord, type NewRecord, type RecordBatch } from './record.ts';
import { contentOf, valueText } from './values.ts';

/** Most changes that one call takes on the smallest plan (https://developers.cloudflare.com/dns/manage-dns-records/how-to/batch-record-changes/, 2026-11). */
export const MOST_IN_A_BATCH = 200;

/** What the vendor holds beside a value, for people and for itself. */
type Beside = Readonly<Record<string, Json>>;

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const besideOf = ({ proxied, comment, tags, settings }: DnsRecord): Beside =>
  Object.fromEntries(
    Object.entries({ proxied, comment, tags, settings }).flatMap(([key, value]) =>
      isNothing(value) ? [] : [[key, asJson(value)]],
    ),
  );

export const fullName = (name: string): string => `${name.toLowerCase()}.`;

const isUniform = (texts: readonly string[]): boolean => new Set(texts).size <= 1;

/** What stands beside the values: once where it is the same for all, else by value. Null when there is nothing. */
const keptOf = (records: readonly DnsRecord[]): Json => {
  const besides = records.map(besideOf);
  const [first = {}] = besides;
  if (isUniform(besides.map(canonicalText))) return Object.keys(first).length === 0 ? null : first;
  const byValue = Object.fromEntries(records.map((record, index) => [valueText(record) ?? '', besides[index] ?? {}]));
  return { ...(first['proxied'] === true ? { proxied: true } : {}), byValue };
};

/** Why records of one name and type cannot be shown as one set with one TTL; null when they can. */
const unlike = (records: readonly DnsRecord[]): string | null => {
  if (records.some((record) => valueText(record) === null)) return 'a value that steer cannot read';
  if (!isUniform(records.map(({ ttl }) => String(ttl)))) return 'records of unlike TTLs';
  return isUniform(records.map(({ proxied }) => String(proxied === true))) ? null : 'records partly proxied';
};

const setOf = (records: readonly DnsRecord[]): RecordSet | null => {
  const [first] = records;
  if (first === undefined) return null;
  const what = unlike(records);
  return {
    name: fullName(first.name),
    type: first.type,
    qualifier: what === null ? null : what,
    ttlSeconds: first.ttl === AUTOMATIC_TTL ? null : first.ttl,
    values: records.map((record) => valueText(record) ?? record.content ?? '').toSorted(compareValues),
    alias: null,
    profile: what === null ? { kind: 'basic' } : { kind: 'other', what },
    kept: what === null ? keptOf(records) : asJson(records.map(besideOf)),
  };
};

/** The records of a zone as sets, in order. */
export const setsOf = (records: readonly DnsRecord[]): readonly RecordSet[] =>
  [...Map.groupBy(records, ({ name, type }) => `${name.toLowerCase()} ${type}`).values()]
    .flatMap((its) => setOf(its) ?? [])
    .toSorted(compareRecordKeys);

const isRecord = (kept: Json): kept is { readonly [key: string]: Json } =>
  typeof kept === 'object' && kept !== null && !Array.isArray(kept);

/** What stands beside one value of a set. */
const besideValue = (kept: Json, value: string): Beside => {
  if (!isRecord(kept)) return {};
  const { byValue } = kept;
  if (byValue === undefined) return kept;
  const its = isRecord(byValue) ? byValue[value] : undefined;
  return its !== undefined && isRecord(its) ? its : {};
};

const newRecord = (set: RecordSet, value: string): NewRecord => ({
  ...besideValue(set.kept, value),
  ...contentOf(set.type, value),
  type: set.type,
  name: set.name.replace(/\.$/, ''),
  ttl: set.ttlSeconds ?? AUTOMATIC_TTL,
});

const isAsWanted = (record: DnsRecord, set: RecordSet, value: string): boolean =>
  record.ttl === (set.ttlSeconds ?? AUTOMATIC_TTL) &&
  canonicalText(besideOf(record)) === canonicalText(besideValue(set.kept, value));

/** One call that turns what was read into what the groups shall hold. */
export const batchOf = (groups: readonly RecordGroup[], records: readonly DnsRecord[]): RecordBatch => {
  const held = Map.groupBy(records, ({ name, type }) => groupKeyText({ name: fullName(name), type }));
  const parts = groups.map((group): RecordBatch => {
    const its = held.get(groupKeyText(group)) ?? [];
    const byValue = new Map(its.map((record) => [valueText(record), record]));
    const wanted = group.after.flatMap((set) =>
      set.values.map((value) => ({ set, value, record: byValue.get(value) })),
    );
    const staying = new Set(wanted.flatMap(({ record }) => (record === undefined ? [] : [record.id])));
    return {
      deletes: its.flatMap(({ id }) => (staying.has(id) ? [] : [{ id }])),
      puts: wanted.flatMap(({ set, value, record }) =>
        record === undefined || isAsWanted(record, set, value) ? [] : [{ ...newRecord(set, value), id: record.id }],
      ),
      posts: wanted.flatMap(({ set, value, record }) => (record === undefined ? [newRecord(set, value)] : [])),
    };
  });
  return {
    deletes: parts.flatMap(({ deletes }) => deletes),
    puts: parts.flatMap(({ puts }) => puts),
    posts: parts.flatMap(({ posts }) => posts),
  };
};

/** At most so many changes a group needs: each value that goes and each that comes or stays. */
export const sizeOf = ({ before, after }: RecordGroup): number =>
  [...before, ...after].reduce((sum, { values }) => sum + values.length, 0);

const isProxied = ({ kept }: RecordSet): boolean => isRecord(kept) && kept['proxied'] === true;

/** TTLs that a record may have: 60 seconds and more, 30 on the largest plan (OpenAPI of 2024-08, `dns-records_ttl`). */
const TTL = { minimum: 30, maximum: 86_400 };

/** What of a group this vendor would not take, or would not give back as it was. Null when nothing. */
export const refusalOf = (group: RecordGroup): string | null => {
  const key = groupKeyText(group);
  if (sizeOf(group) > MOST_IN_A_BATCH) return `${key}: one call takes ${MOST_IN_A_BATCH} changes, and no set is torn`;
  for (const set of group.after) {
    const { ttlSeconds, values } = set;
    const before = group.before.find(({ qualifier }) => qualifier === set.qualifier);
    if (ttlSeconds !== null && isProxied(set)) return `${key} is proxied, and has no TTL of its own; leave it out`;
    if (ttlSeconds !== null && (ttlSeconds < TTL.minimum || ttlSeconds > TTL.maximum)) {
      return `${key}: a TTL is ${TTL.minimum} to ${TTL.maximum} seconds here, or none for the vendor's own`;
    }
    const isMixed = isRecord(set.kept) && set.kept['byValue'] !== undefined;
    if (isMixed && canonicalText(before?.values ?? []) !== canonicalText(values)) {
      return `${key}: its values carry unlike comments or tags, so that new ones would have to guess; make them alike at Cloudflare first`;
    }
  }
  return null;
};
