import { describe, expect, it } from 'vitest';
import type { Person } from '../../src/domain/config.ts';
import { personId, runId, serviceId } from '../../src/domain/ids.ts';
import { OBJECTION_CODES, type ObjectionCode } from '../../src/domain/objections.ts';
import { judgeApproval, judgePlan, prepare } from '../../src/guardrails/judge.ts';
import { refuse } from '../../src/guardrails/objection.ts';
import { OVERRIDABLE, withOverrides } from '../../src/guardrails/overridable.ts';
import { A, arrange, B, C, MINUTE, type Setup } from './arrange.ts';
import { NOW } from './arrange-gates.ts';
import { codesOf, stepAt, warningsOf } from './arrange-step.ts';

const TO = { [A]: 0, [B]: 10_000 };
const REGIONS = { [A]: { home: 5000 }, [B]: { home: 5000 } };

const override = (code: ObjectionCode, names: readonly string[] = []) => ({
  code,
  because: 'two people said so',
  names,
});

const judged = (of: Partial<Setup>) => {
  const situation = arrange({ regions: REGIONS, to: TO, ...of });
  return prepare(situation).judge(stepAt(situation, 10_000));
};

describe('rule 12: break-glass', () => {
  it('rule 12: the list of what can be overridden is closed', () => {
    expect([...OVERRIDABLE].sort()).toEqual([
      'budget',
      'freeze',
      'gate-fail',
      'gate-inconclusive',
      'gate-unknown',
      'headroom',
      'minimum-serving-regions',
      'too-many-dead',
      'two-regions-out',
    ]);
  });

  it('rule 12: of everything else no override makes a warning', () => {
    const closed = OBJECTION_CODES.filter((code) => !OVERRIDABLE.has(code));
    const overrides = closed.map((code) => override(code));

    const judgements = withOverrides(
      closed.map((code) => refuse(code, 'no')),
      overrides,
    );

    expect(judgements.every(({ severity, override: who }) => severity === 'refuse' && who === 'nobody')).toBe(true);
  });

  it('rule 12: the floor can never be overridden', () => {
    const overrides = [override('floor'), override('minimum-serving-regions'), override('budget')];
    const limits = { minimumHealthyCapacity: 6000, minimumServingRegions: 2, capacityRemovedPerHour: 100 };

    expect(codesOf(judged({ limits, overrides }))).toEqual(['floor']);
  });

  it('rule 12: an overridden rule is still said, with the reason', () => {
    const objections = judged({ limits: { capacityRemovedPerHour: 100 }, overrides: [override('budget')] });

    expect(codesOf(objections)).toEqual([]);
    expect(warningsOf(objections)).toEqual(['budget']);
    expect(objections.every(({ because }) => because.includes('two people said so'))).toBe(true);
  });

  it('rule 12: an override that names something covers nothing else', () => {
    const limits = { capacityRemovedPerHour: 100 };

    expect(codesOf(judged({ limits, overrides: [override('budget', ['search'])] }))).toEqual(['budget']);
    expect(codesOf(judged({ limits, overrides: [override('budget', ['checkout'])] }))).toEqual(['budget']);
    expect(
      codesOf(
        judged({
          limits,
          overrides: [override('budget', ['checkout'])],
          envelope: { fleetWeights: { [serviceId('checkout')]: 1, [serviceId('search')]: 99 } },
        }),
      ),
    ).toEqual([]);
    expect(codesOf(judged({ demand: 5000, overrides: [override('headroom', [B])] }))).toEqual([]);
    expect(codesOf(judged({ demand: 5000, overrides: [override('headroom', [A])] }))).toEqual(['headroom']);
  });

  it('rule 12: freeze and two regions out can be overridden for a start', () => {
    const facts = {
      freezes: [{ by: personId('admin-1'), because: 'quarter end', since: NOW, until: null }],
      out: [{ region: C, service: serviceId('checkout'), run: runId('run_2'), since: NOW }],
    };
    const situation = (overrides: Setup['overrides'] & object) =>
      arrange({ regions: REGIONS, to: TO, facts, overrides, situation: { started: false } });

    expect(codesOf(judgePlan(situation([])))).toEqual(['freeze', 'two-regions-out']);
    expect(codesOf(judgePlan(situation([override('freeze'), override('two-regions-out')])))).toEqual([]);
  });
});

describe('rule 12: two people', () => {
  const person = (name: string, of: Partial<Person> = {}): Person => ({
    person: personId(name),
    role: 'approver',
    identities: [],
    shared: false,
    totpSecretFrom: null,
    ...of,
  });
  const { envelope } = arrange({ regions: REGIONS, to: TO });
  const approval = (asker: Person, approver: Person, of: Partial<Parameters<typeof judgeApproval>[0]> = {}) =>
    codesOf(judgeApproval({ envelope, asker, approver, now: NOW, configDigest: 'digest-1', ...of }));

  it('rule 12: who asks does not approve', () => {
    expect(approval(person('operator-1'), person('approver-1'))).toEqual([]);
    expect(approval(person('operator-1'), person('operator-1'))).toEqual(['same-person']);
  });

  it('rule 12: asker and approver are compared as people, not as accounts', () => {
    const atTheTerminal = person('operator-1', { identities: [{ door: 'os', user: 'op' }] });
    const inTheChat = person('operator-1', { identities: [{ door: 'slack', team: 'T1', user: 'U1' }] });

    expect(approval(atTheTerminal, inTheChat)).toEqual(['same-person']);
  });

  it('rule 12: a shared identity cannot be one of two people', () => {
    expect(approval(person('oncall', { shared: true }), person('approver-1'))).toEqual(['same-person']);
    expect(approval(person('operator-1'), person('oncall', { shared: true }))).toEqual(['same-person']);
  });

  it('where the mode needs no approval anybody may give one', () => {
    const alone = { ...envelope, limits: { ...envelope.limits, approvals: 'none' as const } };

    expect(approval(person('operator-1'), person('operator-1'), { envelope: alone })).toEqual([]);
  });

  it('rule 5: an expired plan, or one of another config, is not approved', () => {
    const people = [person('operator-1'), person('approver-1')] as const;

    expect(approval(...people, { now: NOW + 60 * MINUTE })).toEqual([]);
    expect(approval(...people, { now: NOW + 60 * MINUTE + 1 })).toEqual(['plan-expired']);
    expect(approval(...people, { configDigest: 'digest-2' })).toEqual(['config-superseded']);
  });
});
