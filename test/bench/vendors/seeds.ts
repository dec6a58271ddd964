import { akamai } from './akamai.ts';
import { azure } from './azure.ts';
import { cloudflare } from './cloudflare.ts';
import type { VendorSeed } from './fleet.ts';
import { gdnsd } from './gdnsd.ts';
import { google } from './google.ts';
import { ns1 } from './ns1.ts';
import { oci } from './oci.ts';
import { powerdns } from './powerdns.ts';
import { rfc2136 } from './rfc2136.ts';
import { route53 } from './route53.ts';
import { ultradns } from './ultradns.ts';

/** By vendor as in the registry; one entry for each way in which it writes. */
export const SEEDS: Readonly<Record<string, readonly VendorSeed[]>> = {
  route53: [route53],
  akamai: [akamai],
  azure: [azure],
  cloudflare: [cloudflare],
  gdnsd: [gdnsd],
  google: [google],
  ns1: [ns1],
  oci: [oci],
  powerdns,
  rfc2136: [rfc2136],
  ultradns: [ultradns],
};
