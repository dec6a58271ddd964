import type { FakeAnswerInput, FakeRecord } from './record-schema.ts';

const metaOf = (record: FakeRecord, { meta, region }: FakeAnswerInput, key: 'up' | 'weight'): unknown =>
  meta?.[key] ?? (region === undefined ? undefined : record.regions[region]?.meta?.[key]) ?? record.meta[key];

/** "This filter eliminates all answers where up is not true (or "1")"; what a feed says is up here. */
const isUp = (record: FakeRecord, answer: FakeAnswerInput): boolean => {
  const up = metaOf(record, answer, 'up');
  return up === true || up === '1' || up === 1 || typeof up === 'object';
};

const weightOf = (record: FakeRecord, answer: FakeAnswerInput): number => {
  const weight = metaOf(record, answer, 'weight');
  return typeof weight === 'number' ? weight : 0;
};

const nameOf = ({ region, answer }: FakeAnswerInput): string => region ?? answer.join(' ');

/**
 * The part of questions that each answer (by region, else RDATA) is in the response to, through the filters that are enabled.
 * Knows `up`, `weighted_shuffle` and `select_first_n`; others let everything pass.
 */
export const chainAnswers = (record: FakeRecord): Record<string, number> => {
  const active = record.filters.filter(({ disabled }) => disabled !== true);
  const has = (name: string): boolean => active.some(({ filter }) => filter === name);
  const left = has('up') ? record.answers.filter((answer) => isUp(record, answer)) : record.answers;
  const first = active.find(({ filter }) => filter === 'select_first_n');
  if (first === undefined || Number(first.config['N'] ?? 1) !== 1) {
    return Object.fromEntries(left.map((answer) => [nameOf(answer), 1]));
  }
  if (!has('weighted_shuffle')) {
    const [only] = left;
    return only === undefined ? {} : { [nameOf(only)]: 1 };
  }
  const total = left.reduce((sum, answer) => sum + weightOf(record, answer), 0);
  return Object.fromEntries(left.map((answer) => [nameOf(answer), total === 0 ? 0 : weightOf(record, answer) / total]));
};
