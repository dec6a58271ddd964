import { canonicalText } from './canonical.ts';
import type { DrainMethod, MemberState, SetState, Weights } from './steering.ts';

/** What a set holds once `weights` have landed on `state`. Throws when a member has no weight: "left out" is never "unchanged". */
export const afterWrite = (state: SetState, weights: Weights, drain: DrainMethod): SetState => ({
  set: state.set,
  members: state.members.map((member) => {
    const weight = weights[member.member];
    if (weight === undefined) throw new RangeError(`no weight for member ${member.member} of ${state.set}`);
    // Drained already, by whatever method: going back to the base must find it as it was.
    if (weight === null && member.weight === null) return member;
    return { ...member, weight, present: weight !== null || drain !== 'remove' };
  }),
});

const recordText = (member: MemberState): string =>
  canonicalText([member.weight, member.ttlSeconds, member.healthCheck, member.kept]);

const presentByName = (state: SetState): Map<string, MemberState> =>
  new Map(state.members.filter(({ present }) => present).map((member) => [member.member, member]));

const shown = (member: MemberState | undefined): string => {
  if (member === undefined) return 'no record';
  return member.weight === null
    ? `drained, TTL ${member.ttlSeconds}`
    : `weight ${member.weight}, TTL ${member.ttlSeconds}`;
};

/**
 * One line per member whose record differs; empty when the vendor would give the same answers for both. A member that is
 * drained by removal and one that was never there are the same: no record.
 */
export const differences = (expected: SetState, live: SetState): readonly string[] => {
  // A plan is made from the very state that was read, so that most questions are about one and the same.
  if (expected === live) return [];
  const want = presentByName(expected);
  const have = presentByName(live);
  return [...new Set([...want.keys(), ...have.keys()])].sort().flatMap((name) => {
    const a = want.get(name);
    const b = have.get(name);
    if (a !== undefined && b !== undefined && recordText(a) === recordText(b)) return [];
    if (a === undefined && b === undefined) return [];
    const sameNumbers = shown(a) === shown(b) ? ' (the record itself was changed)' : '';
    return [`${name}: expected ${shown(a)}, found ${shown(b)}${sameNumbers}`];
  });
};

export const sameRecords = (a: SetState, b: SetState): boolean => differences(a, b).length === 0;

/** Whether at least one member answers: a set that fails this must never be written (design rule 1). */
export const serves = (state: SetState): boolean =>
  state.members.some(({ present, weight }) => present && weight !== null && weight > 0);
