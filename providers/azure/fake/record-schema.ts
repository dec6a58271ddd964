import { z } from 'zod';

const U8 = z.int().min(0).max(255);
const U16 = z.int().min(0).max(65_535);
const U32 = z.int().min(0).max(4_294_967_295);
const NAME = z.string().min(1).max(254);

const list = <T extends z.ZodType>(record: T) => z.array(record).min(1).max(20);

const SOA = z.strictObject({
  host: NAME,
  email: NAME,
  serialNumber: U32.optional(),
  refreshTime: U32,
  retryTime: U32,
  expireTime: U32,
  minimumTTL: U32,
});

/** The one field of RecordSetProperties that holds the records of a type (Microsoft.Network/dns, 2018-05-01). */
export const FIELD_OF_TYPE = {
  A: 'ARecords',
  AAAA: 'AAAARecords',
  CAA: 'caaRecords',
  CNAME: 'CNAMERecord',
  MX: 'MXRecords',
  NS: 'NSRecords',
  PTR: 'PTRRecords',
  SOA: 'SOARecord',
  SRV: 'SRVRecords',
  TXT: 'TXTRecords',
} as const;

export type FakeType = keyof typeof FIELD_OF_TYPE;

export const isFakeType = (type: string): type is FakeType => type in FIELD_OF_TYPE;

const PROPERTIES = z.strictObject({
  metadata: z.record(z.string(), z.string()).optional(),
  TTL: z.int().min(1).max(2_147_483_647),
  fqdn: z.string().optional(),
  provisioningState: z.string().optional(),
  targetResource: z.strictObject({ id: z.string().optional() }).optional(),
  ARecords: list(z.strictObject({ ipv4Address: z.ipv4() })).optional(),
  AAAARecords: list(z.strictObject({ ipv6Address: z.ipv6() })).optional(),
  caaRecords: list(z.strictObject({ flags: U8, tag: z.string().min(1), value: z.string() })).optional(),
  CNAMERecord: z.strictObject({ cname: NAME }).optional(),
  MXRecords: list(z.strictObject({ preference: U16, exchange: NAME })).optional(),
  NSRecords: list(z.strictObject({ nsdname: NAME })).optional(),
  PTRRecords: list(z.strictObject({ ptrdname: NAME })).optional(),
  SOARecord: SOA.optional(),
  SRVRecords: list(z.strictObject({ priority: U16, weight: U16, port: U16, target: NAME })).optional(),
  TXTRecords: list(z.strictObject({ value: z.array(z.string().max(255)).min(1) })).optional(),
});

export const FAKE_RECORD_SET = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  etag: z.string().optional(),
  properties: PROPERTIES,
});

export interface FakeRecordSet {
  readonly etag: string;
  readonly properties: z.infer<typeof PROPERTIES>;
}
