import type { Zone } from '../../src/domain/record-sets.ts';
import { emailOf, withEmail } from '../soa-value.ts';
import type { JsonObject, Rrset } from './rrset.ts';

/** What a zone's SOA record says of it. */
export const shownBySoa = (rrset: Rrset | null): Pick<Zone, 'ttlSeconds' | 'email'> => {
  const [soa] = rrset?.rdata ?? [];
  return { ttlSeconds: rrset?.ttl ?? null, email: soa === undefined ? null : emailOf(soa) };
};

/**
 * The SOA record with another TTL and mailbox. The serial goes back as it was read: the vendor keeps its own, and its
 * Terraform provider does the same.
 */
export const soaBody = (live: Rrset, ttlSeconds: number | null, email: string | null): JsonObject => {
  const ttl = ttlSeconds ?? live.ttl;
  return {
    ...(ttl === undefined ? {} : { ttl }),
    rdata: live.rdata.map((soa) => (email === null ? soa : withEmail(soa, email))),
  };
};
