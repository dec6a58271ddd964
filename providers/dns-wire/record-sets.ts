import { canonicalValue, compareValues } from '../../src/domain/rdata.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { comparable } from './names.ts';
import { encodeData, presentData } from './rdata.ts';
import { type RrSet, rrset } from './rrsets.ts';
import { typeName, typeNumber } from './types.ts';

/** One value in the form that `Records` promises; as it is where the server holds one that nobody may write. */
export const recordValue = (type: string, text: string): string => {
  const canonical = canonicalValue(type, text);
  return canonical.ok ? canonical.value : text;
};

/** A record set as `Records` shows it: plain, since DNS itself knows nothing of weights or places. */
export const recordSetOf = (set: RrSet): RecordSet => {
  const type = typeName(set.type);
  return {
    name: set.name,
    type,
    qualifier: null,
    ttlSeconds: set.ttlSeconds,
    values: set.data.map((data) => recordValue(type, presentData(set.type, data))).toSorted(compareValues),
    alias: null,
    profile: { kind: 'basic' },
    kept: null,
  };
};

/** The set in wire form; null for none. Throws `TypeError` for a value that its type does not have. */
export const rrsetOf = (set: RecordSet | null): RrSet | null => {
  if (set === null) return null;
  const type = typeNumber(set.type);
  return rrset(
    comparable(set.name),
    type,
    set.ttlSeconds ?? 0,
    set.values.map((value) => encodeData(type, value)),
  );
};
