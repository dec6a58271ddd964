import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY, type Policy } from '../../../providers/oci/shapes.ts';
import { detailsOf, setStateOf, whyUnsteerable } from '../../../providers/oci/translate.ts';
import { afterWrite } from '../../../src/domain/set-state.ts';
import { balanced } from '../../contracts/steering/oci-world.ts';
import { refOf } from '../../contracts/steering/world.ts';

const ref = refOf('www', 'ocid1.dns-zone.oc1..home');
const attachment = {
  id: 'ocid1.dnspolicyattachment.oc1..one',
  steeringPolicyId: 'ocid1.dnspolicy.oc1..one',
  zoneId: ref.zone,
  domainName: 'www.example.com',
  rtypes: ['A'],
  lifecycleState: 'ACTIVE',
};

const policyOf = (details: object): Policy =>
  POLICY.parse({
    ...details,
    id: attachment.steeringPolicyId,
    compartmentId: 'ocid1.compartment.oc1..dns',
    self: 'https://dns.us-ashburn-1.oci.oraclecloud.com/20180115/steeringPolicies/one',
    timeCreated: '2026-01-05T10:00:00Z',
    lifecycleState: 'ACTIVE',
  });

const usual = policyOf(balanced({ east: 90, west: 10, spare: null }));
const read = (policy: Policy) => setStateOf(ref, [{ attachment, policy }]);

const weights = fc.record({
  east: fc.option(fc.integer({ min: 1, max: 255 })),
  west: fc.integer({ min: 1, max: 255 }),
  spare: fc.option(fc.integer({ min: 1, max: 255 })),
});

describe('a LOAD_BALANCE policy', () => {
  it('holds after an update what the members were given, whatever it held before', () => {
    fc.assert(
      fc.property(weights, weights, (from, to) => {
        const policy = policyOf(balanced(from));
        const left = afterWrite(read(policy), to, 'state');

        const next = policyOf(detailsOf(policy, left.members));

        expect(read(next)).toEqual(left);
      }),
    );
  });

  it('gives back all else: tags, rules, descriptions, the weight of what is drained', () => {
    const left = afterWrite(read(usual), { east: null, west: 10, spare: null }, 'state');

    const details = detailsOf(usual, left.members);

    const { id: _, compartmentId: __, self: ___, timeCreated: ____, lifecycleState: _____, ...given } = usual;
    expect(details).toEqual({
      ...given,
      answers: usual.answers.map((answer) => (answer.name === 'east' ? { ...answer, isDisabled: true } : answer)),
    });
  });

  it('shows weight 0 as drained and leaves it as it is', () => {
    const policy = policyOf(balanced({ east: 0, west: 10 }));

    const state = read(policy);

    expect(state.members.map(({ member, weight }) => [member, weight])).toEqual([
      ['east', null],
      ['west', 10],
    ]);
    expect(detailsOf(policy, state.members)).toMatchObject({ answers: policy.answers, rules: policy.rules });
  });
});

describe('a policy that steer must not write', () => {
  const rulesOf = (how: (rules: Policy['rules']) => unknown): Policy => policyOf({ ...usual, rules: how(usual.rules) });
  const filter = { answerCondition: 'answer.isDisabled != true', shouldKeep: true };

  it.each<readonly [string, Policy, string]>([
    ['another template', policyOf({ ...usual, template: 'FAILOVER' }), 'template is FAILOVER'],
    ['no FILTER rule', rulesOf((rules) => rules.slice(1)), 'a disabled answer is still given'],
    ['a FILTER rule that is not the first', rulesOf(([a, ...more]) => [{ ruleType: 'HEALTH' }, a, ...more]), 'FILTER'],
    [
      'a FILTER rule that keeps disabled answers in a case',
      rulesOf(([a, ...more]) => [{ ...a, cases: [{ answerData: [filter] }] }, ...more]),
      'FILTER',
    ],
    [
      'a FILTER rule that keeps everything',
      rulesOf(([a, ...more]) => [{ ...a, defaultAnswerData: [{ shouldKeep: true }] }, ...more]),
      'FILTER',
    ],
    ['a PRIORITY rule', rulesOf(([a, ...more]) => [a, { ruleType: 'PRIORITY' }, ...more]), 'PRIORITY'],
    [
      'weights by case',
      rulesOf(([a, b, c]) => [a, { ...b, cases: [{ caseCondition: "query.client.geoKey in (geoKey '6255149')" }] }, c]),
      'cases',
    ],
    [
      'weights of pools',
      rulesOf(([a, b, c]) => [
        a,
        { ...b, defaultAnswerData: [{ answerCondition: "answer.pool == 'x'", value: 1 }] },
        c,
      ]),
      'one line',
    ],
    ['two answers at once', rulesOf((rules) => rules.with(-1, { ruleType: 'LIMIT', defaultCount: 2 })), 'count of 1'],
    [
      'answers of several types',
      policyOf({ ...usual, answers: usual.answers.with(0, { name: 'east', rtype: 'AAAA', rdata: '2001:db8::1' }) }),
      'several types',
    ],
    [
      'two answers of one name',
      policyOf({ ...usual, answers: [...usual.answers, { name: 'east', rtype: 'A', rdata: '192.0.2.99' }] }),
      'one name',
    ],
  ])('%s is still shown', (_, policy, why) => {
    expect(whyUnsteerable(policy, 'A')).toContain(why);
    expect(read(policy).members.length).toBeGreaterThan(0);
  });

  it('is not the usual one', () => {
    expect(whyUnsteerable(usual, 'A')).toBe(null);
  });
});
