import { z } from 'zod';

/** A record set of Azure DNS, api-version 2018-05-01. Which field holds its records follows from its type. */
export const AZURE_RECORD_SET = z.looseObject({
  /** Relative to the zone; `@` at the apex. */
  name: z.string(),
  /** `Microsoft.Network/dnszones/A` and its likes. */
  type: z.string(),
  etag: z.string().nullish(),
  properties: z.looseObject({
    TTL: z.number().nullish(),
    targetResource: z.looseObject({ id: z.string().nullish() }).nullish(),
  }),
});

export const AZURE_ZONE = z.looseObject({ name: z.string() });

export type AzureRecordSet = z.infer<typeof AZURE_RECORD_SET>;
export type AzureZone = z.infer<typeof AZURE_ZONE>;
