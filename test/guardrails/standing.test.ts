import { describe, expect, it } from 'vitest';
import type { Mode } from '../../src/domain/config.ts';
import { personId, runId, serviceId } from '../../src/domain/ids.ts';
import { mapValues } from '../../src/domain/records.ts';
import { isInside } from '../../src/guardrails/change-window.ts';
import { judgePlan, prepare } from '../../src/guardrails/judge.ts';
import type { Situation } from '../../src/guardrails/situation.ts';
import { A, arrange, B, C, MINUTE, type Setup } from './arrange.ts';
import { NOW } from './arrange-gates.ts';
import { codesOf, stepAt, warningsOf } from './arrange-step.ts';

const REGIONS = { [A]: { home: 5000 }, [B]: { home: 5000 } };
const TO = { [A]: 0, [B]: 10_000 };

const plan = (of: Partial<Setup> = {}): Situation =>
  arrange({ regions: REGIONS, to: TO, ...of, situation: { started: false, ...of.situation } });
const running = (of: Partial<Setup> = {}): Situation => arrange({ regions: REGIONS, to: TO, ...of });

const step = (situation: Situation, how: { direction?: 'out' | 'back'; rollingBack?: boolean } = {}) =>
  codesOf(prepare(situation).judge(stepAt(situation, 1000, how)));

it('a plan that nothing speaks against has no objection', () => {
  expect(judgePlan(plan())).toEqual([]);
  expect(step(running())).toEqual([]);
});

describe('rule 5: plans go stale', () => {
  const late = (minutes: number) => ({ now: NOW + minutes * MINUTE });
  const facts = (minutes: number) => ({ at: NOW + minutes * MINUTE });

  it('rule 5: a plan that has not started by its start-by is void, to the millisecond', () => {
    const setup = { limits: { factsMaximumAgeMs: 700 * MINUTE } };

    expect(codesOf(judgePlan(plan({ ...setup, situation: late(60), facts: facts(60) })))).toEqual([]);
    expect(codesOf(judgePlan(plan({ ...setup, situation: { now: NOW + 60 * MINUTE + 1 }, facts: facts(60) })))).toEqual(
      ['plan-expired'],
    );
  });

  it('rule 5: a run that is overdue moves no further, and may always go back', () => {
    const overdue = running({
      limits: { factsMaximumAgeMs: 700 * MINUTE },
      situation: late(601),
      facts: facts(601),
    });

    expect(step(overdue)).toEqual(['plan-overdue']);
    expect(step(overdue, { direction: 'back', rollingBack: true })).toEqual([]);
  });

  it('rule 5: a base that moved voids a plan, whichever member moved', () => {
    const situation = plan();
    const sets = mapValues(situation.facts.sets, (set) => {
      const members = set.state.members.map((member) =>
        member.member === 'member-region-b' ? { ...member, ttlSeconds: 30 } : member,
      );
      return { ...set, state: { ...set.state, members } };
    });
    const moved = { ...situation, facts: { ...situation.facts, sets } };

    const objections = judgePlan(moved);

    expect(codesOf(objections)).toEqual(['base-moved']);
    expect(objections[0]?.because).toContain('member-region-b: expected weight 127, TTL 60, found weight 127, TTL 30');
    expect(step({ ...moved, started: true })).toEqual([]);
  });

  it('in an emergency the other sets go on; the write itself expects the base', () => {
    const situation = plan({ mode: 'emergency' });
    const sets = mapValues(situation.facts.sets, (set) => ({
      ...set,
      state: { ...set.state, members: set.state.members.map((member) => ({ ...member, kept: 'edited' })) },
    }));

    const objections = judgePlan({ ...situation, facts: { ...situation.facts, sets } });

    expect(codesOf(objections)).toEqual([]);
    expect(warningsOf(objections)).toEqual(['base-moved']);
  });

  it('rule 8: another config voids a plan that has not started, and only that', () => {
    const facts = { configDigest: 'digest-2' };

    expect(codesOf(judgePlan(plan({ facts })))).toEqual(['config-superseded']);
    expect(step(running({ facts }))).toEqual([]);
  });

  it('rule 8: stricter limits in force apply at once, looser ones never', () => {
    const stricter = running();
    const limitsInForce = { ...stricter.facts.limitsInForce, largestStep: 100 };
    const looser = running({ limits: { largestStep: 100 } });

    expect(step({ ...stricter, facts: { ...stricter.facts, limitsInForce } })).toEqual(['step-too-large']);
    expect(
      step({
        ...looser,
        facts: { ...looser.facts, limitsInForce: { ...looser.facts.limitsInForce, largestStep: 9000 } },
      }),
    ).toEqual(['step-too-large']);
  });

  it('rule 2: facts older than the commit window, or of the future, send no write', () => {
    expect(step(running({ situation: { now: NOW + 10_000 } }))).toEqual([]);
    expect(step(running({ situation: { now: NOW + 10_001 } }))).toEqual(['commit-window']);
    expect(step(running({ situation: { now: NOW - 1 } }))).toContain('commit-window');
  });
});

