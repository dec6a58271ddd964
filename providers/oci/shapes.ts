import { z } from 'zod';

/** Unknown keys are kept everywhere below, because an update gives the whole policy back. */
export const ANSWER = z.looseObject({
  name: z.string(),
  rtype: z.string(),
  rdata: z.string(),
  pool: z.string().nullable().exactOptional(),
  isDisabled: z.boolean().nullable().exactOptional(),
});

const DATA = z.looseObject({
  answerCondition: z.string().nullable().exactOptional(),
  shouldKeep: z.boolean().nullable().exactOptional(),
  value: z.number().nullable().exactOptional(),
});

export const RULE = z.looseObject({
  ruleType: z.string(),
  cases: z.array(z.json()).nullable().exactOptional(),
  defaultAnswerData: z.array(DATA).nullable().exactOptional(),
  defaultCount: z.number().nullable().exactOptional(),
});

export const POLICY = z.looseObject({
  id: z.string(),
  displayName: z.string(),
  ttl: z.number().int(),
  template: z.string(),
  healthCheckMonitorId: z.string().nullable().exactOptional(),
  answers: z.array(ANSWER),
  rules: z.array(RULE),
  lifecycleState: z.string(),
});

export const ATTACHMENT = z.looseObject({
  id: z.string(),
  steeringPolicyId: z.string(),
  zoneId: z.string(),
  domainName: z.string(),
  rtypes: z.array(z.string()),
  lifecycleState: z.string(),
});

export const ZONE = z.looseObject({
  id: z.string(),
  name: z.string(),
  zoneType: z.string(),
  lifecycleState: z.string(),
});

export const RECORD = z.looseObject({
  domain: z.string(),
  rtype: z.string(),
  rdata: z.string(),
  ttl: z.number().int(),
  recordHash: z.string().nullable().exactOptional(),
  isProtected: z.boolean().nullable().exactOptional(),
  rrsetVersion: z.string().nullable().exactOptional(),
});

export const RECORDS = z.looseObject({ items: z.array(RECORD).nullable() });

export type Answer = z.infer<typeof ANSWER>;
export type Rule = z.infer<typeof RULE>;
export type Policy = z.infer<typeof POLICY>;
export type Attachment = z.infer<typeof ATTACHMENT>;
export type OciZone = z.infer<typeof ZONE>;
export type OciRecord = z.infer<typeof RECORD>;
