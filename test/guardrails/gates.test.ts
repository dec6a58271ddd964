import { describe, expect, it } from 'vitest';
import type { Mode } from '../../src/domain/config.ts';
import type { GateJudgement, Outcome } from '../../src/domain/gates.ts';
import { gateId, signalId } from '../../src/domain/ids.ts';
import type { ObjectionCode } from '../../src/domain/objections.ts';
import { prepare } from '../../src/guardrails/judge.ts';
import { A, arrange, B, type Setup } from './arrange.ts';
import { gate, probe } from './arrange-gates.ts';
import { codesOf, stepAt, stepTo, warningsOf } from './arrange-step.ts';

const TO = { [A]: 0, [B]: 10_000 };

const evacuation = (gates: readonly GateJudgement[], of: Partial<Setup> = {}) =>
  arrange({ regions: { [A]: { home: 5000 }, [B]: { home: 5000, gates } }, to: TO, ...of });

const judged = (situation: ReturnType<typeof arrange>, progress = 1000) =>
  prepare(situation).judge(stepAt(situation, progress));

describe('rule 6: the gates of a destination', () => {
  it.each<[Mode, Outcome, readonly ObjectionCode[]]>([
    ['drill', 'PASS', []],
    ['drill', 'FAIL', ['gate-fail']],
    ['drill', 'INCONCLUSIVE', ['gate-inconclusive']],
    ['drill', 'NO_DATA', ['gate-unknown']],
    ['drill', 'ERROR', ['gate-unknown']],
    ['planned', 'FAIL', ['gate-fail']],
    ['planned', 'NO_DATA', ['gate-unknown']],
    ['emergency', 'PASS', []],
    ['emergency', 'FAIL', ['gate-fail']],
    ['emergency', 'INCONCLUSIVE', ['gate-inconclusive']],
    ['emergency', 'NO_DATA', ['gate-unknown']],
    ['emergency', 'ERROR', ['gate-unknown']],
  ])('rule 6: in a %s %s gives %o', (mode, outcome, codes) => {
    expect(codesOf(judged(evacuation([gate(B, outcome)], { mode })))).toEqual(codes);
  });

  it('rule 6: only an emergency accepts a second signal, and only an independent one', () => {
    const derived = probe(B, 'PASS', { evidence: signalId(`errors-${B}`) });
    const sameBackend = probe(B, 'PASS', { backend: 'metrics' });

    expect(codesOf(judged(evacuation([gate(B, 'NO_DATA'), probe(B, 'PASS')], { mode: 'emergency' })))).toEqual([]);
    expect(codesOf(judged(evacuation([gate(B, 'NO_DATA'), probe(B, 'PASS')], { mode: 'planned' })))).toEqual([
      'gate-unknown',
    ]);
    expect(codesOf(judged(evacuation([gate(B, 'NO_DATA'), derived], { mode: 'emergency' })))).toEqual(['gate-unknown']);
    expect(codesOf(judged(evacuation([gate(B, 'NO_DATA'), sameBackend], { mode: 'emergency' })))).toEqual([
      'gate-unknown',
    ]);
  });

  it('rule 6: a destination without any gate has nothing that says it may get traffic', () => {
    expect(codesOf(judged(evacuation([])))).toEqual(['gate-unknown']);
  });

  it('rule 7: a gate of the config that was not judged in time is unknown', () => {
    const spec = {
      gate: gateId('latency'),
      region: B,
      signal: signalId('latency'),
      rule: { kind: 'state' as const },
      critical: true,
      failuresToHold: 1,
    };
    const situation = evacuation([gate(B, 'PASS')]);
    const services = situation.envelope.services.map((service) => ({ ...service, gates: [spec] }));

    const objections = judged({ ...situation, envelope: { ...situation.envelope, services } });

    expect(codesOf(objections)).toEqual(['gate-unknown']);
    expect(objections[0]?.because).toContain('latency');
  });

  it('a failure of a gate that is not critical is said; how often it may fail the run counts', () => {
    const objections = judged(evacuation([gate(B, 'FAIL', { critical: false }), probe(B, 'PASS')]));

    expect(codesOf(objections)).toEqual([]);
    expect(warningsOf(objections)).toEqual(['gate-fail']);
  });

  it('a FAIL is not overridden by whoever names nothing', () => {
    const override = (names: readonly string[]) => ({
      overrides: [{ code: 'gate-fail' as const, because: 'known false alarm', names }],
    });

    expect(codesOf(judged(evacuation([gate(B, 'FAIL')], override([]))))).toEqual(['gate-fail']);
    expect(codesOf(judged(evacuation([gate(B, 'FAIL')], override([B]))))).toEqual(['gate-fail']);
    expect(codesOf(judged(evacuation([gate(B, 'FAIL')], override([`errors-${B}`, B]))))).toEqual([]);
  });
});

