import { canonicalText } from '../src/domain/canonical.ts';
import { keysOf } from '../src/domain/records.ts';
import type { MemberState, SetState } from '../src/domain/steering.ts';
import { ProviderError } from './errors.ts';
import type { SetChange } from './steering.ts';

const memberLeft = (change: SetChange, member: MemberState, weight: number | null): MemberState => {
  if (weight !== null) return { ...member, weight, present: true };
  // Drained already, by whatever method: an unchanged weight is an unchanged record.
  if (member.weight === null) return member;
  switch (change.drain) {
    case 'zero':
      return { ...member, weight: null };
    case 'remove':
      return { ...member, weight: null, present: false };
    case 'lever':
      throw new ProviderError(
        'rejected',
        `${change.ref.name} ${change.ref.type}: "${member.member}" is drained by a lever, which leaves its weight; declare \`drain: zero\` or \`drain: remove\` to drain by weight`,
      );
  }
};

/**
 * What a set holds once the change has landed: pure, the same for every vendor, so that whoever has to judge an unknown
 * outcome compares with the very state that was meant. Throws `rejected` for a set drained by a lever.
 */
export const intendedState = (change: SetChange): SetState => ({
  set: change.expects.set,
  members: change.expects.members.map((member) => memberLeft(change, member, change.weights[member.member] ?? null)),
});

/** Everything that counts when two readings of a set are compared. A member without a record counts as not there. */
const contentOf = ({ member, weight, ttlSeconds, healthCheck, kept }: MemberState): string =>
  canonicalText({ member, weight, ttlSeconds, healthCheck, kept });

const contentsOf = (state: SetState): string =>
  canonicalText(
    state.members
      .filter(({ present }) => present)
      .map(contentOf)
      .toSorted(),
  );

/** Whether the vendor holds the same records in both, field by field. Costs and absent members do not count. */
export const isSameState = (a: SetState, b: SetState): boolean => contentsOf(a) === contentsOf(b);

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const assertComplete = (change: SetChange): void => {
  const where = `${change.ref.name} ${change.ref.type}`;
  const expected = new Set(change.expects.members.map(({ member }) => member));
  const weighed = keysOf(change.weights);
  const missing = [...expected].filter((member) => change.weights[member] === undefined);
  const unknown = weighed.filter((member) => !expected.has(member));
  if (missing.length > 0) {
    throw new ProviderError('rejected', `${where}: no weight given for ${listed(missing)}; every member needs one`);
  }
  if (unknown.length > 0) {
    throw new ProviderError(
      'rejected',
      `${where}: a weight for ${listed(unknown)}, which the set was not expected to have`,
    );
  }
};

const assertWeights = (change: SetChange, range: { readonly minimum: number; readonly maximum: number }): void => {
  for (const [member, weight] of Object.entries(change.weights)) {
    if (weight === null) continue;
    if (Number.isInteger(weight) && weight >= range.minimum && weight <= range.maximum) continue;
    throw new ProviderError(
      'rejected',
      `${change.ref.name} ${change.ref.type}: weight ${weight} for "${member}"; a serving member weighs ${range.minimum} to ${range.maximum}, a drained one is null`,
    );
  }
};

/**
 * The last guard before any vendor (design rule 1), whatever the layers above did: throws `never-empty` when no member
 * would be left that answers, `rejected` when a weight is missing, made up or out of range. Returns what the set will hold.
 */
export const assertSafeChange = (
  change: SetChange,
  range: { readonly minimum: number; readonly maximum: number },
): SetState => {
  assertComplete(change);
  assertWeights(change, range);
  const left = intendedState(change);
  if (left.members.some(({ weight, present }) => present && weight !== null && weight > 0)) return left;
  throw new ProviderError(
    'never-empty',
    `${change.ref.name} ${change.ref.type}: no member would be left serving; give at least one a weight above zero`,
  );
};
