import { z } from 'zod';
import { invalid } from './errors.ts';

/** Everything below is strict: an unknown key is refused. Types and ranges are those of the published models. */
const DESCRIBED = { description: z.string().max(1024).optional() };

const cases = (data: z.ZodType) =>
  z.array(z.strictObject({ caseCondition: z.string().optional(), answerData: z.array(data).optional() })).optional();

const KEEP = z.strictObject({ answerCondition: z.string().optional(), shouldKeep: z.boolean().optional() });
const WEIGHT = z.strictObject({ answerCondition: z.string().optional(), value: z.number().int().min(0).max(255) });

const RULE = z.discriminatedUnion('ruleType', [
  z.strictObject({
    ruleType: z.literal('FILTER'),
    ...DESCRIBED,
    cases: cases(KEEP),
    defaultAnswerData: z.array(KEEP).optional(),
  }),
  z.strictObject({
    ruleType: z.literal('HEALTH'),
    ...DESCRIBED,
    cases: z.array(z.strictObject({ caseCondition: z.string() })).optional(),
  }),
  z.strictObject({
    ruleType: z.literal('WEIGHTED'),
    ...DESCRIBED,
    cases: cases(WEIGHT),
    defaultAnswerData: z.array(WEIGHT).optional(),
  }),
  z.strictObject({
    ruleType: z.literal('PRIORITY'),
    ...DESCRIBED,
    cases: cases(WEIGHT),
    defaultAnswerData: z.array(WEIGHT).optional(),
  }),
  z.strictObject({
    ruleType: z.literal('LIMIT'),
    ...DESCRIBED,
    cases: z.array(z.strictObject({ caseCondition: z.string().optional(), count: z.number().int() })).optional(),
    defaultCount: z.number().int().min(0).optional(),
  }),
]);

const ANSWER = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9 _.-]{1,64}$/),
  rtype: z.enum(['A', 'AAAA', 'CNAME']),
  rdata: z.string().min(1),
  pool: z.string().min(1).optional(),
  isDisabled: z.boolean().optional(),
});

/** An update leaves what it does not name as it is; answers and rules replace what was there. */
export const POLICY_UPDATE = z.strictObject({
  displayName: z.string().min(1).max(255).optional(),
  ttl: z.number().int().min(1).max(604_800).optional(),
  healthCheckMonitorId: z.string().startsWith('ocid1.').optional(),
  template: z.enum(['FAILOVER', 'LOAD_BALANCE', 'ROUTE_BY_GEO', 'ROUTE_BY_ASN', 'ROUTE_BY_IP', 'CUSTOM']).optional(),
  freeformTags: z.record(z.string(), z.string()).optional(),
  definedTags: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  answers: z.array(ANSWER).optional(),
  rules: z.array(RULE).optional(),
});

export const ZONE_DETAILS = z.strictObject({
  migrationSource: z.literal('NONE').optional(),
  name: z.string().regex(/^([a-z0-9_-]+\.)+[a-z0-9-]+$/),
  compartmentId: z.string().startsWith('ocid1.'),
  zoneType: z.literal('PRIMARY'),
});

const OPERATION = z.strictObject({
  operation: z.enum(['REQUIRE', 'PROHIBIT', 'ADD', 'REMOVE']),
  domain: z.string().optional(),
  rtype: z.string().optional(),
  rdata: z.string().optional(),
  ttl: z.number().int().min(0).max(604_800).optional(),
  recordHash: z.string().optional(),
  isProtected: z.boolean().optional(),
  rrsetVersion: z.string().optional(),
});

export const RECORDS_PATCH = z.strictObject({ items: z.array(OPERATION).min(1).max(1000) });

const RECORD = OPERATION.omit({ operation: true }).extend({
  rdata: z.string(),
  ttl: z.number().int().min(0).max(604_800),
});

export const RECORDS_PUT = z.strictObject({ items: z.array(RECORD) });

export type FakeOperation = z.infer<typeof OPERATION>;

const parsed = (text: string): { readonly json: unknown } | null => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** The body as the schema has it. Throws a `Refusal`. */
export const bodyOf = <T>(schema: z.ZodType<T>, text: string): T => {
  const body = parsed(text);
  if (body === null) throw invalid('The request body is no JSON');
  const read = schema.safeParse(body.json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalid(`${(issue?.path ?? []).join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
};
