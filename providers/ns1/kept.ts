import { z } from 'zod';
import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import { STEERED } from './chain.ts';
import { type Filter, type Ns1Record, writable } from './record.ts';

/** The chain as steer makes it. */
export const STEERED_FILTERS: readonly Filter[] = STEERED.map((filter) => ({
  filter,
  config: filter === 'select_first_n' ? { N: 1 } : {},
}));

const FIELDS = z.record(z.string(), z.json());

/**
 * What NS1 holds beside a set: of the record, and of its answers by value (basic) or of its one answer (weighted). What NS1 has
 * by itself is left out, so that a set made here has nothing beside it.
 */
const KEPT = z.strictObject({
  record: FIELDS.optional(),
  answers: z.record(z.string(), FIELDS).optional(),
  answer: FIELDS.optional(),
});

export type Kept = z.infer<typeof KEPT>;
type Fields = Readonly<Record<string, unknown>>;

/** Nothing for null and for another vendor's text. */
export const keptOf = (kept: Json): Kept => {
  const read = KEPT.safeParse(kept);
  return read.success ? read.data : {};
};

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

const withoutEmpty = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, its]) => !isEmpty(its)));

/** Null when nothing is left, and parts only where there is something in them. */
export const asKept = (parts: Readonly<Record<keyof Kept, Fields>>): Json => {
  const held = withoutEmpty(parts);
  return isEmpty(held) ? null : asJson(held);
};

const isBareRegion = (region: { readonly meta?: unknown }): boolean => isEmpty(withoutEmpty(region));

const sameFilters = (a: readonly Filter[], b: readonly Filter[]): boolean =>
  canonicalText(asJson(a)) === canonicalText(asJson(b));

/** What a record holds beside TTL and answers and beyond what NS1 gives a record by itself. `chain`: filters that are usual. */
export const recordFields = (record: Ns1Record, chain: readonly Filter[]): Fields => {
  const { zone: _, domain: __, type: ___, ttl: ____, answers: _____, ...rest } = writable(record);
  const { use_client_subnet, filters, regions, ...more } = rest;
  const named = Object.entries(regions ?? {}).filter(([, region]) => !isBareRegion(region));
  return withoutEmpty({
    ...more,
    // NS1 sets it on a record that says nothing.
    ...(use_client_subnet === true ? {} : { use_client_subnet }),
    ...(sameFilters(filters ?? [], chain) ? {} : { filters }),
    regions: Object.fromEntries(named),
  });
};

/** What an answer holds beside its RDATA, its id, and what is a field of its own in a set. */
export const answerFields = (answer: Fields, managed: readonly string[]): Fields => {
  const { answer: _, id: __, feeds: ___, meta, ...rest } = answer;
  const own = typeof meta === 'object' && meta !== null ? Object.entries(meta) : [];
  const kept = Object.fromEntries(own.filter(([key]) => !managed.includes(`meta.${key}`)));
  const others = Object.entries(rest).filter(([key]) => !managed.includes(key));
  return withoutEmpty({ ...Object.fromEntries(others), meta: kept });
};
