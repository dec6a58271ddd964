import type { Steering } from '../../../providers/steering.ts';
import type { SetState, Weights } from '../../../src/domain/steering.ts';

/**
 * The same steering with other words for its members: the suite speaks of regions, and some vendors know members by number
 * only. A name that is not in the list is left as it is.
 */
export const renamed = (steering: Steering, numbers: Readonly<Record<string, string>>): Steering => {
  const names = Object.fromEntries(Object.entries(numbers).map(([name, number]) => [number, name]));
  const inWords = (words: Readonly<Record<string, string>>, state: SetState): SetState => ({
    ...state,
    members: state.members
      .map((member) => ({ ...member, member: words[member.member] ?? member.member }))
      .toSorted((a, b) => (a.member < b.member ? -1 : 1)),
  });
  const inNumbers = (weights: Weights): Weights =>
    Object.fromEntries(Object.entries(weights).map(([member, weight]) => [numbers[member] ?? member, weight]));
  return {
    capabilities: steering.capabilities,
    async read(refs, signal) {
      const readings = await steering.read(refs, signal);
      return readings.map((reading) => ({ ...reading, sets: reading.sets.map((state) => inWords(names, state)) }));
    },
    async replace(write, signal) {
      const changes = write.changes.map((change) => ({
        ...change,
        expects: inWords(numbers, change.expects),
        weights: inNumbers(change.weights),
      }));
      const landed = await steering.replace({ ...write, changes }, signal);
      return { ...landed, sets: landed.sets.map((state) => inWords(names, state)) };
    },
    propagation: (changes, signal) => steering.propagation(changes, signal),
  };
};
