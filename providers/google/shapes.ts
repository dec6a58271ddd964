import { z } from 'zod';

/** Unknown keys are kept everywhere below, because they are given back: a deletion must be what is there, word for word. */
const TARGETS = z.looseObject({
  externalEndpoints: z.array(z.string()).exactOptional(),
  internalLoadBalancers: z.array(z.looseObject({ ipAddress: z.string().exactOptional() })).exactOptional(),
});

/** One item of a wrr or geo policy. A weight that is left out is 0, as everywhere in the vendor's JSON. */
export const ITEM = z.looseObject({
  weight: z.number().exactOptional(),
  location: z.string().exactOptional(),
  rrdatas: z.array(z.string()).exactOptional(),
  signatureRrdatas: z.array(z.string()).exactOptional(),
  healthCheckedTargets: TARGETS.exactOptional(),
});

const POLICY = z.looseObject({ items: z.array(ITEM).exactOptional() });

export const ROUTING_POLICY = z.looseObject({
  wrr: POLICY.exactOptional(),
  geo: POLICY.exactOptional(),
  primaryBackup: z.looseObject({}).exactOptional(),
  healthCheck: z.string().exactOptional(),
});

/** `ResourceRecordSet` of Cloud DNS v1. */
export const RECORD_SET = z.looseObject({
  name: z.string(),
  type: z.string(),
  ttl: z.number().int().exactOptional(),
  rrdatas: z.array(z.string()).exactOptional(),
  signatureRrdatas: z.array(z.string()).exactOptional(),
  routingPolicy: ROUTING_POLICY.exactOptional(),
});

export const RECORD_SETS = z.looseObject({
  rrsets: z.array(RECORD_SET).exactOptional(),
  nextPageToken: z.string().exactOptional(),
});

export const MANAGED_ZONE = z.looseObject({
  id: z.string(),
  name: z.string(),
  dnsName: z.string(),
  visibility: z.string().exactOptional(),
});

export const MANAGED_ZONES = z.looseObject({
  managedZones: z.array(MANAGED_ZONE).exactOptional(),
  nextPageToken: z.string().exactOptional(),
});

export const CHANGE = z.looseObject({ id: z.string(), status: z.string() });

export type Item = z.infer<typeof ITEM>;
export type GoogleRecordSet = z.infer<typeof RECORD_SET>;
export type ManagedZone = z.infer<typeof MANAGED_ZONE>;
