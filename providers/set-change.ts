import { keysOf } from '../src/domain/records.ts';
import { afterWrite, serves } from '../src/domain/set-state.ts';
import type { SetState } from '../src/domain/steering.ts';
import { ProviderError } from './errors.ts';
import type { SetChange } from './steering.ts';

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

/** A lever flips health state and leaves the weight, so a weight cannot be what drains such a set. */
const assertNotByLever = (change: SetChange): void => {
  if (change.drain !== 'lever') return;
  const drained = change.expects.members.find(
    ({ member, weight }) => weight !== null && change.weights[member] === null,
  );
  if (drained === undefined) return;
  throw new ProviderError(
    'rejected',
    `${change.ref.name} ${change.ref.type}: "${drained.member}" is drained by a lever, which leaves its weight; declare \`drain: zero\` or \`drain: remove\` to drain by weight`,
  );
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
  assertNotByLever(change);
  const left = afterWrite(change.expects, change.weights, change.drain);
  if (serves(left)) return left;
  throw new ProviderError(
    'never-empty',
    `${change.ref.name} ${change.ref.type}: no member would be left serving; give at least one a weight above zero`,
  );
};
