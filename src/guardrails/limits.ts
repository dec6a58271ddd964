import type { STRICTNESS } from '../domain/limits.ts';
import type { Objection } from '../domain/objections.ts';
import { keysOf } from '../domain/records.ts';
import { WHOLE } from '../domain/units.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

type Numeric = keyof typeof STRICTNESS;

/** The range in which each limit is a limit at all; in which direction it is stricter says `domain/limits.ts`. */
const RANGES: Readonly<Record<Numeric, { readonly from: number; readonly to: number }>> = {
  minimumHealthyCapacity: { from: 1, to: WHOLE },
  minimumServingRegions: { from: 1, to: WHOLE },
  servingShareMinimum: { from: 1, to: WHOLE },
  capacityRemovedPerHour: { from: 0, to: WHOLE },
  maximumDestinationUtilisation: { from: 1, to: WHOLE },
  firstStep: { from: 1, to: WHOLE },
  largestStep: { from: 1, to: WHOLE },
  leverStepMaximum: { from: 0, to: WHOLE },
  restoreCanaryShare: { from: 1, to: WHOLE },
  shortestBakeMs: { from: 0, to: Number.MAX_SAFE_INTEGER },
  passesToProceed: { from: 1, to: WHOLE },
  factsMaximumAgeMs: { from: 0, to: Number.MAX_SAFE_INTEGER },
  commitWindowMs: { from: 0, to: Number.MAX_SAFE_INTEGER },
  startWithinMs: { from: 0, to: Number.MAX_SAFE_INTEGER },
  finishWithinMs: { from: 0, to: Number.MAX_SAFE_INTEGER },
};

const NAMES = keysOf<Numeric>(RANGES);

/**
 * A limit that is missing or no whole number in its range limits nothing: Seoul, 22 November 2018, lost its hosts to a
 * setting that was removed and read as a very low one (aws.amazon.com/message/74876-2). The config is checked when it is
 * accepted; this is the last look before it is used.
 */
export const wellFormedLimits = ({ envelope, facts }: Standing): readonly Objection[] =>
  [
    { of: envelope.limits, whose: 'approved' },
    { of: facts.limitsInForce, whose: 'in force' },
  ].flatMap(({ of, whose }) =>
    NAMES.filter((name) => {
      const value: unknown = of[name];
      return !(Number.isInteger(value) && of[name] >= RANGES[name].from && of[name] <= RANGES[name].to);
    }).map((name) =>
      refuse(
        'guard-failed',
        `the limit ${name} ${whose} is ${String(of[name])}: expected a whole number from ${RANGES[name].from} to ${RANGES[name].to}`,
        { value: String(of[name]), limit: `${RANGES[name].from}..${RANGES[name].to}` },
      ),
    ),
  );
