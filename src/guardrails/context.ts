import type { Spent } from '../capacity/budget.ts';
import type { Deaths } from '../capacity/dead.ts';
import type { Frame } from '../capacity/frame.ts';
import type { Measured } from '../capacity/measure.ts';
import type { ServiceModel } from '../capacity/service-model.ts';
import type { SetAfter } from '../capacity/set-after.ts';
import type { Mode, SafetyLimits } from '../domain/config.ts';
import type { ServiceId, SetId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { PlannedSet } from '../domain/plan.ts';
import type { Situation, StepCandidate } from './situation.ts';

/** What the hour did to the whole fleet, parts of K averaged by weight, each way of counting it (`capacity/budget.ts`). */
interface FleetSpent {
  /** Weight of every service, and their sum. */
  readonly of: Readonly<Record<ServiceId, number>>;
  readonly total: number;
  readonly sum: number;
  readonly peak: number;
}

/** A situation with everything that no step changes. */
export interface Standing extends Situation {
  readonly mode: Mode;
  /** The stricter of what was approved and what is in force now. */
  readonly limits: SafetyLimits;
  readonly deaths: Deaths;
  readonly spent: ReadonlyMap<ServiceId, Spent>;
  readonly fleetSpent: FleetSpent;
  /** How old a capacity or a demand may be. */
  readonly maximumAgeMs: number;
  readonly frame: Frame;
  /** What a guard has found about something that no step changes, by guard; only ever filled, with the same each time. */
  readonly found: Map<string, Map<unknown, readonly Objection[]>>;
  readonly modelOf: (service: ServiceId) => ServiceModel | undefined;
}

export interface StepContext extends Standing {
  readonly step: StepCandidate;
  /** One for each service that the step touches. */
  readonly measured: readonly Measured[];
  /** One set for every outcome of the step: sets that stand alike and get the same weights differ in their names only. */
  readonly firsts: readonly SetAfter[];
  /** The sets of the step that the envelope knows. */
  readonly sets: readonly PlannedSet[];
  /** Those it does not know. */
  readonly unknown: readonly SetId[];
}

export const NONE: readonly Objection[] = [];

/** The objections of one guard about one thing, looked for once per situation. */
export const once = (
  { found }: Pick<Standing, 'found'>,
  guard: string,
  about: unknown,
  look: () => readonly Objection[],
): readonly Objection[] => {
  const byThing = found.get(guard) ?? new Map<unknown, readonly Objection[]>();
  found.set(guard, byThing);
  const known = byThing.get(about);
  if (known !== undefined) return known;
  const seen = look();
  byThing.set(about, seen);
  return seen;
};

/** All objections of a guard over many things. Most have none, and then nothing is built. */
export const collect = <T>(
  things: readonly T[],
  look: (thing: T, i: number) => readonly Objection[],
): readonly Objection[] => {
  let all: Objection[] | null = null;
  for (let i = 0; i < things.length; i += 1) {
    const thing = things[i];
    if (thing === undefined) continue;
    const found = look(thing, i);
    if (found.length === 0) continue;
    all ??= [];
    all.push(...found);
  }
  return all ?? NONE;
};

/** A pure rule: all its objections, or none. One that throws refuses (design rule 7). */
export type StandingGuard = (standing: Standing) => readonly Objection[];
export type StepGuard = (context: StepContext) => readonly Objection[];
