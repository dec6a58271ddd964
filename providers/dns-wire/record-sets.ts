import { canonicalText } from '../../src/domain/canonical.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { comparable } from './names.ts';
import { encodeData, presentData } from './rdata.ts';
import { type RrSet, rrset } from './rrsets.ts';
import { typeName, typeNumber } from './types.ts';

/** A record set as `Records` shows it: plain, since DNS itself knows nothing of weights or places. */
export const recordSetOf = (set: RrSet): RecordSet => ({
  name: set.name,
  type: typeName(set.type),
  qualifier: null,
  ttlSeconds: set.ttlSeconds,
  values: set.data.map((data) => presentData(set.type, data)).toSorted(),
  alias: null,
  profile: { kind: 'basic' },
  kept: null,
});

/** The set in wire form; null for none. Throws `TypeError` for a value that its type does not have. */
export const rrsetOf = (set: RecordSet | null): RrSet | null => {
  if (set === null) return null;
  const type = typeNumber(set.type);
  const data = new Map(
    set.values.map((value) => [presentData(type, encodeData(type, value)), encodeData(type, value)]),
  );
  return rrset(comparable(set.name), type, set.ttlSeconds ?? 0, [...data.values()]);
};

/** In the order that `Records` promises: by name, type, qualifier. */
export const byKey = (a: RecordSet, b: RecordSet): number => {
  const [left, right] = [a, b].map(({ name, type, qualifier }) => canonicalText([name, type, qualifier]));
  return (left ?? '') < (right ?? '') ? -1 : 1;
};
