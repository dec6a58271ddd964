import { ProviderError } from '../errors.ts';
import { chainObjections } from './chain.ts';
import { metaOf, upOf, weightOf } from './meta.ts';
import type { Answer, Ns1Record } from './record.ts';
import { memberNames, plainNames } from './translate.ts';

const FEEDS = ['up', 'weight'] as const;

const answerObjections = (record: Ns1Record, answer: Answer, name: string): readonly string[] => {
  const feeds = FEEDS.filter((key) => metaOf(key, answer, record).kind === 'feed');
  const weight = weightOf(answer, record);
  const isCounted = weight !== null && Number.isInteger(weight) && weight > 0;
  const isServed = upOf(answer, record) === 'up';
  return [
    ...feeds.map(
      (key) =>
        `\`${key}\` of "${name}" comes from a data feed, which would take back what steer writes; make it a value of its own`,
    ),
    ...(isServed && !isCounted && !feeds.includes('weight')
      ? [
          `"${name}" is up with ${weight === null ? 'no weight' : `weight ${weight}`}; give it a whole number above zero`,
        ]
      : []),
  ];
};

/** Every reason why weights and `up` of this record would not do what they say. Empty when it can be steered. */
export const objectionsTo = (record: Ns1Record): readonly string[] => {
  const names = memberNames(record.answers);
  const plain = plainNames(record.answers);
  const twice = plain.filter((name, index) => plain.indexOf(name) !== index);
  return [
    ...(typeof record.link === 'string' && record.link !== ''
      ? [`it is linked to ${record.link} and has nothing of its own; steer that one`]
      : []),
    ...chainObjections(record),
    ...record.answers.flatMap((answer, index) => answerObjections(record, answer, names[index] ?? '')),
    ...twice.map((name) => `two answers are called "${name}"; give each a region of its own`),
  ];
};

/** Throws `rejected` with every objection. Reading such a record is always fine. */
export const assertSteerable = (record: Ns1Record): void => {
  const objections = objectionsTo(record);
  if (objections.length === 0) return;
  throw new ProviderError('rejected', `NS1 record ${record.domain} ${record.type}: ${objections.join('; ')}`);
};
