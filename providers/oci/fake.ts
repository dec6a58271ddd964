import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import type { FakeHandler, FakeRequest, FakeResponse } from '../fake-kit/wire.ts';
import { type AuthOptions, assertSigned } from './fake/auth.ts';
import { answerOf, errorAnswer, missing, Refusal } from './fake/errors.ts';
import { landPolicy, listAttachments, onePolicy } from './fake/policies.ts';
import { oneRecordSet, zoneRecords } from './fake/records.ts';
import {
  type FakeAttachment,
  type FakeCompartment,
  type FakePolicy,
  type FakePolicyDetails,
  type FakeRecord,
  newestOf,
  type PolicyHistory,
} from './fake/state.ts';
import { addZone, allZones, oneZone, zoneAt } from './fake/zones.ts';

export interface OciFakeOptions extends AuthOptions {
  /** Evenly over [0, 1): which answer of a policy is given. */
  readonly random: () => number;
  readonly compartmentId: string;
  readonly propagationMs: number;
  readonly pageSize?: number;
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface OciFake {
  readonly handle: FakeHandler;
  readonly faults: FakeFaults;
  /** Returns the zone's OCID. */
  createZone(name: string): string;
  /** Returns the policy's OCID. */
  createPolicy(details: FakePolicyDetails, lifecycleState?: string): string;
  attach(policy: string, zone: string, domainName: string): string;
  /** Gives a name another policy. */
  editAttachment(zone: string, domainName: string, policy: string): void;
  policy(id: string): FakePolicy;
  /** The policy on a name. */
  policyOf(zone: string, domainName: string): FakePolicy;
  records(zone: string): readonly FakeRecord[];
  /** A hand at the vendor's console: no condition. */
  editPolicy(id: string, how: (policy: FakePolicy) => Partial<FakePolicy>): void;
  editRecords(zone: string, how: (records: readonly FakeRecord[]) => readonly FakeRecord[]): void;
  /** One answer of the name servers, by what has arrived there. */
  answer(zone: string, domainName: string, rtype: string): readonly string[];
  /** Only this API key is good from now on. */
  replaceKey(publicKey: string): void;
  /** Writes that had an effect. */
  landedWrites(): number;
}

const ANSWERS = {
  throttled: errorAnswer(429, 'TooManyRequests', 'User-rate limit exceeded.'),
  busy: errorAnswer(409, 'IncorrectState', 'The resource is being changed.'),
  unavailable: errorAnswer(503, 'ServiceUnavailable', 'The service is currently unavailable.'),
  expired: errorAnswer(401, 'NotAuthenticated', 'The required information to complete authentication was incorrect.'),
};

type Route = (request: FakeRequest, ...parts: readonly string[]) => FakeResponse;

/** The answers of a policy in the order of its rules: disabled ones out, one by weight. Zero beside others is never chosen here. */
const chosen = ({ answers, rules }: FakePolicy, rtype: string, random: number): readonly string[] => {
  const filters = rules.some(({ ruleType }) => ruleType === 'FILTER');
  const lines = rules.find(({ ruleType }) => ruleType === 'WEIGHTED')?.defaultAnswerData ?? [];
  const left = answers
    .filter((answer) => answer.rtype === rtype && !(filters && answer.isDisabled === true))
    .map((answer) => ({
      answer,
      weight: lines.find(({ answerCondition }) => answerCondition === `answer.name == '${answer.name}'`)?.value ?? 0,
    }));
  let at = random * left.reduce((total, { weight }) => total + weight, 0);
  for (const { answer, weight } of left) {
    at -= weight;
    if (at < 0) return [answer.rdata];
  }
  return [];
};

/** OCI DNS and Traffic Management of its own: a function of requests and a clock. */
export const createOciFake = (options: OciFakeOptions): OciFake => {
  const { now, random, propagationMs, pageSize = 50 } = options;
  const compartment: FakeCompartment = {
    id: options.compartmentId,
    zones: new Map(),
    policies: new Map(),
    attachments: new Map(),
    count: 0,
    landed: 0,
  };
  const route = { now, pageSize };
  let { publicKey } = options;
  const faults = createFakeFaults({
    answers: ANSWERS,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });

  const ROUTES: readonly (readonly [string, RegExp, Route])[] = [
    ['GET|POST', /^\/zones$/, (request) => allZones(compartment, request, route)],
    ['GET|DELETE', /^\/zones\/([^/]+)$/, (request, id = '') => oneZone(compartment, request, id)],
    ['GET', /^\/zones\/([^/]+)\/records$/, (request, id = '') => zoneRecords(compartment, request, id, route)],
    [
      'GET|PATCH|PUT',
      /^\/zones\/([^/]+)\/records\/([^/]+)\/([A-Z0-9]+)$/,
      (request, id = '', domain = '', rtype = '') => oneRecordSet(compartment, request, [id, domain, rtype]),
    ],
    ['GET', /^\/steeringPolicyAttachments$/, (request) => listAttachments(compartment, request, route)],
    ['GET|PUT', /^\/steeringPolicies\/([^/]+)$/, (request, id = '') => onePolicy(compartment, request, id, route)],
  ];

  const routed = (request: FakeRequest): FakeResponse => {
    const rest = request.path.replace(/^\/20180115/, '');
    if (rest === request.path) throw missing(request.path);
    for (const [methods, pattern, answer] of ROUTES) {
      const match = pattern.exec(rest);
      if (match === null) continue;
      if (!methods.split('|').includes(request.method))
        throw new Refusal(405, 'MethodNotAllowed', `${request.method} is not allowed here`);
      return answer(request, ...match.slice(1).map(decodeURIComponent));
    }
    throw missing(request.path);
  };

  const historyOf = (id: string): PolicyHistory => {
    const history = compartment.policies.get(id);
    if (history === undefined) throw new TypeError(`the fake has no policy ${id}`);
    return history;
  };
  const attachmentOf = (zone: string, domainName: string): FakeAttachment => {
    const all = [...compartment.attachments.values()];
    const found = all.find((one) => one.zoneId === zone && one.domainName === domainName);
    if (found === undefined) throw new TypeError(`the fake has no attachment at ${domainName}`);
    return found;
  };
  const named = (kind: string) => {
    compartment.count += 1;
    const id = `ocid1.${kind}.oc1..${kind}${compartment.count}`;
    const self = `https://dns.us-ashburn-1.oci.oraclecloud.com/20180115/${kind}/${id}`;
    return { id, compartmentId: compartment.id, self, timeCreated: new Date(now()).toISOString() };
  };

  return {
    handle: (request) =>
      faults.around(request, async () => {
        try {
          assertSigned(request, { ...options, publicKey });
          return routed(request);
        } catch (refusal) {
          if (refusal instanceof Refusal) return answerOf(refusal);
          throw refusal;
        }
      }),
    faults,
    createZone: (name) => addZone(compartment, name, now()).id,
    createPolicy(details, lifecycleState = 'ACTIVE') {
      const policy: FakePolicy = { ...details, ...named('dnspolicy'), lifecycleState };
      compartment.policies.set(policy.id, { versions: [{ at: now(), etag: `"${compartment.count}ocid"`, policy }] });
      return policy.id;
    },
    attach(steeringPolicyId, zoneId, domainName) {
      const attachment = { ...named('dnspolicyattachment'), steeringPolicyId, zoneId, domainName };
      compartment.attachments.set(attachment.id, { ...attachment, displayName: domainName, lifecycleState: 'ACTIVE' });
      return attachment.id;
    },
    editAttachment(zone, domainName, steeringPolicyId) {
      const attachment = attachmentOf(zone, domainName);
      compartment.attachments.set(attachment.id, { ...attachment, steeringPolicyId });
    },
    policy: (id) => newestOf(historyOf(id)).policy,
    policyOf: (zone, domainName) => newestOf(historyOf(attachmentOf(zone, domainName).steeringPolicyId)).policy,
    records: (zone) => zoneAt(compartment, zone).records,
    editPolicy(id, how) {
      const history = historyOf(id);
      const { policy } = newestOf(history);
      landPolicy(compartment, history, { ...policy, ...how(policy) }, now());
    },
    editRecords(zone, how) {
      const found = zoneAt(compartment, zone);
      found.records = how(found.records);
      found.version += 1;
    },
    answer(zone, domainName, rtype) {
      const { versions } = historyOf(attachmentOf(zone, domainName).steeringPolicyId);
      const arrived = versions.findLast(({ at }) => now() - at >= propagationMs);
      return arrived === undefined ? [] : chosen(arrived.policy, rtype, random());
    },
    replaceKey: (key) => {
      publicKey = key;
    },
    landedWrites: () => compartment.landed,
  };
};
