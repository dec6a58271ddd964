import { z } from 'zod';
import { Refusal } from './errors.ts';

/** Everything below is strict: an unknown key is refused, as the vendor's JSON parser does. */
const optional = <T extends z.ZodType>(schema: T) => schema.optional();

const TYPES = [
  ...['A', 'AAAA', 'CAA', 'CNAME', 'DNSKEY', 'DS', 'HTTPS', 'IPSECKEY', 'MX', 'NAPTR', 'NS', 'PTR'],
  ...['SOA', 'SPF', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'],
] as const;

const TARGETS = z.strictObject({
  externalEndpoints: optional(z.array(z.string()).min(1)),
  internalLoadBalancers: optional(z.array(z.record(z.string(), z.string())).min(1)),
});

const ITEM = {
  kind: optional(z.string()),
  rrdatas: optional(z.array(z.string()).min(1)),
  signatureRrdatas: optional(z.array(z.string())),
  healthCheckedTargets: optional(TARGETS),
};

const WRR = z.strictObject({
  kind: optional(z.string()),
  items: z.array(z.strictObject({ ...ITEM, weight: z.number().min(0).default(0) })).min(1),
});

const GEO = z.strictObject({
  kind: optional(z.string()),
  enableFencing: optional(z.boolean()),
  items: z.array(z.strictObject({ ...ITEM, location: z.string().regex(/^[a-z]+-[a-z]+[0-9]+$/) })).min(1),
});

const PRIMARY_BACKUP = z.strictObject({
  kind: optional(z.string()),
  primaryTargets: TARGETS,
  backupGeoTargets: GEO,
  trickleTraffic: optional(z.number().min(0).max(1)),
});

const ROUTING_POLICY = z.strictObject({
  kind: optional(z.literal('dns#rRSetRoutingPolicy')),
  wrr: optional(WRR),
  geo: optional(GEO),
  primaryBackup: optional(PRIMARY_BACKUP),
  healthCheck: optional(z.url()),
});

export const RECORD_SET = z.strictObject({
  kind: optional(z.literal('dns#resourceRecordSet')),
  name: z.string().regex(/^([^.\s]+\.)+$/, 'names end with a dot'),
  type: z.enum(TYPES),
  ttl: z.number().int().min(0).max(2_147_483_647),
  rrdatas: optional(z.array(z.string()).min(1)),
  signatureRrdatas: optional(z.array(z.string())),
  routingPolicy: optional(ROUTING_POLICY),
});

export const CHANGE = z.strictObject({
  kind: optional(z.literal('dns#change')),
  additions: z.array(RECORD_SET).default([]),
  deletions: z.array(RECORD_SET).default([]),
});

export const MANAGED_ZONE = z.strictObject({
  kind: optional(z.literal('dns#managedZone')),
  name: z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/),
  dnsName: z.string().regex(/^([a-z0-9_-]+\.)+$/),
  description: z.string().max(1024),
  visibility: optional(z.enum(['public', 'private'])),
});

const parsed = (text: string): { readonly json: unknown } | null => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** The body as the schema has it. Throws a `Refusal` as the vendor words it. */
export const bodyOf = <T>(schema: z.ZodType<T>, text: string, what: string): T => {
  const body = parsed(text);
  if (body === null) throw new Refusal(400, 'parseError', 'Invalid JSON payload received.');
  const read = schema.safeParse(body.json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = [what, ...(issue?.path ?? [])].join('.');
  throw new Refusal(400, 'invalid', `Invalid value for '${where}': ${issue?.message ?? 'unknown'}`);
};
