import { canonicalName } from '../../src/domain/rdata/name.ts';
import { canonicalValue, compareValues } from '../../src/domain/rdata.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import type { RecordGroup } from '../record-change.ts';
import type { Operation } from './records-api.ts';
import type { OciRecord } from './shapes.ts';
import { domainOf } from './translate.ts';

/** A value that cannot be read is shown as it is: it can be taken away, not written. */
const canonicalData = ({ rtype, rdata }: OciRecord): string => {
  const canonical = canonicalValue(rtype, rdata);
  return canonical.ok ? canonical.value : rdata;
};

const nameOf = (domain: string): string => {
  const canonical = canonicalName(`${domain.replace(/\.$/, '')}.`);
  return canonical.ok ? canonical.value : `${domain.toLowerCase()}.`;
};

/** Records of a zone as sets of one name and type. */
export const recordSetsOf = (records: readonly OciRecord[]): readonly RecordSet[] =>
  [...Map.groupBy(records, ({ domain, rtype }) => `${nameOf(domain)} ${rtype}`).values()].flatMap((its) => {
    const [first] = its;
    if (first === undefined) return [];
    return [
      {
        name: nameOf(first.domain),
        type: first.rtype,
        qualifier: null,
        ttlSeconds: first.ttl,
        values: [...new Set(its.map(canonicalData))].toSorted(compareValues),
        alias: null,
        profile: { kind: 'basic' } as const,
        kept: null,
      },
    ];
  });

/** What OCI has against a change of a set beyond the capabilities; null when nothing. */
export const problemOf = ({ after, before }: RecordGroup, held: readonly OciRecord[]): string | null => {
  if (held.some(({ isProtected }) => isProtected === true)) return 'OCI manages these records itself (isProtected)';
  if (after.some(({ kept }) => kept !== null)) return 'its `kept` is not from a record set of OCI';
  if (after.some(({ ttlSeconds }) => ttlSeconds === null)) return 'a record set needs a TTL here, e.g. 300';
  return before.length > 1 || after.length > 1 ? 'one name and type is one set at OCI' : null;
};

/**
 * The PATCH that makes of the records held what the group shall be. Every record that was read is a condition, whole as the
 * vendor wrote it; where none was, that there is none.
 */
export const operationsOf = (group: RecordGroup, held: readonly OciRecord[]): readonly Operation[] => {
  const at = { domain: domainOf(group.name), rtype: group.type };
  const [set] = group.after;
  const conditions: readonly Operation[] =
    held.length === 0
      ? [{ ...at, operation: 'PROHIBIT' }]
      : held.map((record) => ({ ...record, operation: 'REQUIRE' as const }));
  if (set === undefined) return [...conditions, { ...at, operation: 'REMOVE' }];
  const gone = held.filter((record) => !set.values.includes(canonicalData(record)));
  const spelled = new Map(held.map((record) => [canonicalData(record), record.rdata]));
  return [
    ...conditions,
    ...gone.map(({ rdata }): Operation => ({ ...at, rdata, operation: 'REMOVE' })),
    ...set.values.map((value): Operation => {
      const rdata = spelled.get(value) ?? value;
      return { ...at, rdata, ...(set.ttlSeconds === null ? {} : { ttl: set.ttlSeconds }), operation: 'ADD' };
    }),
  ];
};

/**
 * Whether conditions on records are not enough: one that names a version fails as soon as anything of its set has changed,
 * a record that was added too. Without versions the ETag must tell, which may be that of the whole zone.
 */
export const needsEtag = (held: readonly OciRecord[]): boolean =>
  held.some(({ rrsetVersion }) => rrsetVersion === undefined || rrsetVersion === null);
