import { z } from 'zod';

/** One data centre's part of a property. */
export const TARGET = z.looseObject({
  datacenterId: z.number().int(),
  enabled: z.boolean().nullish(),
  weight: z.number().nullish(),
  servers: z.array(z.string()).nullish(),
  handoutCName: z.string().nullish(),
});

export type Target = z.infer<typeof TARGET>;

/**
 * A property of a GTM domain, version 1.5. A PUT replaces it whole, so that every key is kept and given back as it was read,
 * also those that nobody here knows.
 */
export const PROPERTY = z.looseObject({
  name: z.string(),
  type: z.string(),
  ipv6: z.boolean(),
  dynamicTTL: z.number(),
  lastModified: z.string().nullish(),
  backupIp: z.string().nullish(),
  backupCName: z.string().nullish(),
  balanceByDownloadScore: z.boolean().nullish(),
  useComputedTargets: z.boolean().nullish(),
  livenessTests: z.array(z.record(z.string(), z.unknown())).nullish(),
  trafficTargets: z.array(TARGET),
});

export type Property = z.infer<typeof PROPERTY>;

/** A domain, of which only the properties are wanted: the rest holds keys and addresses of people. */
export const DOMAIN = z.object({ properties: z.array(PROPERTY) });

/** How far the domain's newest change has got. It belongs to the domain: whoever writes next replaces it. */
export const STATUS = z.object({
  changeId: z.string(),
  propagationStatus: z.enum(['PENDING', 'COMPLETE', 'DENIED']),
  message: z.string().nullish(),
});

export type Status = z.infer<typeof STATUS>;

/**
 * What a PUT answers: the property and the change it made, as the vendor's own clients read it. The description of version 1.5
 * shows the property alone; the change has to be asked for then.
 */
export const PUT_ANSWER = z.looseObject({ status: STATUS.nullish().catch(null) });

export const WEIGHTED = 'weighted-round-robin';
