import type { Steering } from '../../providers/steering.ts';
import type { SetState, Weights } from '../../src/domain/steering.ts';

/**
 * A vendor whose members have no names but their addresses, spoken to by names: the contract says east and west. Members
 * without a name keep their address.
 */
export const namedMembers = (steering: Steering, addresses: Readonly<Record<string, string>>): Steering => {
  const names = Object.fromEntries(Object.entries(addresses).map(([name, address]) => [address, name]));
  const state = (from: SetState, words: Readonly<Record<string, string>>): SetState => ({
    ...from,
    members: from.members.map((member) => ({ ...member, member: words[member.member] ?? member.member })),
  });
  const weights = (from: Weights): Weights =>
    Object.fromEntries(Object.entries(from).map(([member, weight]) => [addresses[member] ?? member, weight]));
  return {
    capabilities: steering.capabilities,
    read: async (refs, signal) => {
      const readings = await steering.read(refs, signal);
      return readings.map((reading) => ({ ...reading, sets: reading.sets.map((set) => state(set, names)) }));
    },
    replace: async (write, signal) => {
      const changes = write.changes.map((change) => ({
        ...change,
        expects: state(change.expects, addresses),
        weights: weights(change.weights),
      }));
      const landed = await steering.replace({ ...write, changes }, signal);
      return { ...landed, sets: landed.sets.map((set) => state(set, names)) };
    },
    propagation: (changes, signal) => steering.propagation(changes, signal),
  };
};
