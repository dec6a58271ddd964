import type { Scenario, ScenarioEvent, Trigger } from './scenarios.ts';

/** What a scenario's triggers look at. */
export type Observation = {
  readonly elapsedSeconds: number;
  readonly sourceShareBasisPoints: number;
  /** Accepted change batches of the DNS control plane since the run began. */
  readonly changeBatches: number;
};

/** Which events have started, and when; and which have healed again. */
export type Progress = {
  readonly startedAtSeconds: Readonly<Record<string, number>>;
  readonly healed: readonly string[];
};

export const NOTHING_HAPPENED: Progress = { startedAtSeconds: {}, healed: [] };

const isDue = (trigger: Trigger, seen: Observation): boolean => {
  switch (trigger.kind) {
    case 'at':
      return seen.elapsedSeconds >= trigger.seconds;
    case 'source-share-below':
      return seen.sourceShareBasisPoints < trigger.basisPoints;
    case 'after-change-batch':
      return seen.changeBatches >= trigger.count;
  }
};

/** What to break and what to heal now. Each event starts once and heals once, whatever is observed later. */
export const advanceScenario = (
  scenario: Scenario,
  before: Progress,
  seen: Observation,
): {
  readonly progress: Progress;
  readonly start: readonly ScenarioEvent[];
  readonly heal: readonly ScenarioEvent[];
} => {
  const start = scenario.events.filter(({ id, when }) => !(id in before.startedAtSeconds) && isDue(when, seen));
  const heal = scenario.events.filter(({ id, healsAfterSeconds }) => {
    const startedAt = before.startedAtSeconds[id];
    if (startedAt === undefined || healsAfterSeconds === undefined || before.healed.includes(id)) return false;
    return seen.elapsedSeconds >= startedAt + healsAfterSeconds;
  });
  const started = Object.fromEntries(start.map(({ id }) => [id, seen.elapsedSeconds]));
  return {
    progress: {
      startedAtSeconds: { ...before.startedAtSeconds, ...started },
      healed: [...before.healed, ...heal.map(({ id }) => id)],
    },
    start,
    heal,
  };
};
