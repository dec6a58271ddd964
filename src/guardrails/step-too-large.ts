import { above, within } from '../capacity/limit.ts';
import { type Measured, moved, ROUNDING } from '../capacity/measure.ts';
import type { Objection } from '../domain/objections.ts';
import { sum } from '../domain/records.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import { collect, NONE, type StepContext } from './context.ts';
import { refuse } from './objection.ts';

const losers = ({ model, after }: Measured): readonly number[] =>
  after.flatMap((share, r) => (above(model.before[r] ?? 0, share + ROUNDING) ? [r] : []));

const leavesOnlyTheDead = (one: Measured): boolean => {
  const losing = losers(one);
  return losing.length > 0 && losing.every((r) => one.model.health[r] === 'dead');
};

/** The part of a service's users that gets no answer at all now: giving it one moves nobody. */
const unserved = ({ model }: Measured): number => Math.max(0, 1 - sum(model.before));

const shown = (part: number): number => Math.ceil(part * WHOLE - 1e-6);

/**
 * A step moves at most `largestStep` of a service's traffic, after rounding. From a dead source headroom alone decides:
 * every minute there is an outage for somebody (design section 5).
 */
export const stepTooLarge = ({ measured, limits }: StepContext): readonly Objection[] =>
  collect(measured, (one) => {
    const part = Math.max(0, moved(one) - unserved(one));
    const limit = limits.largestStep;
    if (within(part, limit / WHOLE) || leavesOnlyTheDead(one)) return NONE;
    const { service } = one.model.planned;
    const because = `${service}: the step would move ${percentText(shown(part))} of its traffic, at most ${percentText(limit)} may move at once`;
    return [refuse('step-too-large', because, { value: shown(part), limit, service })];
  });

/**
 * A drained region that comes home is judged first by signals that need no user traffic; until it has traffic to be judged
 * by, it gets at most `restoreCanaryShare` (design rule 6).
 */
export const canary = ({ measured, limits, step, envelope }: StepContext): readonly Objection[] =>
  step.direction === 'out' && envelope.request.verb !== 'restore'
    ? NONE
    : collect(measured, (one) =>
        collect(one.model.regions, (region, r) => {
          const { model, worst, gains } = one;
          const share = Math.max(0, (worst[r] ?? 0) - unserved(one));
          const limit = limits.restoreCanaryShare;
          if (gains[r] !== true || above(model.before[r] ?? 0, 0) || within(share, limit / WHOLE)) return NONE;
          const { service } = model.planned;
          const because = `${service} in ${region}: a drained region gets at most ${percentText(limit)} until its own traffic has been judged, not ${percentText(shown(share))}`;
          return [refuse('step-too-large', because, { value: shown(share), limit, region, service })];
        }),
      );
