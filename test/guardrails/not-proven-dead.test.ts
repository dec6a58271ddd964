import { describe, expect, it } from 'vitest';
import type { Declaration } from '../../src/domain/declaration.ts';
import type { GateJudgement } from '../../src/domain/gates.ts';
import { personId, serviceId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import { judgePlan, judgeStep } from '../../src/guardrails/judge.ts';
import type { Situation } from '../../src/guardrails/situation.ts';
import { A, arrange, B, C } from './arrange.ts';
import { gate, probe } from './arrange-gates.ts';
import { stepAt } from './arrange-step.ts';

const BY = [personId('operator-1'), personId('approver-1')];
const DECLARED: Declaration = { region: A, by: BY, counts: true };
const TO = recordOf([
  [A, 0],
  [B, 5000],
  [C, 5000],
]);

const leaving = (health: 'dead' | 'unknown', declared: Declaration | null, gates: readonly GateJudgement[]) =>
  arrange({
    regions: recordOf([
      [A, { home: 4000, health, gates }],
      [B, { home: 3000 }],
      [C, { home: 3000 }],
    ]),
    to: TO,
    mode: 'emergency',
    limits: { capacityRemovedPerHour: 500, minimumHealthyCapacity: 0, largestStep: 10_000 },
    facts: { declared },
  });

const said = (situation: Situation): string[] =>
  judgePlan(situation).flatMap(({ code, because }) => (code === 'not-proven-dead' ? [because] : []));

describe('a declaration that does not suffice', () => {
  const silent = [gate(A, 'NO_DATA', { vantage: 'us-east-1' }), probe(A, 'PASS')];

  it('rule 6: is said with every signal that could have been the second', () => {
    const [because = ''] = said(leaving('unknown', DECLARED, silent));

    expect(because).toContain('declared dead by operator-1 and approver-1');
    expect(because).toContain('a measured FAIL of another backend and vantage point is missing');
    expect(because).toContain(
      'errors-region-a NO_DATA (metrics in us-east-1), probe-region-a PASS (http in steer-host)',
    );
  });

  it('rule 12: of one person alone says that it does not count', () => {
    const [because = ''] = said(leaving('unknown', { ...DECLARED, by: BY.slice(0, 1), counts: false }, silent));

    expect(because).toContain('declared dead by operator-1, and by no second person');
  });

  it('says of a FAIL that declares no backend of its own why it is not the second signal', () => {
    const [because = ''] = said(leaving('unknown', DECLARED, [gate(A, 'FAIL', { backend: '' })]));

    expect(because).toContain('declares no backend and vantage point of its own');
  });

  it('says so of a service without gates, and nothing of a region that nobody declared or that is dead', () => {
    expect(said(leaving('unknown', DECLARED, []))[0]).toContain(`${serviceId('checkout')} has no gate there`);
    expect(said(leaving('unknown', null, silent))).toEqual([]);
    expect(said(leaving('dead', DECLARED, silent))).toEqual([]);
  });

  it('rule 9: stands beside the refusal of the budget, and neither does once the region is proven dead', () => {
    const judged = (situation: Situation) =>
      judgeStep({ ...situation, step: stepAt(situation, 10_000) }).map(({ code }) => code);

    const alive = judged(leaving('unknown', DECLARED, silent));
    const dead = judged(leaving('dead', DECLARED, silent));

    expect(alive).toEqual(expect.arrayContaining(['budget', 'not-proven-dead']));
    expect(dead).not.toContain('budget');
    expect(dead).not.toContain('not-proven-dead');
  });
});
