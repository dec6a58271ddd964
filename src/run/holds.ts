import { type Objection, refusals } from '../domain/objections.ts';
import type { HoldCause, Observation, RunEvent } from './events.ts';
import type { EngineHold, Run } from './state.ts';

type Held = Extract<RunEvent, { type: 'run.held' }>;

const CAUSE_OF: Partial<Record<Objection['code'], Exclude<HoldCause, 'person'>>> = {
  budget: 'budget',
  'facts-too-old': 'data-missing',
  'facts-missing': 'data-missing',
  'gate-unknown': 'data-missing',
  'too-many-dead': 'data-missing',
  'gate-fail': 'gate',
  'gate-inconclusive': 'gate',
  'unknown-member': 'foreign-edit',
  'foreign-store': 'foreign-edit',
};

/** Refusals of a step that would leave nothing behind if the region that is left were proven dead. */
const OF_LEAVING: ReadonlySet<Objection['code']> = new Set<Objection['code']>([
  'budget',
  'floor',
  'minimum-serving-regions',
  'step-too-large',
]);

/** Why the word of those who declared the region dead did not help, beside the refusals that it would have spared. */
const unproven = (objections: readonly Objection[], blocking: readonly Objection[]): readonly string[] =>
  blocking.some(({ code }) => OF_LEAVING.has(code))
    ? objections.flatMap(({ code, because }) => (code === 'not-proven-dead' ? [because] : []))
    : [];

/** The hold that these objections ask for; the first that no time heals decides who ends it. */
export const heldFor = (objections: readonly Objection[]): Held => {
  const blocking = refusals(objections);
  const worst = blocking.find(({ mayPass }) => !mayPass) ?? blocking[0];
  const cause = (worst === undefined ? undefined : CAUSE_OF[worst.code]) ?? 'guardrail';
  const byPerson = cause === 'foreign-edit' || blocking.some(({ code }) => code === 'gate-fail');
  return {
    type: 'run.held',
    data: {
      cause,
      endsByItself: !byPerson,
      objections: blocking,
      because: [...blocking.map(({ because }) => because), ...unproven(objections, blocking)],
      byHand: [],
    },
  };
};

/** The hold that the gates ask for; null when they let the run go on or only want more passes. */
export const heldByGates = ({ verdict }: Observation): Held | null => {
  if (verdict.hold === null) return null;
  const cause = verdict.hold === 'NO_DATA' || verdict.hold === 'ERROR' ? 'data-missing' : 'gate';
  return {
    type: 'run.held',
    data: { cause, endsByItself: !verdict.endsOnlyByPerson, objections: [], because: verdict.because, byHand: [] },
  };
};

/** What the gates said last holds the run: nothing new is decided until they say something else. */
export const gatesHold = ({ lastObservation }: Run): boolean =>
  lastObservation !== null && heldByGates(lastObservation.data) !== null;

export const isSameHold = (held: Held, hold: EngineHold | null): boolean =>
  hold !== null &&
  hold.cause === held.data.cause &&
  hold.endsByItself === held.data.endsByItself &&
  hold.because.length === held.data.because.length &&
  hold.objections.every(({ code }, i) => held.data.objections[i]?.code === code);

/** Held so that only a person's resume helps. */
export const waitsForPerson = (run: Run): boolean =>
  run.personHold !== null || (run.engineHold !== null && !run.engineHold.endsByItself);

const GATE_CAUSES: ReadonlySet<HoldCause> = new Set<HoldCause>(['gate', 'data-missing']);

/**
 * What the newest observation changes about holds: a new or a worse hold, a release, or nothing. A hold for a guardrail or
 * the budget is not the gates' to end.
 */
export const gateTransition = (run: Run): RunEvent | null => {
  if (run.lastObservation === null || (run.engineHold !== null && !run.engineHold.endsByItself)) return null;
  const held = heldByGates(run.lastObservation.data);
  if (held !== null) return isSameHold(held, run.engineHold) ? null : held;
  const hold = run.engineHold;
  if (hold === null || !GATE_CAUSES.has(hold.cause) || hold.objections.length > 0) return null;
  return { type: 'run.released', data: { because: 'the gates let it go on again' } };
};
