import type { Zone } from '../../src/domain/record-sets.ts';
import type { JsonObject, Rrset } from './rrset.ts';

/** Fields of the vendor's text: server, mailbox, serial, refresh, retry, expire, minimum. */
const fieldsOf = ({ rdata }: Rrset): readonly string[] => (rdata[0] ?? '').split(/\s+/);

/** `operator\.one.example.com.` is `operator.one@example.com`. */
const emailOf = (mailbox: string): string => {
  const [, local = mailbox, domain = ''] = /^((?:[^.\\]|\\.)+)\.(.+?)\.?$/.exec(mailbox) ?? [];
  return `${local.replaceAll(/\\(.)/g, '$1')}@${domain}`;
};

const mailboxOf = (email: string): string => {
  const at = email.lastIndexOf('@');
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)];
  return `${local.replaceAll('.', '\\.')}.${domain.replace(/\.$/, '')}.`;
};

/** What a zone's SOA record says of it. */
export const shownBySoa = (rrset: Rrset | null): Pick<Zone, 'ttlSeconds' | 'email'> => {
  const mailbox = rrset === null ? undefined : fieldsOf(rrset)[1];
  return { ttlSeconds: rrset?.ttl ?? null, email: mailbox === undefined ? null : emailOf(mailbox) };
};

/** The SOA record with another TTL and mailbox; the serial is sent back as it was read, the vendor keeps its own. */
export const soaBody = (live: Rrset, ttlSeconds: number | null, email: string | null): JsonObject => {
  const fields = fieldsOf(live);
  const rdata = (email === null ? fields : fields.with(1, mailboxOf(email))).join(' ');
  return { ttl: ttlSeconds ?? live.ttl ?? 86_400, rdata: [rdata] };
};
