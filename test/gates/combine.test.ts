import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateJudgement, Outcome } from '../../src/domain/gates.ts';
import { gateId, signalId } from '../../src/domain/ids.ts';
import { combinedVerdict, type VerdictQuestion, verdictOf } from '../../src/gates/combine.ts';
import { type GateMemory, gateKey, NOTHING_REMEMBERED, remember } from '../../src/gates/memory.ts';
import { EAST, fromOutside, gateSpec, judgement, MINUTE_MS, NOW, WEST } from './arrange.ts';

const specOf = (one: GateJudgement, failuresToHold = 1) =>
  gateSpec({ kind: 'state' }, { gate: one.gate, region: one.region, critical: one.critical, failuresToHold });

const ask = (judgements: readonly GateJudgement[], overrides: Partial<VerdictQuestion> = {}): VerdictQuestion => ({
  mode: 'planned',
  direction: 'out',
  destinations: [WEST],
  withoutTraffic: [],
  specs: judgements.map((one) => specOf(one)),
  judgements,
  memory: remember(NOTHING_REMEMBERED, judgements),
  passesToProceed: 1,
  overrides: [],
  ...overrides,
});

const rounds = (outcomes: readonly Outcome[], periodMs = MINUTE_MS): GateMemory =>
  outcomes.reduce(
    (memory, outcome, index) => remember(memory, [judgement(outcome, { observedAt: NOW + index * periodMs })]),
    NOTHING_REMEMBERED,
  );

const tallyOf = (memory: GateMemory) => memory[gateKey(judgement('PASS'))];

describe('what gates are remembered by', () => {
  it('counts passes in a row and starts anew after anything else', () => {
    const three = rounds(['PASS', 'PASS', 'PASS']);
    const broken = rounds(['PASS', 'PASS', 'INCONCLUSIVE', 'PASS']);
    const silent = rounds(['PASS', 'PASS', 'NO_DATA']);

    expect(tallyOf(three)?.passesInARow).toBe(3);
    expect(tallyOf(broken)?.passesInARow).toBe(1);
    expect(tallyOf(silent)?.passesInARow).toBe(0);
  });

  it('counts failures over the whole run', () => {
    const memory = rounds(['FAIL', 'PASS', 'FAIL', 'PASS', 'FAIL']);

    expect(tallyOf(memory)?.failures).toBe(3);
  });

  it('counts one observation once, however often it is judged', () => {
    const passes = rounds(['PASS', 'PASS', 'PASS'], 0);
    const failures = rounds(['FAIL', 'FAIL'], 0);
    const interrupted = rounds(['PASS', 'ERROR', 'PASS'], 0);

    expect(tallyOf(passes)?.passesInARow).toBe(1);
    expect(tallyOf(failures)?.failures).toBe(1);
    expect(tallyOf(interrupted)?.passesInARow).toBe(1);
  });
});

describe('the verdict on a step', () => {
  it('goes only after as many passes in a row as asked', () => {
    const judgements = [judgement('PASS', { observedAt: NOW + MINUTE_MS })];
    const once = verdictOf(ask([judgement('PASS')], { memory: rounds(['PASS']), passesToProceed: 2 }));
    const twice = verdictOf(ask(judgements, { memory: rounds(['PASS', 'PASS']), passesToProceed: 2 }));

    expect(once).toMatchObject({ go: false, holdFor: null, passesInARow: 1 });
    expect(once.because).toEqual(['errors says PASS, 1 of 2 times in a row']);
    expect(twice).toMatchObject({ go: true, holdFor: null, passesInARow: 2, because: [] });
  });

  it('holds for one FAIL of a critical gate, until a person resumes', () => {
    const verdict = verdictOf(ask([judgement('FAIL'), fromOutside('PASS')]));

    expect(verdict).toMatchObject({ go: false, holdFor: 'FAIL', endsOnlyByPerson: true });
    expect(verdict.because).toEqual(['errors says FAIL']);
  });

  it('tolerates failures of other gates up to their limit, without going on meanwhile', () => {
    const failing = judgement('FAIL', { critical: false });
    const specs = [specOf(failing, 3)];
    const second = verdictOf(ask([failing], { specs, memory: rounds(['FAIL', 'FAIL']) }));
    const third = verdictOf(ask([failing], { specs, memory: rounds(['FAIL', 'PASS', 'FAIL', 'PASS', 'FAIL']) }));

    expect(second).toMatchObject({ go: false, holdFor: null });
    expect(third).toMatchObject({ go: false, holdFor: 'FAIL', endsOnlyByPerson: true });
  });

  it('holds for what is undecided or unknown, and may end by itself', () => {
    for (const outcome of ['INCONCLUSIVE', 'NO_DATA', 'ERROR'] as const) {
      const verdict = verdictOf(ask([judgement(outcome), fromOutside('PASS')]));

      expect(verdict).toMatchObject({ go: false, holdFor: outcome, endsOnlyByPerson: false });
    }
  });

  it('names the FAIL where several things hold', () => {
    const verdict = verdictOf(ask([judgement('NO_DATA'), fromOutside('FAIL')]));

    expect(verdict).toMatchObject({ holdFor: 'FAIL', endsOnlyByPerson: true });
    expect(verdict.because).toHaveLength(2);
  });

  it('is a hold without any gate, without a judgement of a configured gate, and without a destination', () => {
    const none = verdictOf(ask([]));
    const unjudged = verdictOf(
      ask([judgement('PASS')], { specs: [specOf(judgement('PASS')), specOf(fromOutside('PASS'))] }),
    );
    const nowhere = verdictOf(ask([judgement('PASS')], { destinations: [] }));

    expect(none).toMatchObject({ go: false, holdFor: 'NO_DATA' });
    expect(unjudged).toMatchObject({ go: false, holdFor: 'ERROR' });
    expect(nowhere).toMatchObject({ go: false, holdFor: 'NO_DATA' });
  });

  it('asks the service as a whole on the way out, not on the way back', () => {
    const judgements = [judgement('PASS'), judgement('FAIL', { region: null })];
    const out = verdictOf(ask(judgements));
    const back = verdictOf(ask(judgements, { direction: 'back' }));

    expect(out).toMatchObject({ go: false, holdFor: 'FAIL' });
    expect(back).toMatchObject({ go: true });
  });
});

