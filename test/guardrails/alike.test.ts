import { describe, expect, it } from 'vitest';
import type { SetFacts } from '../../src/domain/facts.ts';
import { type SetId, setId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import type { MemberState, Weights } from '../../src/domain/steering.ts';
import { prepare } from '../../src/guardrails/judge.ts';
import type { Situation, StepCandidate } from '../../src/guardrails/situation.ts';
import { A, arrange, B, type Setup } from './arrange.ts';
import { stepTo } from './arrange-step.ts';

const SETS = [setId('checkout-0'), setId('checkout-1'), setId('checkout-2')];
const [, SECOND = setId('')] = SETS;
const SERVING_B = { [A]: 0, [B]: 10_000 };

/** Three names of one service that stand alike and go the same way. */
const alike = (setup: Partial<Setup> = {}): Situation =>
  arrange({
    regions: { [A]: { home: 5000, check: 'healthy' }, [B]: { home: 5000, check: 'healthy' } },
    to: SERVING_B,
    parts: [4000, 3000, 3000],
    drain: 'zero',
    ...setup,
  });

const withFacts = (situation: Situation, set: SetId, change: (facts: SetFacts) => SetFacts): Situation => {
  const known = situation.facts.sets[set];
  if (known === undefined) throw new Error(`no facts of ${set}`);
  return { ...situation, facts: { ...situation.facts, sets: { ...situation.facts.sets, [set]: change(known) } } };
};

const withMember = (situation: Situation, set: SetId, change: (member: MemberState) => MemberState): Situation =>
  withFacts(situation, set, (facts) => ({
    ...facts,
    state: { ...facts.state, members: facts.state.members.map(change) },
  }));

const withWeights = (step: StepCandidate, set: SetId, weights: Weights): StepCandidate => ({
  ...step,
  sets: { ...step.sets, [set]: weights },
});

/** The sets that a code is said of, in the order in which it is said. */
const saidOf = (situation: Situation, step: StepCandidate, code: string): readonly (SetId | undefined)[] =>
  refusals(prepare(situation).judge(step))
    .filter((objection) => objection.code === code)
    .map(({ set }) => set);

describe('sets that stand alike', () => {
  it('are all named when the rules of the vendor refuse what is done to all of them', () => {
    const situation = alike({ drain: 'lever' });

    const named = saidOf(situation, stepTo(situation, SERVING_B), 'drain-method-unsupported');

    expect(named).toEqual(SETS);
  });

  it('let a step pass that nothing stands against', () => {
    const situation = alike();

    const objections = refusals(prepare(situation).judge(stepTo(situation, SERVING_B)));

    expect(objections).toEqual([]);
  });

  it('the one whose survivor has no known check is refused, and only that one', () => {
    const situation = withFacts(alike(), SECOND, (facts) => ({ ...facts, checks: {} }));

    const named = saidOf(situation, stepTo(situation, SERVING_B), 'last-resort');

    expect(named).toEqual([SECOND]);
  });

  it('the one that is an alias is refused, and only that one', () => {
    const situation = withMember(alike(), SECOND, (member) => ({ ...member, ttlSeconds: null }));

    const named = saidOf(situation, stepTo(situation, SERVING_B), 'drain-method-unsupported');

    expect(named).toEqual([SECOND]);
  });

  it('the one whose member the vendor does not hold is refused, and only that one', () => {
    const situation = withFacts(alike(), SECOND, (facts) => ({
      ...facts,
      state: { ...facts.state, members: facts.state.members.filter(({ member }) => member !== `member-${B}`) },
    }));

    const named = saidOf(situation, stepTo(situation, SERVING_B), 'unknown-member');

    expect(named).toEqual([SECOND]);
  });

  it.each(['a', 'z'])('the one with a stranger called %s is refused, and only that one', (name) => {
    const situation = withFacts(alike(), SECOND, (facts) => {
      const [first, ...others] = facts.state.members;
      if (first === undefined) throw new Error('no members');
      const stranger = { ...first, member: name };
      const members = name === 'a' ? [stranger, first, ...others] : [first, ...others, stranger];
      return { ...facts, state: { ...facts.state, members } };
    });

    const named = saidOf(situation, stepTo(situation, SERVING_B), 'unknown-member');

    expect(named).toEqual([SECOND]);
  });

  it('the one that somebody has drained meanwhile counts as it stands', () => {
    const situation = withMember(alike(), SECOND, (member) =>
      member.member === `member-${A}` ? { ...member, weight: null } : member,
    );

    const { services } = prepare(situation).numbers(stepTo(situation, SERVING_B));

    expect(services[0]?.shareBefore).toEqual({ [A]: 3500, [B]: 6500 });
  });

  it('the one that was not read is refused, and only that one', () => {
    const situation = alike();
    const { [SECOND]: _unread, ...sets } = situation.facts.sets;

    const named = saidOf(
      { ...situation, facts: { ...situation.facts, sets } },
      stepTo(situation, SERVING_B),
      'facts-missing',
    );

    expect(named).toEqual([SECOND]);
  });

  it('rule 1: the one that the step would drain altogether is refused, and only that one', () => {
    const situation = alike();
    const step = withWeights(stepTo(situation, SERVING_B), SECOND, { [`member-${A}`]: null, [`member-${B}`]: null });

    const named = saidOf(situation, step, 'all-drained');

    expect(named).toEqual([SECOND]);
  });

  it('the one with a weight for nobody is refused, and only that one', () => {
    const situation = alike();
    const step = stepTo(situation, SERVING_B);

    const named = saidOf(situation, withWeights(step, SECOND, { ...step.sets[SECOND], nobody: 1 }), 'unknown-member');

    expect(named).toEqual([SECOND]);
  });

  it('count the same whether their weights are one object or as many as there are sets', () => {
    const situation = alike();
    const own = stepTo(situation, { [A]: 2500, [B]: 7500 });
    const [first] = SETS.map((set) => own.sets[set]);
    const shared = SETS.reduce((step, set) => withWeights(step, set, first ?? {}), own);

    const { numbers, tightest } = prepare(situation);

    expect(numbers(shared)).toEqual(numbers(own));
    expect(tightest(own)).toEqual(numbers(own).tightest);
    expect(tightest(own)?.region).toBe(B);
  });
});
