import { describe, expect, it } from 'vitest';
import { advanceScenario, NOTHING_HAPPENED, type Observation } from '../../src/sandbox/scenario-clock.ts';
import { SCENARIO_NAMES, scenarioOf } from '../../src/sandbox/scenarios.ts';

const CAST = { source: 'us-east-1', destinations: ['us-west-2', 'eu-west-1'], seed: 7 };

const seen = (overrides: Partial<Observation> = {}): Observation => ({
  elapsedSeconds: 0,
  sourceShareBasisPoints: 10_000,
  changeBatches: 0,
  ...overrides,
});

describe('scenarios', () => {
  it.each(SCENARIO_NAMES)('%s is plain data, the same for the same cast, and says what steer must do', (name) => {
    const scenario = scenarioOf(name, CAST);

    expect(JSON.parse(JSON.stringify(scenario))).toMatchObject({ name, source: 'us-east-1', seed: 7 });
    expect(scenarioOf(name, CAST)).toEqual(scenario);
    expect(scenario.steerMust).toMatch(/^[A-Z].*\.$/);
  });

  it('all but the calm one break something', () => {
    const harmless = SCENARIO_NAMES.filter((name) => {
      const { events, initially } = scenarioOf(name, CAST);
      return events.length + initially.length === 0;
    });

    expect(harmless).toEqual(['calm']);
  });

  it('need a destination', () => {
    expect(() => scenarioOf('calm', { ...CAST, destinations: [] })).toThrow('at least one destination');
  });
});

describe('a scenario’s clock', () => {
  it('starts an event once its trigger is met, and never again', () => {
    const scenario = scenarioOf('destination-degrades', CAST);

    const before = advanceScenario(scenario, NOTHING_HAPPENED, seen({ sourceShareBasisPoints: 6000 }));
    const met = advanceScenario(scenario, before.progress, seen({ sourceShareBasisPoints: 5999 }));
    const later = advanceScenario(scenario, met.progress, seen({ sourceShareBasisPoints: 100, elapsedSeconds: 9_000 }));

    expect([before, met, later].map(({ start, heal }) => [start.length, heal.length])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    expect(met.start[0]?.breaks).toMatchObject({ fault: { kind: 'region-degraded', region: 'us-west-2' } });
  });

  it('heals an event after its time, once', () => {
    const scenario = scenarioOf('control-plane-down', CAST);
    let progress = NOTHING_HAPPENED;
    const healedAt: number[] = [];

    for (let elapsedSeconds = 0; elapsedSeconds <= 2000; elapsedSeconds += 100) {
      const next = advanceScenario(scenario, progress, seen({ elapsedSeconds, changeBatches: elapsedSeconds / 200 }));
      progress = next.progress;
      if (next.heal.length > 0) healedAt.push(elapsedSeconds);
    }

    expect(progress.startedAtSeconds).toEqual({ down: 200 });
    expect(healedAt).toEqual([800]);
  });

  it('starts by time', () => {
    const scenario = scenarioOf('throttled', CAST);

    const early = advanceScenario(scenario, NOTHING_HAPPENED, seen({ elapsedSeconds: 29 }));
    const due = advanceScenario(scenario, NOTHING_HAPPENED, seen({ elapsedSeconds: 30 }));

    expect([early.start.length, due.start.length]).toEqual([0, 1]);
  });
});