describe('rule 6: unknown never opens a gate', () => {
  const any = fc.constantFrom<Outcome>('PASS', 'FAIL', 'INCONCLUSIVE', 'NO_DATA', 'ERROR');

  it('rule 6: the gates of a region never hold its own evacuation', () => {
    fc.assert(
      fc.property(any, fc.constantFrom('drill', 'planned', 'emergency'), (outcome, mode) => {
        const verdict = verdictOf(ask([judgement(outcome, { region: EAST }), judgement('PASS')], { mode }));

        expect(verdict).toMatchObject({ go: true, holdFor: null });
      }),
    );
  });

  it('rule 6: no mixture of missing data goes in a drill or planned move, whatever is overridden', () => {
    const missing = fc.record({
      outcome: fc.constantFrom<Outcome>('NO_DATA', 'ERROR'),
      region: fc.constantFrom(WEST, null),
      name: fc.constantFrom('a', 'b', 'c'),
      needsNoTraffic: fc.boolean(),
      critical: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(missing),
        fc.constantFrom('drill' as const, 'planned' as const),
        fc.constantFrom('out' as const, 'back' as const),
        fc.boolean(),
        fc.integer({ min: 0, max: 3 }),
        (parts, mode, direction, isDrained, passesToProceed) => {
          const judgements = parts.map(({ outcome, region, name, needsNoTraffic, critical }) =>
            judgement(outcome, {
              gate: gateId(name),
              evidence: signalId(name),
              backend: name,
              vantage: name,
              region,
              needsNoTraffic,
              critical,
            }),
          );
          const overrides = [{ code: 'gate-unknown' as const, because: 'tried', names: ['a', 'b', 'c', WEST] }];
          const withoutTraffic = isDrained ? [WEST] : [];

          const verdict = verdictOf(ask(judgements, { mode, direction, withoutTraffic, passesToProceed, overrides }));

          expect(verdict.go).toBe(false);
          expect(verdict.holdFor).not.toBe(null);
        },
      ),
    );
  });

  it('rule 6: in an emergency missing data needs a second signal of another backend, place and evidence', () => {
    const emergency = { mode: 'emergency' as const };
    const silent = judgement('NO_DATA');
    const covered = verdictOf(ask([silent, fromOutside('PASS')], emergency));
    const alone = verdictOf(ask([silent], emergency));
    const sameBackend = verdictOf(ask([silent, fromOutside('PASS', { backend: silent.backend })], emergency));
    const samePlace = verdictOf(ask([silent, fromOutside('PASS', { vantage: silent.vantage })], emergency));
    const derived = verdictOf(ask([silent, fromOutside('PASS', { evidence: silent.evidence })], emergency));
    const elsewhere = verdictOf(ask([silent, fromOutside('PASS', { region: EAST })], emergency));
    const failing = verdictOf(ask([silent, fromOutside('FAIL')], emergency));

    expect(covered).toMatchObject({ go: true, holdFor: null });
    expect(covered.because).toEqual(['errors says NO_DATA; a second, independent signal passes: probe says PASS']);
    for (const held of [alone, sameBackend, samePlace, derived, elsewhere])
      expect(held).toMatchObject({ go: false, holdFor: 'NO_DATA', endsOnlyByPerson: false });
    expect(failing).toMatchObject({ go: false, holdFor: 'FAIL', endsOnlyByPerson: true });
  });

  it('rule 6: a gate that nobody judged is independent of nothing', () => {
    const judgements = [fromOutside('PASS')];
    const specs = [specOf(judgement('PASS')), specOf(fromOutside('PASS'))];

    const verdict = verdictOf(ask(judgements, { mode: 'emergency', specs }));

    expect(verdict).toMatchObject({ go: false, holdFor: 'ERROR' });
  });

  it('rule 6: an override counts in an emergency, and only where it names gate and destination', () => {
    const ruling = (
      names: readonly string[],
      outcome: Outcome = 'ERROR',
      code: 'gate-unknown' | 'gate-fail' = 'gate-unknown',
    ) =>
      verdictOf(
        ask([judgement(outcome)], { mode: 'emergency', overrides: [{ code, because: 'seen by hand', names }] }),
      );

    expect(ruling(['errors', WEST])).toMatchObject({ go: true, holdFor: null });
    expect(ruling(['errors', WEST]).because).toEqual(['errors says ERROR; set aside by override: seen by hand']);
    expect(ruling(['errors'])).toMatchObject({ go: false, holdFor: 'ERROR' });
    expect(ruling([WEST])).toMatchObject({ go: false, holdFor: 'ERROR' });
    expect(ruling([])).toMatchObject({ go: false, holdFor: 'ERROR' });
    expect(ruling(['errors', WEST], 'FAIL')).toMatchObject({ go: false, holdFor: 'FAIL' });
    expect(ruling(['errors', WEST], 'ERROR', 'gate-fail')).toMatchObject({ go: false });
    expect(ruling(['errors', WEST], 'INCONCLUSIVE')).toMatchObject({ go: false, holdFor: 'INCONCLUSIVE' });
  });

  it('rule 6: on the way back from an emergency a second signal is not enough', () => {
    const verdict = verdictOf(
      ask([judgement('NO_DATA'), fromOutside('PASS')], { mode: 'emergency', direction: 'back' }),
    );

    expect(verdict).toMatchObject({ go: false, holdFor: 'NO_DATA' });
  });

  it('rule 6: a drained region is judged by the gates that need no user traffic, and needs at least one', () => {
    const drained = { withoutTraffic: [WEST] };
    const quiet = verdictOf(ask([judgement('NO_DATA'), fromOutside('PASS')], drained));
    const notQuiet = verdictOf(ask([judgement('PASS')], drained));
    const failing = verdictOf(ask([judgement('PASS'), fromOutside('FAIL')], drained));
    const afterCanary = verdictOf(ask([judgement('NO_DATA'), fromOutside('PASS')]));

    expect(quiet).toMatchObject({ go: true, holdFor: null });
    expect(notQuiet).toMatchObject({ go: false, holdFor: 'NO_DATA' });
    expect(failing).toMatchObject({ go: false, holdFor: 'FAIL' });
    expect(afterCanary).toMatchObject({ go: false, holdFor: 'NO_DATA' });
  });

  it('rule 6: a FAIL of a destination goes in no mode and no direction', () => {
    fc.assert(
      fc.property(
        fc.array(any),
        fc.constantFrom('drill' as const, 'planned' as const, 'emergency' as const),
        fc.constantFrom('out' as const, 'back' as const),
        (others, mode, direction) => {
          const rest = others.map((outcome, index) => fromOutside(outcome, { gate: gateId(`other-${index}`) }));
          const overrides = [{ code: 'gate-fail' as const, because: 'tried', names: ['errors', WEST] }];

          const verdict = verdictOf(ask([judgement('FAIL'), ...rest], { mode, direction, overrides }));

          expect(verdict).toMatchObject({ go: false, holdFor: 'FAIL', endsOnlyByPerson: true });
        },
      ),
    );
  });
});

describe('verdicts of several services', () => {
  const go = verdictOf(ask([judgement('PASS')]));
  const held = verdictOf(ask([judgement('NO_DATA')]));
  const failed = verdictOf(ask([judgement('FAIL')]));

  it('go together or not at all, and the worst speaks', () => {
    expect(combinedVerdict([go, go])).toMatchObject({ go: true, holdFor: null, passesInARow: 1 });
    expect(combinedVerdict([go, held])).toMatchObject({ go: false, holdFor: 'NO_DATA', endsOnlyByPerson: false });
    expect(combinedVerdict([held, failed])).toMatchObject({ go: false, holdFor: 'FAIL', endsOnlyByPerson: true });
  });

  it('are no go where there are none', () => {
    expect(combinedVerdict([])).toMatchObject({ go: false, holdFor: 'NO_DATA' });
  });
});
