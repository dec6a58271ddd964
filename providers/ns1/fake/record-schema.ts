import { z } from 'zod';

const FEED = z.strictObject({ feed: z.string().min(1) });
const orFeed = <T extends z.ZodType>(value: T) => z.union([value, FEED]);
const TEXTS = z.array(z.string());

/** Fields of metadata that NS1 knows (ns1-go, data.Meta); an unknown one is an error. */
export const FAKE_META = z.strictObject({
  up: orFeed(z.union([z.boolean(), z.literal('1'), z.literal('0'), z.literal(1), z.literal(0)])).optional(),
  weight: orFeed(z.number().min(0)).optional(),
  priority: orFeed(z.int().min(0)).optional(),
  connections: orFeed(z.int().min(0)).optional(),
  latitude: orFeed(z.number()).optional(),
  longitude: orFeed(z.number()).optional(),
  georegion: TEXTS.optional(),
  country: TEXTS.optional(),
  us_state: TEXTS.optional(),
  ca_province: TEXTS.optional(),
  ip_prefixes: TEXTS.optional(),
  asn: z.array(z.int()).optional(),
  note: z.string().max(256).optional(),
});

const FAKE_ANSWER = z.strictObject({
  id: z.string().optional(),
  answer: z.array(z.union([z.string(), z.number()])).min(1),
  region: z.string().optional(),
  meta: FAKE_META.optional(),
});

const FILTERS = [
  'up',
  'shuffle',
  'weighted_shuffle',
  'weighted_sticky',
  'sticky',
  'priority',
  'shed_load',
  'select_first_n',
  'select_first_region',
  'geotarget_country',
  'geotarget_regional',
  'geotarget_latlong',
  'geofence_country',
  'geofence_regional',
  'netfence_asn',
  'netfence_prefix',
] as const;

const FAKE_FILTER = z.strictObject({
  filter: z.enum(FILTERS),
  disabled: z.boolean().optional(),
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** What a PUT or POST of a record may carry. Fields that are not sent stay as they are in a POST. */
export const FAKE_RECORD = z.strictObject({
  zone: z.string().optional(),
  domain: z.string().optional(),
  type: z.string().optional(),
  ttl: z.int().min(0).max(2_147_483_647).optional(),
  use_client_subnet: z.boolean().optional(),
  link: z.string().nullable().optional(),
  answers: z.array(FAKE_ANSWER).optional(),
  filters: z.array(FAKE_FILTER).optional(),
  regions: z.record(z.string(), z.strictObject({ meta: FAKE_META.optional() })).optional(),
  meta: FAKE_META.optional(),
});

export type FakeRecordInput = z.infer<typeof FAKE_RECORD>;
export type FakeAnswerInput = z.infer<typeof FAKE_ANSWER>;
export type FakeMeta = z.infer<typeof FAKE_META>;

export interface FakeRecord {
  readonly id: string;
  readonly zone: string;
  readonly domain: string;
  readonly type: string;
  readonly ttl: number;
  readonly use_client_subnet: boolean;
  readonly link: string | null;
  readonly answers: readonly FakeAnswerInput[];
  readonly filters: NonNullable<FakeRecordInput['filters']>;
  readonly regions: NonNullable<FakeRecordInput['regions']>;
  readonly meta: FakeMeta;
}

/** How many fields the RDATA of a type has; a type that is not here does not exist. */
export const FIELDS_OF_TYPE: Readonly<Record<string, number>> = {
  A: 1,
  AAAA: 1,
  ALIAS: 1,
  CAA: 3,
  CNAME: 1,
  MX: 2,
  NAPTR: 6,
  NS: 1,
  PTR: 1,
  SRV: 4,
  TXT: 1,
};
