import type { Run } from '../run/state.ts';
import type { ScenarioName } from '../sandbox/scenarios.ts';

/** What the sandbox's people do when a run has held for a while and only a person can end it. */
export type Reaction = 'wait' | 'resume' | 'rollback' | 'leave';

export interface Scene {
  readonly scenario: ScenarioName;
  readonly run: Run;
  /** How long it has held, in samples of the run. */
  readonly samplesHeld: number;
  /** What the scenario has broken and not healed again. */
  readonly broken: readonly string[];
}

/** Long enough that a person would have read the message. */
const READING_SAMPLES = 5;

/** A run that holds for a guard (say headroom) so long is left to whoever looks next. */
const PATIENCE_SAMPLES = 60;

/**
 * The part of the people in each scenario: plain enough to be foreseen, so that a scenario always ends the same way. A hold
 * that steer may end by itself is waited for; a degraded destination is rolled back; what was healed is resumed; a foreign
 * edit is left HOLDING, because only its author knows what it was for.
 */
export const reactionTo = ({ scenario, run, samplesHeld, broken }: Scene): Reaction => {
  const hold = run.engineHold;
  if (hold === null || samplesHeld < READING_SAMPLES) return 'wait';
  const isRollingBack = run.turned === 'rollback' || run.rollbackAsked !== null;
  // Asked once: whoever holds after that waits for somebody who knows more than these people.
  if (hold.endsByItself || isRollingBack) return samplesHeld > PATIENCE_SAMPLES ? 'leave' : 'wait';
  if (hold.cause === 'foreign-edit') return 'leave';
  if (scenario === 'destination-degrades') return 'rollback';
  return broken.length === 0 ? 'resume' : 'wait';
};