describe('rule 6: the source and the service as a whole', () => {
  it.each<Mode>(['drill', 'planned', 'emergency'])(
    'rule 6: in a %s the gates of the source never hold its evacuation',
    (mode) => {
      const failing = { home: 5000, health: 'unknown' as const, gates: [gate(A, 'FAIL'), probe(A, 'NO_DATA')] };
      const situation = arrange({ regions: { [A]: failing, [B]: { home: 5000 } }, to: TO, mode });

      expect(codesOf(judged(situation, 10_000))).toEqual([]);
    },
  );

  it('a service that fails as a whole holds a planned move and not an emergency', () => {
    const failing = (mode: Mode) => {
      const situation = evacuation([gate(B, 'PASS')], { mode });
      const [[id, service] = ['', undefined]] = Object.entries(situation.facts.services);
      const services = service === undefined ? {} : { [id]: { ...service, gates: [gate(null, 'FAIL')] } };
      return judged({ ...situation, facts: { ...situation.facts, services } });
    };

    expect(codesOf(failing('planned'))).toEqual(['gate-fail']);
    expect(codesOf(failing('emergency'))).toEqual([]);
  });
});

describe('rule 6: a drained region that comes home', () => {
  const homecoming = (gates: readonly GateJudgement[], share = 400) => {
    const situation = arrange({
      regions: { [A]: { home: 5000, health: 'unknown', quietHealth: 'healthy', gates }, [B]: { home: 5000 } },
      verb: 'restore',
      from: TO,
      to: { [A]: 5000, [B]: 5000 },
    });
    return codesOf(prepare(situation).judge(stepTo(situation, { [A]: share, [B]: 10_000 - share })));
  };

  it('rule 6: is judged by the signals that need no user traffic', () => {
    expect(homecoming([gate(A, 'NO_DATA'), probe(A, 'PASS')])).toEqual([]);
    expect(homecoming([gate(A, 'NO_DATA'), probe(A, 'FAIL')])).toEqual(['gate-fail']);
    expect(homecoming([gate(A, 'PASS'), probe(A, 'NO_DATA')])).toEqual(['gate-unknown']);
  });

  it('rule 6: without such a signal it gets nothing', () => {
    expect(homecoming([gate(A, 'PASS')])).toEqual(['gate-unknown']);
  });

  it('rule 6: after the canary its traffic gates must have data before the next step', () => {
    const second = (outcome: Outcome) => {
      const situation = arrange({
        regions: { [A]: { home: 5000, gates: [gate(A, outcome), probe(A, 'PASS')] }, [B]: { home: 5000 } },
        verb: 'restore',
        from: { [A]: 400, [B]: 9600 },
        to: { [A]: 5000, [B]: 5000 },
      });
      return codesOf(judged(situation, 5000));
    };

    expect(second('PASS')).toEqual([]);
    expect(second('NO_DATA')).toEqual(['gate-unknown']);
  });

  it('rule 11: going back is gated too: a region whose gates fail gets nothing back', () => {
    const situation = arrange({
      regions: { [A]: { home: 5000, health: 'unknown', gates: [gate(A, 'FAIL')] }, [B]: { home: 5000 } },
      to: TO,
    });
    const half = stepAt(situation, 5000);
    const situationHalf = arrange({
      regions: { [A]: { home: 5000, health: 'unknown', gates: [gate(A, 'FAIL')] }, [B]: { home: 5000 } },
      from: { [A]: 2500, [B]: 7500 },
      to: TO,
    });

    const back = { ...stepTo(situation, { [A]: 5000, [B]: 5000 }), direction: 'back' as const, rollingBack: true };

    expect(codesOf(prepare(situation).judge(half))).toEqual([]);
    expect(codesOf(prepare(situationHalf).judge(back))).toEqual(['gate-fail']);
  });
});
