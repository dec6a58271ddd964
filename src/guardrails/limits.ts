import type { SafetyLimits } from '../domain/config.ts';
import type { Objection } from '../domain/objections.ts';
import { WHOLE } from '../domain/units.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

type Numeric = Exclude<keyof SafetyLimits, 'approvals'>;

/** In which direction each limit is stricter, and the range in which it is a limit at all. */
const LIMITS: Readonly<
  Record<Numeric, { readonly strict: 'less' | 'more'; readonly from: number; readonly to: number }>
> = {
  minimumHealthyCapacity: { strict: 'more', from: 1, to: WHOLE },
  minimumServingRegions: { strict: 'more', from: 1, to: WHOLE },
  servingShareMinimum: { strict: 'more', from: 1, to: WHOLE },
  capacityRemovedPerHour: { strict: 'less', from: 0, to: WHOLE },
  maximumDestinationUtilisation: { strict: 'less', from: 1, to: WHOLE },
  firstStep: { strict: 'less', from: 1, to: WHOLE },
  largestStep: { strict: 'less', from: 1, to: WHOLE },
  leverStepMaximum: { strict: 'less', from: 0, to: WHOLE },
  restoreCanaryShare: { strict: 'less', from: 1, to: WHOLE },
  shortestBakeMs: { strict: 'more', from: 0, to: Number.MAX_SAFE_INTEGER },
  passesToProceed: { strict: 'more', from: 1, to: WHOLE },
  factsMaximumAgeMs: { strict: 'less', from: 0, to: Number.MAX_SAFE_INTEGER },
  commitWindowMs: { strict: 'less', from: 0, to: Number.MAX_SAFE_INTEGER },
  startWithinMs: { strict: 'less', from: 0, to: Number.MAX_SAFE_INTEGER },
  finishWithinMs: { strict: 'less', from: 0, to: Number.MAX_SAFE_INTEGER },
};

const NAMES = Object.keys(LIMITS) as Numeric[];

/** Key by key the stricter of both: a run keeps what it was approved with, but stricter limits apply at once (rule 8). */
export const strictest = (approved: SafetyLimits, inForce: SafetyLimits): SafetyLimits => ({
  ...approved,
  ...Object.fromEntries(
    NAMES.map((name) => {
      const choose = LIMITS[name].strict === 'more' ? Math.max : Math.min;
      return [name, choose(approved[name], inForce[name])];
    }),
  ),
  approvals: approved.approvals === 'none' ? inForce.approvals : approved.approvals,
});

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
      return !(Number.isInteger(value) && of[name] >= LIMITS[name].from && of[name] <= LIMITS[name].to);
    }).map((name) =>
      refuse(
        'guard-failed',
        `the limit ${name} ${whose} is ${String(of[name])}: expected a whole number from ${LIMITS[name].from} to ${LIMITS[name].to}`,
        { value: String(of[name]), limit: `${LIMITS[name].from}..${LIMITS[name].to}` },
      ),
    ),
  );
