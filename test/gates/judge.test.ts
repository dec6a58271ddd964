import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateRule } from '../../src/domain/gates.ts';
import { signalId } from '../../src/domain/ids.ts';
import type { SignalReading } from '../../src/domain/signals.ts';
import { judgeGate, judgeGates } from '../../src/gates/judge.ts';
import { CONTEXT, gateSpec, MINUTE_MS, NOW, numberReading, SIGNAL, signalSpec, WEEK_MS } from './arrange.ts';

const BELOW: GateRule = { kind: 'below', passBelow: 1, failFrom: 5, minimumSamples: 10 };
const ABOVE: GateRule = { kind: 'above', passAbove: 99, failTo: 95, minimumSamples: 10 };
const WEEKLY: GateRule = { kind: 'last-week', passWithin: 1000, failFrom: 3000, minimumSamples: 0 };
const STATE: GateRule = { kind: 'state' };

const judge = (rule: GateRule, reading: SignalReading | undefined, context = CONTEXT) =>
  judgeGate(gateSpec(rule), signalSpec(), reading, context);

const state = (said: 'ok' | 'alarm', readAt = NOW): SignalReading => ({
  signal: SIGNAL,
  readAt,
  kind: 'state',
  state: said,
  because: 'it says so',
});

describe('a gate with limits', () => {
  it.each([
    [BELOW, 0, 'PASS'],
    [BELOW, 1, 'PASS'],
    [BELOW, 1.01, 'INCONCLUSIVE'],
    [BELOW, 4.99, 'INCONCLUSIVE'],
    [BELOW, 5, 'FAIL'],
    [BELOW, 100, 'FAIL'],
    [ABOVE, 100, 'PASS'],
    [ABOVE, 99, 'PASS'],
    [ABOVE, 97, 'INCONCLUSIVE'],
    [ABOVE, 95, 'FAIL'],
    [ABOVE, 0, 'FAIL'],
  ] as const)('judges by %o the value %d as %s, limits included', (rule, value, expected) => {
    const judged = judge(rule, numberReading(value));

    expect(judged.outcome).toBe(expected);
    expect(judged.value).toBe(value);
  });

  it('says value, operator and limit in one sentence', () => {
    const passed = judge(BELOW, numberReading(0.1 + 0.2));
    const failed = judge(ABOVE, numberReading(90));

    expect(passed.because).toBe('errors (us-west-2): 0.3 <= 1 passes');
    expect(passed.limit).toBe(1);
    expect(failed.because).toBe('errors (us-west-2): 90 <= 95 fails');
    expect(failed.limit).toBe(95);
  });

  it('fails where both limits are the same and the value is on them', () => {
    const judged = judge({ ...BELOW, passBelow: 5 }, numberReading(5));

    expect(judged.outcome).toBe('FAIL');
  });

  it.each([
    [{ ...BELOW, passBelow: 6 }],
    [{ ...BELOW, failFrom: Number.NaN }],
    [{ ...ABOVE, failTo: 99.5 }],
    [{ ...WEEKLY, passWithin: 4000 }],
  ] as const)('is ERROR by the senseless limits %o', (rule) => {
    const judged = judge(rule, numberReading(0, { lastWeek: { value: 1 } }));

    expect(judged.outcome).toBe('ERROR');
  });
});

