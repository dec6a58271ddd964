import type { Objection } from '../domain/objections.ts';
import type { Situation, StepInput, StepJudge } from './situation.ts';

/** Judges many candidates against one situation. */
export type Prepare = (situation: Situation) => StepJudge;
/** Judges one candidate: `prepare(input).judge(input.step)`. */
export type JudgeStep = (input: StepInput) => readonly Objection[];
/** Judges the plan as a whole when it is proposed, before anything is written; steps are judged by the forecast. */
export type JudgePlan = (situation: Situation) => readonly Objection[];
