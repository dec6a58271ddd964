import { within } from '../capacity/limit.ts';
import type { Objection } from '../domain/objections.ts';
import { durationText } from '../domain/units.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

/**
 * A write that would leave later than `commitWindow` after its snapshot is not sent: facts checked once and used minutes
 * later are how DynamoDB's DNS was lost (aws.amazon.com/message/101925). A snapshot of the future means clocks that differ.
 */
export const commitWindow = ({ facts, now, limits }: Standing): readonly Objection[] => {
  const ageMs = now - facts.at;
  const limit = limits.commitWindowMs;
  if (ageMs >= 0 && within(ageMs, limit)) return [];
  const because =
    ageMs < 0
      ? `the facts are ${durationText(-ageMs)} from the future: two clocks differ`
      : `the facts are ${durationText(ageMs)} old, a write must leave within ${durationText(limit)} of them`;
  return [refuse('commit-window', because, { value: ageMs, limit })];
};