describe('a gate against last week', () => {
  it.each([
    [1000, 1000, 1, 'PASS'],
    [1100, 1000, 1, 'PASS'],
    [900, 1000, 1, 'PASS'],
    [850, 1000, 1, 'INCONCLUSIVE'],
    [700, 1000, 1, 'FAIL'],
    [1300, 1000, 1, 'FAIL'],
    [1500, 1000, 1.5, 'PASS'],
    [1000, 1000, 1.5, 'FAIL'],
  ] as const)('judges %d now, %d a week ago, ratio of shares %d, as %s', (now, then, ratio, expected) => {
    const reading = numberReading(now, { lastWeek: { value: then } });

    const judged = judge(WEEKLY, reading, { ...CONTEXT, expectedShareRatio: ratio });

    expect(judged.outcome).toBe(expected);
  });

  it('says what it expected', () => {
    const judged = judge(WEEKLY, numberReading(1200, { lastWeek: { value: 1000 } }), {
      ...CONTEXT,
      expectedShareRatio: 2,
    });

    expect(judged.because).toBe(
      'errors (us-west-2): 1200 is below the 2000 expected from last week by: 40 % >= 30 % fails',
    );
  });

  it.each([
    ['no value of a week ago', numberReading(1), 1],
    ['another minute', numberReading(1, { lastWeek: { value: 1, at: NOW - WEEK_MS - 10 * MINUTE_MS } }), 1],
    ['zero a week ago', numberReading(1, { lastWeek: { value: 0 } }), 1],
    ['a share that was zero then', numberReading(1, { lastWeek: { value: 1 } }), Number.POSITIVE_INFINITY],
    ['no share expected now', numberReading(1, { lastWeek: { value: 1 } }), 0],
  ])('is NO_DATA given %s', (_, reading, ratio) => {
    const judged = judge(WEEKLY, reading, { ...CONTEXT, expectedShareRatio: ratio });

    expect(judged.outcome).toBe('NO_DATA');
  });

  it('is NO_DATA where last week had too few samples', () => {
    const reading = numberReading(1, { lastWeek: { value: 1, sampleCount: 9 } });

    const judged = judge({ ...WEEKLY, minimumSamples: 10 }, reading);

    expect(judged.outcome).toBe('NO_DATA');
  });

  it.each([
    [Number.NaN, 1],
    [1, Number.NaN],
    [1, -1],
  ])('is ERROR given %d a week ago and the ratio %d', (then, ratio) => {
    const reading = numberReading(1, { lastWeek: { value: then } });

    const judged = judge(WEEKLY, reading, { ...CONTEXT, expectedShareRatio: ratio });

    expect(judged.outcome).toBe('ERROR');
  });
});

describe('a gate on a state', () => {
  it('passes on ok and fails on alarm, with the reason', () => {
    const ok = judge(STATE, state('ok'));
    const alarm = judge(STATE, state('alarm'));

    expect(ok.outcome).toBe('PASS');
    expect(alarm.outcome).toBe('FAIL');
    expect(alarm.because).toBe('errors (us-west-2): alarm: it says so');
  });

  it('is ERROR where rule and signal are of different kinds', () => {
    expect(judge(STATE, numberReading(0)).outcome).toBe('ERROR');
    expect(judge(BELOW, state('ok')).outcome).toBe('ERROR');
  });
});

