import { z } from 'zod';
import { canonicalText } from '../../src/domain/canonical.ts';
import { isSameRecordSet, recordKeyText } from '../../src/domain/record-order.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import type { RecordGroup } from '../record-change.ts';
import { keptOf, STEERED_FILTERS } from './kept.ts';
import { bareName, liesIn } from './names.ts';
import type { Answer, Ns1Record } from './record.ts';
import { recordSetsOf } from './record-translate.ts';
import { rdataOf } from './record-values.ts';

const distinct = (texts: readonly string[]): number => new Set(texts).size;

/** What NS1 cannot hold although its capabilities have each of the sets; null when it can. */
export const refusal = ({ name, after }: RecordGroup, zone: string): string | null => {
  if (!liesIn(name, zone)) return `${name} does not lie in the zone ${bareName(zone)}.`;
  if (after.some(({ ttlSeconds }) => ttlSeconds === null)) return 'NS1 shows a TTL for every record; give one';
  if (distinct(after.map(({ profile }) => profile.kind)) > 1) {
    return 'a name and type has basic or weighted sets at NS1, not both; take the others away in the same list';
  }
  if (distinct(after.map(({ ttlSeconds }) => `${ttlSeconds}`)) > 1) {
    return 'all sets of a name and type have one TTL at NS1; change them in one list';
  }
  const beside = after.flatMap(({ kept }) => keptOf(kept).record ?? []);
  if (distinct(beside.map((fields) => canonicalText(fields))) > 1) {
    return 'the sets say different things of the one record that they are at NS1; read them again';
  }
  const single = after.filter(({ profile, values }) => profile.kind === 'weighted' && values.length !== 1);
  if (single.length > 0) return 'a weighted set has one value at NS1; give each value a qualifier of its own';
  const mute = after.flatMap(({ type, values }) => values.filter((value) => rdataOf(type, value) === null));
  return mute.length === 0 ? null : `NS1 has no way to say ${mute.join(', ')}`;
};

/** What the answer weighs while it is out: as NS1 has it, so that nobody has to remember. */
const heldWeight = (held: Ns1Record | null, region: string | null): unknown =>
  held?.answers.find((answer) => answer.region === region)?.meta?.['weight'];

const weightedAnswer = (set: RecordSet, weight: number | null, held: Ns1Record | null): Answer => {
  const { meta, ...beside } = keptOf(set.kept).answer ?? {};
  const own = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : {};
  const last = heldWeight(held, set.qualifier);
  const managed =
    weight === null ? { up: false, ...(last === undefined ? {} : { weight: last }) } : { up: true, weight };
  const answer = [...(rdataOf(set.type, set.values[0] ?? '') ?? [])];
  return { ...beside, answer, region: set.qualifier ?? '', meta: { ...own, ...managed } };
};

const basicAnswers = (set: RecordSet): readonly Answer[] => {
  const beside = keptOf(set.kept).answers ?? {};
  return set.values.map((value) => ({ ...beside[value], answer: [...(rdataOf(set.type, value) ?? [])] }));
};

/** An answer that does not change is given back word for word, with its id and with what it inherits. */
const unchanged = (held: Ns1Record | null, set: RecordSet): Answer | undefined => {
  if (held === null) return undefined;
  const live = recordSetsOf(held).find((one) => recordKeyText(one) === recordKeyText(set));
  if (live === undefined || !isSameRecordSet(live, { ...set, ttlSeconds: live.ttlSeconds })) return undefined;
  return held.answers.find(({ region }) => region === set.qualifier);
};

const answersOf = (set: RecordSet, held: Ns1Record | null): readonly Answer[] => {
  if (set.profile.kind !== 'weighted') return basicAnswers(set);
  return [unchanged(held, set) ?? weightedAnswer(set, set.profile.weight, held)];
};

/** As they stood, new ones last: nobody has asked for another order. */
const inOrderOf = (held: Ns1Record | null, answers: readonly Answer[]): Answer[] => {
  const stood = (held?.answers ?? []).map(({ region, answer }) => region ?? answer.join(' '));
  const rank = ({ region, answer }: Answer): number => {
    const at = stood.indexOf(region ?? answer.join(' '));
    return at < 0 ? stood.length : at;
  };
  return answers.toSorted((a, b) => rank(a) - rank(b));
};

const REGIONS = z.record(z.string(), z.looseObject({})).catch({});

/** Every region that an answer names must be there, with whatever the record says of it. */
const regionsOf = (answers: readonly Answer[], held: unknown): NonNullable<Ns1Record['regions']> => {
  const named = answers.flatMap(({ region }) => (typeof region === 'string' ? [[region, { meta: {} }] as const] : []));
  return { ...Object.fromEntries(named), ...REGIONS.parse(held) };
};

/** The record that NS1 shall hold for a group, whole: a field that is left out would stay as it is. */
export const recordOfGroup = (group: RecordGroup, zone: string, held: Ns1Record | null): Ns1Record => {
  const { after } = group;
  const isWeighted = after.some(({ profile }) => profile.kind === 'weighted');
  const beside = after.map(({ kept }) => keptOf(kept).record).find((fields) => fields !== undefined) ?? {};
  const answers = inOrderOf(
    held,
    after.flatMap((set) => answersOf(set, held)),
  );
  const { regions, ...fields } = beside;
  return {
    use_client_subnet: true,
    meta: {},
    filters: isWeighted ? [...STEERED_FILTERS] : [],
    ...fields,
    regions: regionsOf(answers, regions),
    zone: bareName(zone),
    domain: bareName(group.name),
    type: group.type,
    ttl: after[0]?.ttlSeconds ?? null,
    answers,
  };
};
