import { z } from 'zod';

/** Metadata of an answer, a region or a record: literals, lists, or `{feed: id}`. */
export const META = z.record(z.string(), z.unknown());

export const ANSWER = z.looseObject({
  /** RDATA, field by field; numbers come as numbers or as text. */
  answer: z.array(z.union([z.string(), z.number()])).min(1),
  region: z.string().nullish(),
  meta: META.nullish(),
});

export const FILTER = z.looseObject({
  filter: z.string(),
  disabled: z.boolean().nullish(),
  config: z.record(z.string(), z.unknown()).nullish(),
});

/** One record of NS1: all answers of one name and type, and the chain of filters that chooses among them. */
export const RECORD = z.looseObject({
  zone: z.string(),
  domain: z.string(),
  type: z.string(),
  ttl: z.number().nullish(),
  link: z.string().nullish(),
  answers: z.array(ANSWER),
  filters: z.array(FILTER).nullish(),
  regions: z.record(z.string(), z.looseObject({ meta: META.nullish() })).nullish(),
  meta: META.nullish(),
});

export type Answer = z.infer<typeof ANSWER>;
export type Filter = z.infer<typeof FILTER>;
export type Ns1Record = z.infer<typeof RECORD>;

/** What NS1 says of a record and nobody may set; some of it changes by itself. */
const OUTPUTS: ReadonlySet<string> = new Set([
  'id',
  'tier',
  'feeds',
  'networks',
  'zone_fqdn',
  'zone_handle',
  'local_tags',
  'created_at',
  'updated_at',
]);

/** The record without what is NS1's own to say, in the shape in which a change of it is sent. */
export const writable = (record: Ns1Record): Ns1Record => {
  const { zone, domain, type, answers, ...rest } = record;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !OUTPUTS.has(key)));
  return { ...kept, zone, domain, type, answers: answers.map(({ feeds: _, ...answer }) => answer) };
};

export const answerText = ({ answer }: Answer): string => answer.map(String).join(' ');
