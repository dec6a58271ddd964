import type { SetModel } from '../capacity/set-model.ts';
import type { Objection } from '../domain/objections.ts';
import type { Weights } from '../domain/steering.ts';
import { strangers } from '../domain/weights.ts';
import { refuse } from './objection.ts';

/**
 * A member that no region owns takes traffic that nobody counts: somebody else steers the name too. So does a weight for a
 * member that the plan does not know, and one for a member that is not at the vendor and was not drained by removal.
 */
export const unknownMembers = ({ planned, facts, slots }: SetModel, weights: Weights | null): readonly Objection[] => {
  const { ref, service } = planned;
  const details = { set: ref.set, service };
  const found = facts === null ? [] : strangers(facts.state, planned.members);
  const objections = found.map((member) =>
    refuse('unknown-member', `${ref.name} ${ref.type} has a member ${member} that no region of the config owns`, {
      value: member,
      ...details,
    }),
  );
  if (weights === null || facts === null) return objections;
  const known = new Set(slots.map(({ name }) => name));
  for (const member of Object.keys(weights))
    if (!known.has(member))
      objections.push(
        refuse('unknown-member', `the step has a weight for ${member}, which is no member of ${ref.name} ${ref.type}`, {
          value: member,
          ...details,
        }),
      );
  for (const { name, state } of slots) {
    const isThere = state?.present === true || (state !== null && planned.drain === 'remove');
    if (weights[name] == null || isThere) continue;
    const because = `${ref.name} ${ref.type}: the step gives ${name} a weight, but the vendor holds no record of it`;
    objections.push(refuse('unknown-member', because, { value: name, ...details }));
  }
  return objections;
};
