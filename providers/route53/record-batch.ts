import type { RecordSet } from '../../src/domain/record-sets.ts';
import { sum } from '../../src/domain/records.ts';
import type { RecordGroup } from '../record-change.ts';
import { batchesBySize } from '../record-change.ts';
import { BATCH_LIMITS } from './batch.ts';
import { problemOf } from './record-sets.ts';

/** Elements and characters of one form of a set. An alias has no element; it is counted as one to be safe. */
const sizeOf = (set: RecordSet | null): { elements: number; characters: number } =>
  set === null
    ? { elements: 0, characters: 0 }
    : { elements: Math.max(1, set.values.length), characters: sum(set.values.map(({ length }) => length)) };

/** The vendor may hold a value in a longer form than the one it is shown in, e.g. an address with all its zeros. */
const SLACK = 24;

/** The part of a batch's room that a group takes, in characters: whichever limit is nearer counts. */
const roomOf = (group: RecordGroup): number => {
  const sizes = group.changes.flatMap(({ expects, leaves }) => [sizeOf(expects), sizeOf(leaves)]);
  const elements = sum(sizes.map((size) => size.elements));
  const characters = sum(sizes.map((size) => size.characters));
  return Math.max((elements * BATCH_LIMITS.characters) / BATCH_LIMITS.elements, characters + SLACK * elements);
};

/** Groups that fit into one batch, by both limits of the vendor. */
export const recordBatches = (groups: readonly RecordGroup[]): readonly (readonly RecordGroup[])[] =>
  batchesBySize(groups, BATCH_LIMITS.characters, roomOf);

/** What Route 53 has against all sets of one name and type together. */
export const groupProblem = (group: RecordGroup): string | null => {
  const where = `${group.name} ${group.type}`;
  const problems = new Set(group.changes.flatMap(({ leaves }) => (leaves === null ? [] : (problemOf(leaves) ?? []))));
  if (problems.size > 0) return `${where}: ${[...problems].join('; ')}`;
  const kinds = new Set(group.after.map(({ profile }) => profile.kind));
  if (kinds.size > 1) {
    return `${where}: sets that are ${[...kinds].join(' and ')} cannot stand together; change all of them in one go`;
  }
  if (roomOf(group) > BATCH_LIMITS.characters) {
    return `${where}: it takes more than ${BATCH_LIMITS.elements} values or ${BATCH_LIMITS.characters} characters to change, which one batch has no room for`;
  }
  return null;
};
