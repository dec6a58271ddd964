import { canonicalText } from '../domain/canonical.ts';
import type { RecordKey, RecordSet } from '../domain/record-sets.ts';

/** `www.example.com. A`, and its qualifier behind it where it has one. */
export const keyText = ({ name, type, qualifier }: RecordKey): string =>
  [name, type, ...(qualifier === null ? [] : [qualifier])].join(' ');

export const keyOf = ({ name, type, qualifier }: RecordKey): RecordKey => ({ name, type, qualifier });

export const isKey = (a: RecordKey, b: RecordKey): boolean =>
  a.name === b.name && a.type === b.type && a.qualifier === b.qualifier;

/** Field by field, the vendor's own included. */
export const isSame = (a: RecordSet | null, b: RecordSet | null): boolean => canonicalText(a) === canonicalText(b);

/** By name, type and qualifier, as `Records` lists them. */
export const byKey = (a: RecordKey, b: RecordKey): number => {
  const [left, right] = [keyText(a), keyText(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Types of which a name has one value at most (RFC 1034 section 3.6.2, RFC 6672 section 2.4, RFC 1035 section 3.3.13). */
const SINGLE: ReadonlySet<string> = new Set(['CNAME', 'DNAME', 'SOA']);

export const isSingle = (type: string): boolean => SINGLE.has(type);

/** What every zone has of its vendor's: never taken away, never compared, never copied. */
export const isZonesOwn = ({ name, type }: RecordKey, zoneName: string): boolean =>
  name === zoneName && (type === 'SOA' || type === 'NS');