describe('rule 6: what is not known is not a pass', () => {
  it('rule 6: is NO_DATA once the reading is older than allowed, not at the limit', () => {
    const atLimit = judge(BELOW, numberReading(0, { at: NOW - CONTEXT.maximumAgeMs }));
    const older = judge(BELOW, numberReading(0, { at: NOW - CONTEXT.maximumAgeMs - 1 }));
    const olderState = judge(STATE, state('ok', NOW - CONTEXT.maximumAgeMs - 1));

    expect(atLimit.outcome).toBe('PASS');
    expect(older.outcome).toBe('NO_DATA');
    expect(olderState.outcome).toBe('NO_DATA');
  });

  it('rule 6: is NO_DATA with too few samples, or with a count that nobody knows', () => {
    expect(judge(BELOW, numberReading(0, { sampleCount: 9 })).outcome).toBe('NO_DATA');
    expect(judge(BELOW, numberReading(0, { sampleCount: 10 })).outcome).toBe('PASS');
    expect(judge(BELOW, numberReading(0, { sampleCount: null })).outcome).toBe('NO_DATA');
    expect(judge({ ...BELOW, minimumSamples: 0 }, numberReading(0, { sampleCount: null })).outcome).toBe('PASS');
    expect(judge({ ...BELOW, minimumSamples: Number.NaN }, numberReading(0)).outcome).toBe('NO_DATA');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'rule 6: is ERROR for the value %d, also where it would satisfy the limit',
    (value) => {
      expect(judge(BELOW, numberReading(value)).outcome).toBe('ERROR');
      expect(judge(ABOVE, numberReading(value)).outcome).toBe('ERROR');
    },
  );

  it('rule 6: is ERROR without a reading, with one of another signal, or with one from the future', () => {
    const missing = judge(BELOW, undefined);
    const other = judge(BELOW, numberReading(0, { signal: signalId('other') }));
    const future = judge(BELOW, numberReading(0, { at: NOW + 1 }));
    const undated = judge(BELOW, numberReading(0, { at: Number.NaN }));
    const otherGate = judgeGate(
      gateSpec(BELOW, { signal: signalId('other') }),
      signalSpec(),
      numberReading(0),
      CONTEXT,
    );

    expect([missing, other, future, undated, otherGate].map(({ outcome }) => outcome)).toEqual(Array(5).fill('ERROR'));
  });

  it('rule 6: keeps the reason of monitoring', () => {
    const silent = judge(BELOW, { signal: SIGNAL, readAt: NOW, kind: 'no-data', because: 'no points' });
    const broken = judge(BELOW, { signal: SIGNAL, readAt: NOW, kind: 'error', because: 'AccessDenied' });

    expect([silent.outcome, silent.because]).toEqual(['NO_DATA', 'errors (us-west-2): no points']);
    expect([broken.outcome, broken.because]).toEqual(['ERROR', 'errors (us-west-2): AccessDenied']);
  });

  it('rule 6: never passes a number that is not finite, fresh and inside the limit', () => {
    const anyRule = fc.oneof(
      fc.record({
        kind: fc.constant('below' as const),
        passBelow: fc.double(),
        failFrom: fc.double(),
        minimumSamples: fc.double(),
      }),
      fc.record({
        kind: fc.constant('above' as const),
        passAbove: fc.double(),
        failTo: fc.double(),
        minimumSamples: fc.double(),
      }),
    );

    fc.assert(
      fc.property(anyRule, fc.double(), fc.integer(), fc.double(), (rule, value, ageMs, sampleCount) => {
        const reading = numberReading(value, { at: NOW - ageMs, sampleCount });

        const { outcome } = judge(rule, reading);

        const inside = rule.kind === 'below' ? value <= rule.passBelow : value >= rule.passAbove;
        const known = Number.isFinite(value) && ageMs >= 0 && ageMs <= CONTEXT.maximumAgeMs;
        expect(outcome !== 'PASS' || (inside && known && sampleCount >= rule.minimumSamples)).toBe(true);
      }),
    );
  });
});

describe('all gates of a service', () => {
  const derived = signalSpec({ signal: signalId('derived'), derivedFrom: SIGNAL });
  const twice = signalSpec({ signal: signalId('twice'), derivedFrom: derived.signal });

  it('follow derived signals to the one they rest on', () => {
    const specs = [gateSpec(STATE), gateSpec(STATE, { signal: twice.signal })];

    const judged = judgeGates(specs, [signalSpec(), derived, twice], [], { ...CONTEXT, expectedShareRatio: () => 1 });

    expect(judged.map(({ evidence }) => evidence)).toEqual([SIGNAL, SIGNAL]);
  });

  it('count a circle of derived signals as one evidence', () => {
    const one = signalSpec({ signal: signalId('one'), derivedFrom: signalId('two') });
    const two = signalSpec({ signal: signalId('two'), derivedFrom: signalId('one') });
    const specs = [gateSpec(STATE, { signal: one.signal }), gateSpec(STATE, { signal: two.signal })];

    const judged = judgeGates(specs, [one, two], [], { ...CONTEXT, expectedShareRatio: () => 1 });

    expect(judged[0]?.evidence).toBe(judged[1]?.evidence);
  });

  it('are ERROR where the config has no such signal', () => {
    const [judged] = judgeGates([gateSpec(STATE)], [], [], { ...CONTEXT, expectedShareRatio: () => 1 });

    expect(judged?.outcome).toBe('ERROR');
    expect(judged?.because).toContain('the config has no signal checkout-errors');
  });

  it('take the ratio of their own region', () => {
    const reading = numberReading(500, { lastWeek: { value: 1000 } });

    const [judged] = judgeGates([gateSpec(WEEKLY)], [signalSpec()], [reading], {
      ...CONTEXT,
      expectedShareRatio: (region) => (region === 'us-west-2' ? 0.5 : 1),
    });

    expect(judged?.outcome).toBe('PASS');
  });
});
