import { isSameRecordSet } from '../domain/record-order.ts';
import type { RecordKey, RecordSet } from '../domain/record-sets.ts';

export const keyOf = ({ name, type, qualifier }: RecordKey): RecordKey => ({ name, type, qualifier });

export const isKey = (a: RecordKey, b: RecordKey): boolean =>
  a.name === b.name && a.type === b.type && a.qualifier === b.qualifier;

/** Field by field, the vendor's own included; nothing is the same as nothing. */
export const isSame = (a: RecordSet | null, b: RecordSet | null): boolean =>
  a === null || b === null ? a === b : isSameRecordSet(a, b);

/** Types of which a name has one value at most (RFC 1034 section 3.6.2, RFC 6672 section 2.4, RFC 1035 section 3.3.13). */
const SINGLE: ReadonlySet<string> = new Set(['CNAME', 'DNAME', 'SOA']);

export const isSingle = (type: string): boolean => SINGLE.has(type);

/** What every zone has of its vendor's: never taken away, never compared, never copied. */
export const isZonesOwn = ({ name, type }: RecordKey, zoneName: string): boolean =>
  name === zoneName && (type === 'SOA' || type === 'NS');
