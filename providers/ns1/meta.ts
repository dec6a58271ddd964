import { z } from 'zod';
import type { Answer, Ns1Record } from './record.ts';

/** A value that a data source publishes: nobody can say here what it is, or set it by editing the record. */
const FEED = z.looseObject({ feed: z.string() });

type Resolved =
  | { readonly kind: 'absent' }
  | { readonly kind: 'feed' }
  | { readonly kind: 'literal'; readonly value: unknown };

/** The value that holds for an answer: its own, else its region's, else the record's. */
export const metaOf = (key: 'up' | 'weight', answer: Answer, record: Ns1Record): Resolved => {
  const region = typeof answer.region === 'string' ? record.regions?.[answer.region] : undefined;
  const value = answer.meta?.[key] ?? region?.meta?.[key] ?? record.meta?.[key];
  if (value === undefined || value === null) return { kind: 'absent' };
  return FEED.safeParse(value).success ? { kind: 'feed' } : { kind: 'literal', value };
};

/** The `up` filter keeps what is `true` or "1" and nothing else, so that an answer without `up` is out. */
const UP: ReadonlySet<unknown> = new Set([true, 1, '1', 'true']);

export const upOf = (answer: Answer, record: Ns1Record): 'up' | 'down' | 'feed' => {
  const up = metaOf('up', answer, record);
  if (up.kind === 'feed') return 'feed';
  return up.kind === 'literal' && UP.has(up.value) ? 'up' : 'down';
};

/** The weight as a number, whole or not; null where there is none that could be counted. */
export const weightOf = (answer: Answer, record: Ns1Record): number | null => {
  const weight = metaOf('weight', answer, record);
  if (weight.kind !== 'literal') return null;
  const value = typeof weight.value === 'string' && weight.value !== '' ? Number(weight.value) : weight.value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** The answer's own metadata without what steer writes; undefined when nothing is left, so that "none" has one shape. */
export const unmanagedMeta = (answer: Answer): Readonly<Record<string, unknown>> | undefined => {
  const { up: _, weight: __, ...meta } = answer.meta ?? {};
  return Object.keys(meta).length === 0 ? undefined : meta;
};
