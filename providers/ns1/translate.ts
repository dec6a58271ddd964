import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { unmanagedMeta, upOf, weightOf } from './meta.ts';
import { type Answer, answerText, type Ns1Record, writable } from './record.ts';

const plainName = (answer: Answer, inRegion: ReadonlyMap<string, readonly Answer[]>): string => {
  const { region } = answer;
  if (typeof region !== 'string' || region === '') return answerText(answer);
  return (inRegion.get(region)?.length ?? 0) > 1 ? `${region}/${answerText(answer)}` : region;
};

/** By its region, by region and RDATA where a region has several, by its RDATA where it has none. May repeat. */
export const plainNames = (answers: readonly Answer[]): readonly string[] => {
  const inRegion = Map.groupBy(answers, ({ region }) => region ?? '');
  return answers.map((answer) => plainName(answer, inRegion));
};

/** How each answer is called; names that would be the same are counted up, which is seen and refused. */
export const memberNames = (answers: readonly Answer[]): readonly string[] => {
  const seen = new Map<string, number>();
  return plainNames(answers).map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
};

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** Weight of an answer that serves. Null: the `up` filter takes it out, or there is no weight above zero. */
const servingWeight = (answer: Answer, record: Ns1Record): number | null => {
  const weight = weightOf(answer, record);
  return upOf(answer, record) === 'down' || weight === null || weight <= 0 ? null : weight;
};

/** The answer without what steer writes, and without its id: nobody has shown that NS1 keeps it over a change. */
const keptOf = (answer: Answer): unknown => {
  const { id: _, meta: __, ...rest } = answer;
  const meta = unmanagedMeta(answer);
  return meta === undefined ? rest : { ...rest, meta };
};

/**
 * A record as a set: a member for each answer. What belongs to the record (TTL, chain, regions, metadata) stands in every
 * member, so that a foreigner's change of it makes a write stale. No record: no members.
 */
export const setStateOf = (ref: SetRef, record: Ns1Record | null): SetState => {
  if (record === null) return { set: ref.set, members: [] };
  const { answers, ...shared } = writable(record);
  const names = memberNames(answers);
  const members = answers.map((answer, index): MemberState => {
    const own = keptOf(answer);
    return {
      member: names[index] ?? answerText(answer),
      weight: servingWeight(answer, record),
      present: true,
      ttlSeconds: record.ttl ?? null,
      healthCheck: null,
      kept: asJson({ answer: own, record: shared }),
      cost: { elements: 1, characters: JSON.stringify(own).length },
    };
  });
  return { set: ref.set, members: members.toSorted((a, b) => (a.member < b.member ? -1 : 1)) };
};

const written = (answer: Answer, record: Ns1Record, weight: number | null | undefined): Answer => {
  // As it is already, by whichever metadata: what an answer inherits is not written down for it.
  if (weight === undefined || weight === servingWeight(answer, record)) return answer;
  return weight === null
    ? { ...answer, meta: { ...answer.meta, up: false } }
    : { ...answer, meta: { ...answer.meta, up: true, weight } };
};

/** The record just read as it shall be written: weights and `up` of `left`, everything else as it is, all answers complete. */
export const recordOf = (record: Ns1Record, left: SetState): Ns1Record => {
  const held = writable(record);
  const names = memberNames(held.answers);
  const weights = new Map(left.members.map(({ member, weight }) => [member, weight]));
  const answers = held.answers.map((answer, index) => written(answer, record, weights.get(names[index] ?? '')));
  return { ...held, answers };
};
