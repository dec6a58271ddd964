import type { RecordSet } from '../../src/domain/record-sets.ts';
import { basicSet } from './basic-records.ts';
import { geoSets } from './geo-records.ts';
import { fullName, kindOf, type Rrset, typeOf } from './rrset.ts';
import { readValues } from './value.ts';
import { weightedSets } from './weighted-records.ts';

/** A set that steer shows and leaves alone: its values as they are read, or as they come. */
const otherSet = (rrset: Rrset, what: string): RecordSet => {
  const type = typeOf(rrset.rrtype);
  return {
    name: fullName(rrset.ownerName),
    type,
    qualifier: what,
    ttlSeconds: rrset.ttl ?? null,
    values: readValues(type, rrset.rdata) ?? rrset.rdata.toSorted(),
    alias: null,
    profile: { kind: 'other', what },
    kept: null,
  };
};

const UNREADABLE = 'values that steer cannot read';

/** One object of the vendor as the record sets that it stands for. */
export const recordSetsOf = (rrset: Rrset): readonly RecordSet[] => {
  const kind = kindOf(rrset);
  if (kind === 'DirPool') return geoSets(rrset);
  if (kind === 'TCPool') return weightedSets(rrset) ?? [otherSet(rrset, 'TCPool')];
  if (kind === 'plain' || kind === 'RDPool') return [basicSet(rrset) ?? otherSet(rrset, UNREADABLE)];
  return [otherSet(rrset, kind)];
};
