import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { invalid, missing, Refusal } from './errors.ts';
import { pageOf, type RouteOptions } from './pages.ts';
import { bodyOf, POLICY_UPDATE } from './schema.ts';
import {
  type FakeAttachment,
  type FakeCompartment,
  type FakePolicyDetails,
  type FakeRule,
  newestOf,
  type PolicyHistory,
} from './state.ts';

const ADDRESS: Readonly<Record<string, RegExp>> = {
  A: /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/,
  AAAA: /^[0-9a-f:]+:[0-9a-f:.]*$/i,
};

const isFilter = ({ ruleType, cases, defaultAnswerData = [] }: FakeRule): boolean => {
  const [line] = defaultAnswerData;
  const isLine = line?.answerCondition === 'answer.isDisabled != true' && line.shouldKeep === true;
  return ruleType === 'FILTER' && cases === undefined && defaultAnswerData.length === 1 && isLine;
};

/** What the published models say of templates: FILTER first, HEALTH after it where there is a monitor, LIMIT last. */
export const assertPolicy = ({ template, rules, answers, healthCheckMonitorId }: FakePolicyDetails): void => {
  for (const { rtype, rdata } of answers)
    if (ADDRESS[rtype]?.test(rdata) === false) throw invalid(`answers: ${rdata} is no ${rtype}`);
  if (template === 'CUSTOM') return;
  const [first, second] = rules;
  if (first === undefined || !isFilter(first)) throw invalid('rules: a template begins with its FILTER rule');
  if (healthCheckMonitorId !== undefined && second?.ruleType !== 'HEALTH')
    throw invalid('rules: HEALTH must follow FILTER when there is a healthCheckMonitorId');
  if (rules.at(-1)?.ruleType !== 'LIMIT') throw invalid('rules: the last rule of a template is LIMIT');
  if (template === 'LOAD_BALANCE' && !rules.some(({ ruleType }) => ruleType === 'WEIGHTED'))
    throw invalid('rules: LOAD_BALANCE needs a WEIGHTED rule');
};

const rtypesOf = (compartment: FakeCompartment, { steeringPolicyId }: FakeAttachment): readonly string[] => {
  const history = compartment.policies.get(steeringPolicyId);
  return [...new Set(history === undefined ? [] : newestOf(history).policy.answers.map(({ rtype }) => rtype))];
};

/** A new version of a policy. */
export const landPolicy = (
  compartment: FakeCompartment,
  history: PolicyHistory,
  details: FakePolicyDetails,
  at: number,
): PolicyHistory['versions'][number] => {
  compartment.count += 1;
  const version = { at, etag: `"${compartment.count}ocid"`, policy: { ...newestOf(history).policy, ...details } };
  history.versions.push(version);
  return version;
};

export const listAttachments = (
  compartment: FakeCompartment,
  { query }: FakeRequest,
  options: RouteOptions,
): FakeResponse => {
  const wanted = ['compartmentId', 'limit', 'page', 'id', 'displayName', 'steeringPolicyId', 'zoneId', 'domain'];
  const unknown = Object.keys(query).find((key) => !wanted.includes(key));
  if (unknown !== undefined) throw invalid(`unknown query parameter ${unknown}`);
  if (query['compartmentId'] !== compartment.id) throw missing('compartmentId');
  const all = [...compartment.attachments.values()]
    .filter((one) => query['zoneId'] === undefined || one.zoneId === query['zoneId'])
    .filter((one) => query['steeringPolicyId'] === undefined || one.steeringPolicyId === query['steeringPolicyId'])
    .filter((one) => query['domain'] === undefined || one.domainName === query['domain']?.toLowerCase())
    .map((one) => ({ ...one, rtypes: rtypesOf(compartment, one) }));
  return pageOf(all, query, options.pageSize);
};

/** GET and PUT of one policy. */
export const onePolicy = (
  compartment: FakeCompartment,
  { method, headers, body, query }: FakeRequest,
  id: string,
  { now }: RouteOptions,
): FakeResponse => {
  const [unknown] = Object.keys(query);
  if (unknown !== undefined) throw invalid(`unknown query parameter ${unknown}`);
  const history = compartment.policies.get(id);
  if (history === undefined) throw missing(id);
  const { etag, policy } = newestOf(history);
  if (method === 'GET') return json(200, policy, { etag });
  const update = bodyOf(POLICY_UPDATE, body);
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag)
    throw new Refusal(412, 'NoEtagMatch', 'The ETag of the resource is another one');
  if (policy.lifecycleState !== 'ACTIVE') throw new Refusal(409, 'IncorrectState', `It is ${policy.lifecycleState}`);
  const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
  const details = { ...policy, ...given };
  assertPolicy(details);
  const landed = landPolicy(compartment, history, details, now());
  compartment.landed += 1;
  return json(200, landed.policy, { etag: landed.etag, 'opc-work-request-id': `work-${compartment.count}` });
};
