import { ProviderError } from './errors.ts';

/** mname, rname, serial, refresh, retry, expire, minimum: RFC 1035 section 3.3.13. */
const FIELDS = 7;

const fieldsOf = (soa: string): readonly string[] => {
  const fields = soa.trim().split(/\s+/);
  if (fields.length === FIELDS) return fields;
  throw new ProviderError('unreadable', `the SOA record "${soa}" has ${fields.length} fields; there are ${FIELDS}`);
};

/** The address of who answers for a zone: the first label of `rname` is what stands before the `@`. */
export const emailOf = (soa: string): string | null => {
  const [, local, domain] = /^((?:[^.\\]|\\.)+)\.(.+?)\.?$/.exec(fieldsOf(soa)[1] ?? '') ?? [];
  return local === undefined || domain === undefined ? null : `${local.replaceAll(/\\(.)/g, '$1')}@${domain}`;
};

const rnameOf = (email: string): string => {
  const [, local, domain] = /^([^@\s]+)@([^@\s]+?)\.?$/.exec(email) ?? [];
  if (local !== undefined && domain !== undefined) return `${local.replaceAll(/[.\\]/g, '\\$&')}.${domain}.`;
  throw new ProviderError('rejected', `"${email}" is no address; write one such as hostmaster@example.com`);
};

/** The record with another address, everything else as it was. */
export const withEmail = (soa: string, email: string): string => fieldsOf(soa).with(1, rnameOf(email)).join(' ');

/** The record with the next serial (RFC 1982: after the last comes 0). */
export const withNextSerial = (soa: string): string => {
  const fields = fieldsOf(soa);
  return fields.with(2, `${(Number(fields[2]) + 1) % 2 ** 32}`).join(' ');
};
