import { type Call, NAMESPACE, type Operation, pageSizeOf, parameter } from './call.ts';
import { checkerReports } from './checkers.ts';
import { isCheckHealthy } from './health.ts';
import {
  type HealthCheck,
  type HealthCheckConfig,
  readSettings,
  refuseBadConfig,
  watchesEndpoint,
  writeHealthCheck,
} from './health-config.ts';
import { integerOf } from './record-xml.ts';
import { invalidInput, noSuchHealthCheck, Refusal } from './refusal.ts';
import { nextUuid, type State } from './state.ts';
import { branch, childOf, childrenOf, leaf, readXml, requiredText, rootBranch } from './xml.ts';

const MAX_CHECKS_A_PAGE = 100;

const checkOf = (call: Call): HealthCheck => {
  const id = parameter(call, 0);
  const check = call.state.healthChecks.get(id);
  if (check === undefined || check.accountId !== call.identity.accountId) throw noSuchHealthCheck(id);
  return check;
};

const ownChecks = (call: Call): readonly HealthCheck[] =>
  [...call.state.healthChecks.values()].filter(({ accountId }) => accountId === call.identity.accountId);

const hasCheck =
  (call: Call) =>
  (id: string): boolean =>
    call.state.healthChecks.get(id)?.accountId === call.identity.accountId;

const one = (status: number, root: string, check: HealthCheck, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: rootBranch(root, NAMESPACE, writeHealthCheck(check)),
});

/** What the service stores of a given config: its own defaults stand where nothing was said. */
const stored = (given: HealthCheckConfig): HealthCheckConfig =>
  watchesEndpoint(given) ? { requestIntervalSeconds: 30, failureThreshold: 3, ...given } : given;

/** Puts a new check of an account into the state; nobody is asked whether it may. */
export const addHealthCheck = (
  state: State,
  made: Pick<HealthCheck, 'accountId' | 'callerReference' | 'createdAt' | 'config'>,
): HealthCheck => {
  const check: HealthCheck = {
    ...made,
    config: stored(made.config),
    id: nextUuid(state),
    version: 1,
    measured: true,
    forced: undefined,
  };
  state.healthChecks.set(check.id, check);
  state.checkReferences.set(`${made.accountId}|${made.callerReference}`, check.id);
  return check;
};

export const createHealthCheck: Operation = (call) => {
  const request = readXml(call.body, 'CreateHealthCheckRequest', NAMESPACE);
  const callerReference = requiredText(request, 'CallerReference');
  const settings = childOf(request, 'HealthCheckConfig');
  if (settings === undefined) throw invalidInput("1 validation error detected: 'healthCheckConfig' must not be null");
  const given: HealthCheckConfig = { ...readSettings(settings), type: requiredText(settings, 'Type') };
  refuseBadConfig(given, hasCheck(call));
  const config = stored(given);
  const location = (id: string) => ({ location: `https://route53.amazonaws.com/2013-04-01/healthcheck/${id}` });
  const key = `${call.identity.accountId}|${callerReference}`;
  const usedBy = call.state.checkReferences.get(key);
  const earlier = usedBy === undefined ? undefined : call.state.healthChecks.get(usedBy);
  if (earlier !== undefined && JSON.stringify(earlier.config) === JSON.stringify(config))
    return one(201, 'CreateHealthCheckResponse', earlier, location(earlier.id));
  if (usedBy !== undefined)
    throw new Refusal(
      'HealthCheckAlreadyExists',
      409,
      'A health check with that caller reference and other settings exists or existed.',
    );
  if (ownChecks(call).length >= call.rules.maxHealthChecks)
    throw new Refusal('TooManyHealthChecks', 400, 'Limits Exceeded: MAX_HEALTH_CHECKS_BY_OWNER');
  const { accountId } = call.identity;
  const check = addHealthCheck(call.state, { accountId, callerReference, createdAt: call.at, config });
  return one(201, 'CreateHealthCheckResponse', check, location(check.id));
};

export const getHealthCheck: Operation = (call) => one(200, 'GetHealthCheckResponse', checkOf(call));

const RESETTABLE: Readonly<Record<string, keyof HealthCheckConfig>> = {
  FullyQualifiedDomainName: 'fullyQualifiedDomainName',
  Regions: 'regions',
  ResourcePath: 'resourcePath',
  ChildHealthChecks: 'childHealthChecks',
};

