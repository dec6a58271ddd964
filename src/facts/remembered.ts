import { valuesOf } from '../domain/records.ts';
import type { MemberState, MembersByRegion, SetState } from '../domain/steering.ts';
import type { FleetView } from '../run/fleet.ts';

/** The newest record of a member that any run of this store has seen or taken away. */
const lastKnown = (state: SetState, member: string, fleet: FleetView): MemberState | null => {
  for (const run of [...fleet.runs.values()].reverse()) {
    const known = run.sets[state.set]?.live.members.find((one) => one.member === member);
    if (known !== undefined && known.kept !== null) return known;
  }
  return null;
};

/**
 * The state of a set with those members of the config that the vendor no longer holds, as the journal last knew them:
 * drained by removal or deleted by somebody, their records are kept verbatim, so that a restore can create them again
 * (design rules 4 and 14). A member that no run has ever seen stays unknown.
 */
export const withRemembered = (state: SetState, members: MembersByRegion, fleet: FleetView): SetState => {
  const there = new Set(state.members.map(({ member }) => member));
  const lost = valuesOf(members).flatMap((member) => {
    const known = there.has(member) ? null : lastKnown(state, member, fleet);
    return known === null ? [] : [{ ...known, weight: null, present: false }];
  });
  if (lost.length === 0) return state;
  return { set: state.set, members: [...state.members, ...lost].toSorted((a, b) => (a.member < b.member ? -1 : 1)) };
};
