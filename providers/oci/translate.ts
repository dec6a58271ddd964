import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import type { Answer, Attachment, Policy, Rule } from './shapes.ts';

/** How the vendor writes a name: without the dot at its end. */
export const domainOf = (name: string): string => name.replace(/\.$/, '').toLowerCase();

/** Through JSON, because the journal keeps it so: a field set to undefined and a field left out become the same. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const NAMED = /^answer\.name == '([^']*)'$/;

/** The answer that a line of the WEIGHTED rule is about; null for a condition that steer does not read. */
export const answerNamed = (condition: string | null | undefined): string | null =>
  NAMED.exec(condition ?? '')?.[1] ?? null;

export const weightedRule = ({ rules }: Policy): Rule | undefined =>
  rules.find(({ ruleType }) => ruleType === 'WEIGHTED');

/** Weights by the answer's name. Null for the whole when answers are not chosen by one plain WEIGHTED rule. */
const weightsIn = (policy: Policy): ReadonlyMap<string, number> => {
  const lines = weightedRule(policy)?.defaultAnswerData ?? [];
  const pairs = lines.map(({ answerCondition, value }) => [answerNamed(answerCondition), value ?? 0] as const);
  return new Map(pairs.flatMap(([name, value]) => (name === null ? [] : [[name, value]])));
};

/** A rule without what steer manages in it: the values of the WEIGHTED one. */
const unweighed = (rule: Rule): Rule =>
  rule.ruleType === 'WEIGHTED' && rule.defaultAnswerData
    ? { ...rule, defaultAnswerData: rule.defaultAnswerData.map(({ value: _, ...line }) => line) }
    : rule;

/** The policy without answers, weights, TTL, and what the vendor writes by itself. */
const levelOf = ({ answers: _, ttl: __, lifecycleState: ___, rules, ...rest }: Policy) => {
  const { self: ____, timeCreated: _____, ...level } = rest;
  return { ...level, rules: rules.map(unweighed) };
};

/** One name per answer, in their order. Where two would have the same name, the later ones have a number in brackets. */
const namesOf = (answers: readonly Answer[]): readonly string[] => {
  const seen = new Map<string, number>();
  return answers.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
};

/** A policy and the attachment that puts it on a name. */
export interface Attached {
  readonly attachment: Attachment;
  readonly policy: Policy;
}

const membersOf = ({ type }: SetRef, { policy }: Attached): readonly MemberState[] => {
  const answers = policy.answers.filter(({ rtype }) => rtype === type);
  const names = namesOf(answers);
  const weights = weightsIn(policy);
  const level = levelOf(policy);
  return answers.map(({ isDisabled, ...answer }, index) => {
    // Weight 0 was set by somebody else: it is shown as drained and left as it is.
    const weight = isDisabled === true ? null : (weights.get(answer.name) ?? 0) || null;
    return {
      member: names[index] ?? answer.name,
      weight,
      present: true,
      ttlSeconds: policy.ttl,
      healthCheck: policy.healthCheckMonitorId ?? null,
      kept: asJson({ policy: level, answer }),
      cost: { elements: 1, characters: answer.rdata.length },
    };
  });
};

/** The answers of the policies on one name, of one type, sorted by member. Without a policy a set without members. */
export const setStateOf = (ref: SetRef, attached: readonly Attached[]): SetState => ({
  set: ref.set,
  members: attached
    .flatMap((one) => membersOf(ref, one))
    .toSorted((a, b) => (a.member < b.member ? -1 : a.member > b.member ? 1 : 0)),
});

const FILTER_LINE = canonicalText({ answerCondition: 'answer.isDisabled != true', shouldKeep: true });

/** Whether the first rule takes disabled answers out, in whatever case: the only thing that drains one. */
const dropsDisabled = (rule: Rule | undefined): boolean => {
  const [line, ...more] = rule?.defaultAnswerData ?? [];
  if (rule?.ruleType !== 'FILTER' || line === undefined || more.length > 0 || (rule.cases ?? []).length > 0)
    return false;
  const { answerCondition, shouldKeep } = line;
  return canonicalText({ answerCondition, shouldKeep }) === FILTER_LINE;
};

