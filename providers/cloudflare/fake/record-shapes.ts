import { z } from 'zod';

const BYTE = z.number().int().min(0).max(255);
const WORD = z.number().int().min(0).max(65535);
const TTL = z.union([z.literal(1), z.number().int().min(60).max(86_400)]);
const HOST = z.string().regex(/^(\.|([-_*a-zA-Z0-9]+\.)*[-_a-zA-Z0-9]+)$/, 'not a valid host name');

const IPV4 = z.ipv4();
const IPV6 = z.ipv6();

const COMMON = {
  name: z.string().min(1).max(255),
  ttl: TTL.optional(),
  comment: z.string().optional(),
  tags: z.array(z.string()).optional(),
};

const plain = <T extends string>(type: T, content: z.ZodType<string>) =>
  z.strictObject({ ...COMMON, type: z.literal(type), content });
const proxiable = <T extends string>(type: T, content: z.ZodType<string>) =>
  z.strictObject({ ...COMMON, type: z.literal(type), content, proxied: z.boolean().optional() });
const structured = <T extends string>(type: T, data: z.ZodRawShape) =>
  z.strictObject({ ...COMMON, type: z.literal(type), data: z.strictObject(data) });

const CERTIFICATE = { usage: BYTE, selector: BYTE, matching_type: BYTE, certificate: z.string() };
const BINDING = { priority: WORD, target: HOST, value: z.string() };

/** What may be written of each type (OpenAPI of 2024-08, `dns-records_*Record`); a field beside these is refused. */
export const NEW_RECORD = z.discriminatedUnion('type', [
  proxiable('A', IPV4),
  proxiable('AAAA', IPV6),
  proxiable('CNAME', HOST),
  plain('NS', HOST),
  plain('PTR', HOST),
  plain('TXT', z.string().min(1)),
  z.strictObject({ ...COMMON, type: z.literal('MX'), content: HOST, priority: WORD }),
  structured('CERT', { type: WORD, key_tag: WORD, algorithm: BYTE, certificate: z.string() }),
  structured('LOC', {
    lat_degrees: z.number().min(0).max(90),
    lat_minutes: z.number().min(0).max(59),
    lat_seconds: z.number().min(0).max(59.999),
    lat_direction: z.enum(['N', 'S']),
    long_degrees: z.number().min(0).max(180),
    long_minutes: z.number().min(0).max(59),
    long_seconds: z.number().min(0).max(59.999),
    long_direction: z.enum(['E', 'W']),
    altitude: z.number().min(-100_000).max(42_849_672.95),
    size: z.number().min(0).max(90_000_000),
    precision_horz: z.number().min(0).max(90_000_000),
    precision_vert: z.number().min(0).max(90_000_000),
  }),
  structured('CAA', { flags: BYTE, tag: z.string(), value: z.string() }),
  structured('DNSKEY', { flags: WORD, protocol: BYTE, algorithm: BYTE, public_key: z.string() }),
  structured('DS', { key_tag: WORD, algorithm: BYTE, digest_type: BYTE, digest: z.string() }),
  structured('HTTPS', BINDING),
  structured('SVCB', BINDING),
  structured('NAPTR', {
    order: WORD,
    preference: WORD,
    flags: z.string(),
    service: z.string(),
    regex: z.string(),
    replacement: z.string(),
  }),
  structured('SMIMEA', CERTIFICATE),
  structured('TLSA', CERTIFICATE),
  structured('SRV', { priority: WORD, weight: WORD, port: WORD, target: HOST }),
  structured('SSHFP', { algorithm: BYTE, type: BYTE, fingerprint: z.string() }),
  z.strictObject({
    ...COMMON,
    type: z.literal('URI'),
    priority: WORD,
    data: z.strictObject({ weight: WORD, target: z.string() }),
  }),
]);

export type NewRecord = z.infer<typeof NEW_RECORD>;

const ID = z.strictObject({ id: z.string().max(32) });

/** `POST …/dns_records/batch`: everything or nothing, in this order. `patches` are not served: nobody here sends one. */
export const BATCH = z.strictObject({
  deletes: z.array(ID).optional(),
  puts: z.array(z.looseObject({ id: z.string().max(32) })).optional(),
  posts: z.array(z.unknown()).optional(),
});
