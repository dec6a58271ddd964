import type { RecordSet } from '../../src/domain/record-sets.ts';

/** The seven fields of a SOA value, of which the second is who to write to. */
const MAILBOX = 1;

/** `a.b@example.com` of `a\.b.example.com.` (RFC 1035 section 8). */
const addressOf = (mailbox: string): string =>
  mailbox
    .replace(/\.$/, '')
    .replace(/(?<!\\)\./, '@')
    .replaceAll('\\.', '.');

const mailboxOf = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at).replaceAll('.', '\\.')}.${address.slice(at + 1)}.`.toLowerCase();
};

/** The address in a SOA set; null where there is none to read. */
export const emailOf = (soa: RecordSet | null): string | null => {
  const mailbox = soa?.values[0]?.split(' ')[MAILBOX];
  return mailbox === undefined ? null : addressOf(mailbox);
};

/** The set with another TTL or address; a null leaves what is there. */
export const soaWith = (
  soa: RecordSet,
  wish: { readonly ttlSeconds: number | null; readonly email: string | null },
): RecordSet => {
  const fields = soa.values[0]?.split(' ') ?? [];
  const { email } = wish;
  const changed = email === null ? fields : fields.with(MAILBOX, mailboxOf(email));
  return { ...soa, ttlSeconds: wish.ttlSeconds ?? soa.ttlSeconds, values: [changed.join(' ')] };
};
