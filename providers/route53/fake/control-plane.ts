import type { AwsAccounts, Identity } from './accounts.ts';
import { type Call, NAMESPACE, type Result, type Rules } from './call.ts';
import type { ActiveFault, Faults, Outage } from './faults.ts';
import type { RequestLog } from './log.ts';
import { Refusal } from './refusal.ts';
import { type Route, routeOf } from './router.ts';
import type { State } from './state.ts';
import type { Throttle } from './throttle.ts';
import type { FakeAnswer, FakeHandler, FakeRequest } from './wire.ts';
import { branch, leaf, rootBranch } from './xml.ts';

export type ControlPlane = {
  readonly state: State;
  readonly rules: Rules;
  readonly accounts: AwsAccounts;
  readonly throttle: Throttle;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly outage: () => Outage | undefined;
  readonly sleep: (ms: number) => Promise<void>;
};

const UNAVAILABLE = new Refusal('ServiceUnavailable', 503, 'Service is unavailable, please retry');

const writeRefusal = (refusal: Refusal, requestId: string): Result => ({
  status: refusal.status,
  body: rootBranch(
    'ErrorResponse',
    NAMESPACE,
    branch(
      'Error',
      leaf('Type', refusal.status >= 500 ? 'Receiver' : 'Sender'),
      leaf('Code', refusal.code),
      leaf('Message', refusal.message),
    ),
    leaf('RequestId', requestId),
  ),
});

const zoneIdOf = (plane: ControlPlane, route: Route | undefined, request: FakeRequest): string | undefined => {
  const [id] = route?.parameters ?? [];
  if (route?.name === 'GetChange') return plane.state.changes.get(id ?? '')?.zone.id;
  if (/^\/2013-04-01\/hostedzone(limit)?\//.test(request.path)) return id;
  const { hostedzoneid } = request.query;
  return hostedzoneid;
};

/** Faults that come before the effect. */
const breakEarly = (fault: ActiveFault | undefined): 'hang' | 'reset' | undefined => {
  switch (fault?.kind) {
    case 'hang':
    case 'reset':
      return fault.kind;
    case 'throttle':
      throw new Refusal('Throttling', 400, 'Rate exceeded');
    case 'prior-request':
      throw new Refusal(
        'PriorRequestNotComplete',
        400,
        'The request was rejected because Route 53 was still processing a prior request.',
      );
    case 'unavailable':
      throw UNAVAILABLE;
    default:
      return undefined;
  }
};

/** Faults that come after the effect: what is sent in place of the result. */
const breakLate = (
  fault: ActiveFault | undefined,
  result: Result | 'hang' | 'reset',
  requestId: string,
): Result | 'hang' | 'reset' => {
  if (typeof result === 'string') return result;
  switch (fault?.kind) {
    case 'unavailable-after':
      return writeRefusal(UNAVAILABLE, requestId);
    case 'lost-response':
      return 'reset';
    case 'hang-after':
      return 'hang';
    default:
      return result;
  }
};

type Seen = { identity: Identity | undefined; tookEffect: boolean; code: string };

const perform = (
  plane: ControlPlane,
  request: FakeRequest,
  route: Route | undefined,
  fault: ActiveFault | undefined,
  seen: Seen,
): Result | 'hang' | 'reset' => {
  const outage = plane.outage();
  if (outage === 'unavailable') throw UNAVAILABLE;
  if (outage !== undefined) return outage;
  const broken = breakEarly(fault);
  if (broken !== undefined) return broken;
  const identity = plane.accounts.authenticate(request, 'route53', 'us-east-1');
  seen.identity = identity;
  if (route === undefined)
    throw new Refusal('UnknownOperationException', 404, `No operation at ${request.method} ${request.path}`);
  plane.throttle.request(identity.accountId, route.name);
  const at = plane.rules.now();
  const call: Call = {
    state: plane.state,
    rules: plane.rules,
    throttle: plane.throttle,
    identity,
    parameters: route.parameters,
    query: request.query,
    body: request.body,
    at,
    strandsAt: fault?.kind === 'strand' ? at + fault.delayMs : undefined,
  };
  const result = route.run(call);
  seen.tookEffect = true;
  return result;
};

/** The wire: routes, breaks, signs in, admits, performs, answers. Everything up to the answer happens in one turn. */
export const createHandler = (plane: ControlPlane): FakeHandler => {
  let requests = 0;
  return async (request): Promise<FakeAnswer> => {
    requests += 1;
    const requestId = `00000000-0000-4000-9000-${requests.toString(16).padStart(12, '0')}`;
    const route = routeOf(request.method, request.path);
    const operation = route?.name ?? 'Unknown';
    const zoneId = zoneIdOf(plane, route, request);
    const fault = plane.outage() === undefined ? plane.faults.take(operation, zoneId) : undefined;
    const seen: Seen = { identity: undefined, tookEffect: false, code: 'ok' };
    let answer: Result | 'hang' | 'reset';
    try {
      answer = breakLate(fault, perform(plane, request, route, fault, seen), requestId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      seen.code = error.code;
      answer = breakLate(fault, writeRefusal(error, requestId), requestId);
    }
    const outcome = typeof answer === 'string' ? answer : answer.status === 503 ? UNAVAILABLE.code : seen.code;
    plane.log.add({
      at: plane.rules.now(),
      operation,
      accountId: seen.identity?.accountId,
      zoneId,
      outcome,
      tookEffect: seen.tookEffect,
      body: request.body,
    });
    if (fault?.kind === 'slow') await plane.sleep(fault.delayMs);
    if (typeof answer === 'string') return answer;
    const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId, ...answer.headers };
    return { status: answer.status, headers, body: answer.body };
  };
};