describe('one evacuation at a time', () => {
  const other = (phase: string) => ({ otherRuns: [{ run: runId('run_2'), region: B, phase }] });

  it('another run that moves or holds refuses plan and step, but never the way back', () => {
    expect(codesOf(judgePlan(plan({ facts: other('HOLDING out (person)') })))).toEqual(['another-run']);
    expect(step(running({ facts: other('MOVING out') }))).toEqual(['another-run']);
    expect(step(running({ facts: other('MOVING out') }), { direction: 'back', rollingBack: true })).toEqual([]);
  });

  it('a plan that only waits is in nobody’s way', () => {
    expect(codesOf(judgePlan(plan({ facts: other('WAITING FOR APPROVAL') })))).toEqual([]);
    expect(codesOf(judgePlan(plan({ facts: other('PLANNED') })))).toEqual([]);
  });

  const out = (region: typeof A) => ({
    out: [{ region, service: serviceId('checkout'), run: runId('run_2'), since: NOW }],
  });

  it('never two regions out: the second is refused, the first may go on, a restore is welcome', () => {
    expect(codesOf(judgePlan(plan({ facts: out(C) })))).toEqual(['two-regions-out']);
    expect(codesOf(judgePlan(plan({ facts: out(A) })))).toEqual([]);
    expect(codesOf(judgePlan(plan({ facts: out(C), verb: 'restore', source: B })))).toEqual([]);
    expect(step(running({ facts: out(C) }))).toEqual(['two-regions-out']);
  });
});

describe('freezes and change windows', () => {
  const freeze = (until: number | null) => ({
    freezes: [{ by: personId('admin-1'), because: 'quarter end', since: NOW - MINUTE, until }],
  });

  it('while frozen nothing starts, and what runs goes on', () => {
    expect(codesOf(judgePlan(plan({ facts: freeze(null) })))).toEqual(['freeze']);
    expect(codesOf(judgePlan(plan({ facts: freeze(NOW) })))).toEqual(['freeze']);
    expect(codesOf(judgePlan(plan({ facts: freeze(NOW - 1) })))).toEqual([]);
    expect(step(running({ facts: freeze(null) }))).toEqual([]);
  });

  it('a window is open on its days, both ends included, in UTC', () => {
    // 18 November 2026 is a Wednesday.
    const window = { days: [3], fromMinute: 600, toMinute: 720 };

    expect(isInside(window, Date.UTC(2026, 10, 18, 10, 0))).toBe(true);
    expect(isInside(window, Date.UTC(2026, 10, 18, 12, 0))).toBe(true);
    expect(isInside(window, Date.UTC(2026, 10, 18, 12, 0, 1))).toBe(false);
    expect(isInside(window, Date.UTC(2026, 10, 18, 9, 59, 59))).toBe(false);
    expect(isInside(window, Date.UTC(2026, 10, 17, 11, 0))).toBe(false);
    expect(isInside(window, Date.UTC(1970, 0, 7, 11, 0))).toBe(true);
  });

  it.each<[Mode, readonly string[]]>([
    ['drill', ['outside-change-window']],
    ['planned', ['outside-change-window']],
    ['emergency', []],
  ])('outside of all windows a %s is refused: %o', (mode, codes) => {
    const envelope = { changeWindows: [{ days: [0], fromMinute: 0, toMinute: 1440 }] };

    expect(codesOf(judgePlan(plan({ mode, envelope })))).toEqual(codes);
    expect(step(running({ mode, envelope }))).toEqual(codes);
    expect(step(running({ mode, envelope }), { direction: 'back', rollingBack: true })).toEqual([]);
  });
});

describe('where steer stands', () => {
  it('a drill or planned move out of the store’s own region is refused, an emergency says so first', () => {
    const here = { situation: { storeRegion: A } };

    expect(codesOf(judgePlan(plan({ ...here, mode: 'drill' })))).toEqual(['store-in-source']);
    expect(codesOf(judgePlan(plan({ ...here, mode: 'planned' })))).toEqual(['store-in-source']);
    expect(codesOf(judgePlan(plan({ ...here, mode: 'emergency' })))).toEqual([]);
    expect(warningsOf(judgePlan(plan({ ...here, mode: 'emergency' })))).toEqual(['store-in-source']);
    expect(codesOf(judgePlan(plan({ situation: { storeRegion: B } })))).toEqual([]);
  });

  it('rule 3: a zone that another store steers is refused, and so is one whose marker was not read', () => {
    const fences = { 'Z1 at dns': { store: 'store-2', epoch: 9 } };

    expect(codesOf(judgePlan(plan({ facts: { fences } })))).toEqual(['foreign-store']);
    expect(step(running({ facts: { fences } }))).toEqual(['foreign-store']);
    expect(step(running({ facts: { fences: {} } }))).toEqual(['facts-missing']);
    expect(step(running({ facts: { fences: { 'Z1 at dns': null } } }))).toEqual([]);
  });
});

describe('how long a step bakes', () => {
  it('at least one TTL and the metric lag, and no less than the shortest bake', () => {
    expect(codesOf(judgePlan(plan({ envelope: { bakeMs: 2 * MINUTE } })))).toEqual([]);
    expect(codesOf(judgePlan(plan({ envelope: { bakeMs: 2 * MINUTE - 1 } })))).toEqual(['bake-too-short']);
    expect(codesOf(judgePlan(plan({ envelope: { metricLagMs: 2 * MINUTE } })))).toEqual(['bake-too-short']);
    expect(codesOf(judgePlan(plan({ limits: { shortestBakeMs: 5 * MINUTE } })))).toEqual(['bake-too-short']);
  });

  it('a long TTL is said, because every step then takes as long', () => {
    const situation = plan({ envelope: { bakeMs: 20 * MINUTE } });
    const long = situation.envelope.sets.map((set) => ({
      ...set,
      base: { ...set.base, members: set.base.members.map((member) => ({ ...member, ttlSeconds: 300 })) },
    }));
    const sets = mapValues(situation.facts.sets, (set) => ({ ...set, state: long[0]?.base ?? set.state }));

    const objections = judgePlan({
      ...situation,
      envelope: { ...situation.envelope, sets: long },
      facts: { ...situation.facts, sets },
    });

    expect(codesOf(objections)).toEqual([]);
    expect(warningsOf(objections)).toEqual(['ttl-too-long']);
  });
});
