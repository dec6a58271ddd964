import { describe, expect, it } from 'vitest';
import { type Outcome, type SimulationOptions, simulate } from './simulation.ts';

/** A few seeds here, on every change; thousands by `npm run simulate`. */
const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

const all = async (options: Partial<SimulationOptions> = {}): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const seed of SEEDS) outcomes.push(await simulate(seed, options));
  return outcomes;
};

const honest = await all();

const broken = (...rules: readonly number[]): readonly string[] =>
  honest.flatMap(({ violations }, i) =>
    violations.filter(({ rule }) => rules.includes(rule)).map(({ what }) => `seed ${SEEDS[i]}: ${what}`),
  );

/** The first seed in which a rule is broken; null when the harness saw nothing in any of them. */
const firstBroken = async (seeds: number, options: Partial<SimulationOptions>): Promise<number | null> => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violations } = await simulate(seed, options);
    const [first] = violations;
    if (first !== undefined) return first.rule;
  }
  return null;
};

describe('hostile schedules', () => {
  it('write enough to mean something, over many processes and runs', () => {
    const writes = honest.reduce((sum, { landings }) => sum + landings, 0);
    const processes = honest.reduce((sum, one) => sum + one.processes, 0);
    const done = honest.flatMap(({ runs }) => runs).filter((run) => run.includes('DONE'));

    expect(writes).toBeGreaterThan(30);
    expect(processes).toBeGreaterThan(2 * SEEDS.length);
    expect(done.length).toBeGreaterThan(0);
  });

  it('rule 1: no set is ever without a serving member', () => expect(broken(1)).toEqual([]));
  it('rule 2: no foreign edit is overwritten, no write leaves after its commit window', () =>
    expect(broken(2)).toEqual([]));
  it('rule 3: no marker falls, so that no write lands from below it', () => expect(broken(3)).toEqual([]));
  it('rule 4: every write that lands was intended, once; no step is skipped', () => expect(broken(4)).toEqual([]));
  it('rule 6: no step bakes too short, no drained region gets more than the canary', () =>
    expect(broken(6)).toEqual([]));
  it('rule 9: budget and floor hold over every 60 minutes, and one run moves out at a time', () =>
    expect(broken(9)).toEqual([]));
  it('rule 10: nothing is intended after a hold or a stop', () => expect(broken(10)).toEqual([]));
  it('rule 11: no emergency comes back by itself', () => expect(broken(11)).toEqual([]));
  it('rule 12: nothing starts without an approval of its digest', () => expect(broken(12)).toEqual([]));
  it('rule 13: every chain verifies', () => expect(broken(13)).toEqual([]));
  it('rule 14: once faults are healed every run ends, or holds until a person resumes', () =>
    expect(broken(14)).toEqual([]));

  it('take the same course every time', async () => {
    const again = await simulate(3);

    expect(again).toEqual(honest[2]);
  });
});

/** What a harness does not see when a protection is gone it would not see when the protection is broken either. */
describe('the harness', () => {
  it('rule 2: sees a vendor that does not compare', async () => {
    const rule = await firstBroken(30, { promises: { conditionalWrite: 'blind', fence: 'native' } });

    expect(rule).toBe(2);
  }, 60_000);

  it('rule 3: sees a vendor that does not look at the marker', async () => {
    const rule = await firstBroken(40, {
      promises: { conditionalWrite: 'native', fence: 'blind' },
      always: { late: 0.3, stall: 0.01 },
    });

    expect(rule).toBe(3);
  }, 60_000);

  it('rule 3: sees an executor that does not raise the marker', async () => {
    const rule = await firstBroken(60, { executor: { fences: false }, always: { late: 0.6, lost: 0.1 } });

    expect(rule).toBe(4);
  }, 60_000);

  it('rule 2: sees an executor that judges once and writes whenever it likes', async () => {
    const rule = await firstBroken(30, { executor: { checksAtCommit: false }, always: { stall: 0.02 } });

    expect(rule).toBe(2);
  }, 60_000);
});
