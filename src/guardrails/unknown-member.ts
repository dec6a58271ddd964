import type { SetAfter, SetModel } from '../capacity/set-after.ts';
import type { Objection } from '../domain/objections.ts';
import { strangers } from '../domain/weights.ts';
import { collect, NONE } from './context.ts';
import { refuse } from './objection.ts';

/** A member that no region owns takes traffic that nobody counts: somebody else steers the name too. */
export const unownedMembers = ({ planned, facts, shape }: SetModel): readonly Objection[] => {
  if (shape.isOwned) return NONE;
  const { ref, service } = planned;
  const found = facts === null ? [] : strangers(facts.state, planned.members);
  return found.map((member) =>
    refuse('unknown-member', `${ref.name} ${ref.type} has a member ${member} that no region of the config owns`, {
      value: member,
      set: ref.set,
      service,
    }),
  );
};

/**
 * A weight for a member that the plan does not know, or that is neither at the vendor nor in the journal (drained by
 * removal, or seen by a run and deleted since), is for nobody.
 */
export const weightsForNobody = ({ model: { planned, shape }, weights }: SetAfter): readonly Objection[] => {
  const { ref, service } = planned;
  const details = { set: ref.set, service };
  const foreign = Object.keys(weights).filter((member) => !shape.slots.some(({ name }) => name === member));
  const absent = collect(shape.slots, ({ name, at }) => {
    if (!shape.isRead || weights[name] == null || at >= 0) return NONE;
    const because = `${ref.name} ${ref.type}: the step gives ${name} a weight, but the vendor holds no record of it and no run has ever seen one; create it by hand`;
    return [refuse('unknown-member', because, { value: name, ...details })];
  });
  if (foreign.length === 0) return absent;
  return [
    ...absent,
    ...foreign.map((member) =>
      refuse('unknown-member', `the step has a weight for ${member}, which is no member of ${ref.name} ${ref.type}`, {
        value: member,
        ...details,
      }),
    ),
  ];
};
