import { z } from 'zod';

/** One DNS record as the vendor shows it: a record set is as many of these as it has values. */
export const RECORD = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  content: z.string().nullish(),
  ttl: z.number(),
  proxied: z.boolean().nullish(),
  priority: z.number().nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
  comment: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  settings: z.record(z.string(), z.unknown()).nullish(),
});

export type DnsRecord = z.infer<typeof RECORD>;

/** What a record says; the rest of it says what the vendor is to do with it. */
export type RecordContent = Pick<DnsRecord, 'content' | 'priority' | 'data'>;

/** Of one value, without what the vendor adds by itself. */
export interface NewRecord {
  readonly type: string;
  readonly name: string;
  readonly ttl: number;
  readonly [field: string]: unknown;
}

/** One call: what is named there lands together or not at all. */
export interface RecordBatch {
  readonly deletes: readonly { readonly id: string }[];
  readonly puts: readonly (NewRecord & { readonly id: string })[];
  readonly posts: readonly NewRecord[];
}

/** The vendor's way to say that it chooses the TTL. */
export const AUTOMATIC_TTL = 1;