export const updateHealthCheck: Operation = (call) => {
  const check = checkOf(call);
  const request = readXml(call.body, 'UpdateHealthCheckRequest', NAMESPACE);
  const expected = integerOf(request, 'HealthCheckVersion');
  if (expected !== undefined && expected !== check.version)
    throw new Refusal(
      'HealthCheckVersionMismatch',
      409,
      `The value of HealthCheckVersion in the request, ${expected}, doesn't match the value in the health check, ${check.version}.`,
    );
  const { requestIntervalSeconds, measureLatency, routingControlArn, ...settings } = readSettings(request);
  if ((requestIntervalSeconds ?? measureLatency ?? routingControlArn) !== undefined)
    throw invalidInput('RequestInterval, MeasureLatency and RoutingControlArn cannot be updated');
  const reset = childrenOf(childOf(request, 'ResetElements'), 'ResettableElementName').map(({ text }) => {
    const field = RESETTABLE[text];
    if (field === undefined) throw invalidInput(`ResetElements knows no ${text}`);
    return field;
  });
  const kept = Object.fromEntries(
    Object.entries(check.config).filter(([key]) => !reset.some((field) => field === key)),
  );
  const config: HealthCheckConfig = { ...kept, ...settings, type: check.config.type };
  refuseBadConfig(config, hasCheck(call));
  check.config = config;
  check.version += 1;
  return one(200, 'UpdateHealthCheckResponse', check);
};

export const deleteHealthCheck: Operation = (call) => {
  const check = checkOf(call);
  const { state, rules, at } = call;
  state.deletedChecks.set(check.id, isCheckHealthy(state, check.id, rules, at));
  state.healthChecks.delete(check.id);
  return { status: 200, body: rootBranch('DeleteHealthCheckResponse', NAMESPACE) };
};

export const listHealthChecks: Operation = (call) => {
  const size = pageSizeOf(call, MAX_CHECKS_A_PAGE, MAX_CHECKS_A_PAGE);
  const { marker } = call.query;
  const all = ownChecks(call);
  const from = marker === undefined ? 0 : all.findIndex(({ id }) => id === marker);
  if (from < 0) throw invalidInput(`The marker ${marker} is not a health check`);
  const next = all[from + size];
  return {
    status: 200,
    body: rootBranch(
      'ListHealthChecksResponse',
      NAMESPACE,
      branch('HealthChecks', ...all.slice(from, from + size).map(writeHealthCheck)),
      leaf('Marker', marker ?? ''),
      leaf('IsTruncated', next !== undefined),
      leaf('NextMarker', next?.id),
      leaf('MaxItems', size),
    ),
  };
};

/** Free text, one line per checker: a client that reads it must look for the word before the colon. */
const observations = (call: Call, check: HealthCheck, root: string, onlyFailures: boolean) => {
  if (!watchesEndpoint(check.config))
    throw invalidInput(`The status of a health check of type ${check.config.type} cannot be read`);
  const success = check.config.type === 'TCP' ? 'TCP connection succeeded' : 'HTTP Status Code 200, OK';
  const { sources, secondMs } = call.rules;
  const lines = checkerReports(check, { sources, secondMs, at: call.at })
    .filter(({ isOk }) => !(onlyFailures && isOk))
    .map(({ region, ipAddress, isOk, reason, checkedAt }) =>
      branch(
        'HealthCheckObservation',
        leaf('Region', region),
        leaf('IPAddress', ipAddress),
        branch(
          'StatusReport',
          leaf('Status', isOk ? `Success: ${success}` : `Failure: ${reason ?? ''}`),
          leaf('CheckedTime', new Date(checkedAt).toISOString()),
        ),
      ),
    );
  return { status: 200, body: rootBranch(root, NAMESPACE, branch('HealthCheckObservations', ...lines)) };
};

export const getHealthCheckStatus: Operation = (call) =>
  observations(call, checkOf(call), 'GetHealthCheckStatusResponse', false);

export const getHealthCheckLastFailureReason: Operation = (call) =>
  observations(call, checkOf(call), 'GetHealthCheckLastFailureReasonResponse', true);
