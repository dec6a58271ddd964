import type { Json } from '../../src/domain/canonical.ts';
import { compareValues } from '../../src/domain/rdata.ts';
import type { RecordSet, RoutingProfile } from '../../src/domain/record-sets.ts';
import { NS1_RECORDS } from './capabilities.ts';
import { activeFilters } from './chain.ts';
import { answerFields, asKept, recordFields, STEERED_FILTERS } from './kept.ts';
import { upOf, weightOf } from './meta.ts';
import { fullName } from './names.ts';
import { type Ns1Record, writable } from './record.ts';
import { isKnownType, printedValue } from './record-values.ts';
import { objectionsTo } from './steerable.ts';

/** What steer writes of an answer in a weighted set. */
const WEIGHTED_FIELDS = ['region', 'meta.up', 'meta.weight'] as const;

const whole = (record: Ns1Record, qualifier: string | null, profile: RoutingProfile, kept: Json): RecordSet => {
  const type = record.type.toUpperCase();
  return {
    name: fullName(record.domain),
    type,
    qualifier,
    ttlSeconds: record.ttl ?? null,
    values: record.answers.map((answer) => printedValue(type, answer)).toSorted(compareValues),
    alias: null,
    profile,
    kept,
  };
};

const basicSet = (record: Ns1Record): RecordSet => {
  const type = record.type.toUpperCase();
  const answers = record.answers.map((answer) => [printedValue(type, answer), answerFields(answer, [])] as const);
  const told = answers.filter(([, fields]) => Object.keys(fields).length > 0);
  const kept = asKept({ record: recordFields(record, []), answers: Object.fromEntries(told), answer: {} });
  return whole(record, null, { kind: 'basic' }, kept);
};

const weightedSets = (record: Ns1Record): readonly RecordSet[] =>
  record.answers.map((answer): RecordSet => {
    const weight = upOf(answer, record) === 'up' ? weightOf(answer, record) : null;
    const kept = asKept({
      record: recordFields(record, STEERED_FILTERS),
      answers: {},
      answer: answerFields(answer, WEIGHTED_FIELDS),
    });
    return whole({ ...record, answers: [answer] }, answer.region ?? null, { kind: 'weighted', weight }, kept);
  });

/** Each answer in a region of its own, which is then its qualifier. */
const hasOwnRegions = ({ answers }: Ns1Record): boolean => {
  const regions = answers.map(({ region }) => region ?? '');
  return !regions.includes('') && new Set(regions).size === regions.length;
};

const isWeighted = (record: Ns1Record): boolean =>
  NS1_RECORDS.weighted?.types.includes(record.type.toUpperCase()) === true &&
  record.answers.length > 0 &&
  hasOwnRegions(record) &&
  objectionsTo(record).length === 0;

const otherSet = (record: Ns1Record, what: string): RecordSet =>
  whole(record, 'ns1', { kind: 'other', what }, JSON.parse(JSON.stringify(writable(record))));

/**
 * A record of NS1 as sets: one basic set without an enabled filter, one weighted set for each answer where the chain is the one
 * that steer writes, else one that is only shown.
 */
export const recordSetsOf = (record: Ns1Record): readonly RecordSet[] => {
  if (typeof record.link === 'string' && record.link !== '') return [otherSet(record, `a link to ${record.link}`)];
  if (!isKnownType(record.type.toUpperCase())) return [otherSet(record, `the type ${record.type}`)];
  const filters = activeFilters(record).map(({ filter }) => filter);
  if (filters.length === 0) return [basicSet(record)];
  return isWeighted(record) ? weightedSets(record) : [otherSet(record, `the filters ${filters.join(', ')}`)];
};