const wrongWeights = (policy: Policy): string | null => {
  const rules = policy.rules.filter(({ ruleType }) => ruleType === 'WEIGHTED');
  const [rule] = rules;
  if (rule === undefined || rules.length > 1)
    return `it has ${rules.length} WEIGHTED rules; steer reads policies with one`;
  if ((rule.cases ?? []).length > 0) return 'its WEIGHTED rule has cases; steer weighs all questions alike';
  const named = (rule.defaultAnswerData ?? []).map(({ answerCondition }) => answerNamed(answerCondition));
  const wanted = policy.answers.map(({ name }) => name);
  const isWhole = named.length === wanted.length && wanted.every((name) => named.includes(name));
  return isWhole ? null : "its WEIGHTED rule must have one line `answer.name == '…'` for each answer, and no other";
};

const wrongRules = ({ rules }: Policy): string | null => {
  const other = rules.find(({ ruleType }) => !['FILTER', 'HEALTH', 'WEIGHTED', 'LIMIT'].includes(ruleType));
  if (other !== undefined) return `it has a ${other.ruleType} rule, which steer does not model`;
  if (!dropsDisabled(rules[0]) || rules.filter(({ ruleType }) => ruleType === 'FILTER').length > 1)
    return 'its first and only FILTER rule must keep answers with `answer.isDisabled != true`: without it a disabled answer is still given';
  const limit = rules.at(-1);
  const isOne = limit?.ruleType === 'LIMIT' && limit.defaultCount === 1 && (limit.cases ?? []).length === 0;
  return isOne ? null : 'its last rule must be LIMIT with a count of 1: with more, every answer holds several members';
};

const wrongAnswers = ({ answers }: Policy, type: string): string | null => {
  if (answers.some(({ rtype }) => rtype !== type))
    return 'its answers are of several types, which share their weights; make a policy for each type';
  const names = new Set(answers.map(({ name }) => name));
  return names.size === answers.length ? null : 'two of its answers have one name; give each its own';
};

/** Why steer must not write this policy, with what to do instead; null when it may. */
export const whyUnsteerable = (policy: Policy, type: string): string | null => {
  if (policy.template !== 'LOAD_BALANCE') return `its template is ${policy.template}; only LOAD_BALANCE can be steered`;
  return wrongAnswers(policy, type) ?? wrongRules(policy) ?? wrongWeights(policy);
};

/** What an update sends: the policy as it was read, with the weights and switches of these members. Output-only fields stay out. */
export const detailsOf = (policy: Policy, members: readonly MemberState[]) => {
  const weights = new Map(members.map(({ member, weight }) => [member, weight]));
  const { id: _, compartmentId: __, self: ___, timeCreated: ____, lifecycleState: _____, ...details } = policy;
  return {
    ...details,
    answers: policy.answers.map((answer) => {
      const weight = weights.get(answer.name);
      if (weight === undefined) return answer;
      // Drained already, by whoever and however: it stays as it is.
      const wasServing = setWeight(policy, answer) !== null;
      if (weight === null) return wasServing ? { ...answer, isDisabled: true } : answer;
      return answer.isDisabled === true ? { ...answer, isDisabled: false } : answer;
    }),
    rules: policy.rules.map((rule) =>
      rule.ruleType === 'WEIGHTED' && rule.defaultAnswerData
        ? {
            ...rule,
            defaultAnswerData: rule.defaultAnswerData.map((line) => {
              const weight = weights.get(answerNamed(line.answerCondition) ?? '');
              return typeof weight === 'number' ? { ...line, value: weight } : line;
            }),
          }
        : rule,
    ),
  };
};

const setWeight = (policy: Policy, { name, isDisabled }: Answer): number | null =>
  isDisabled === true ? null : (weightsIn(policy).get(name) ?? 0) || null;
