import type { Pace } from './pace.ts';
import { ACCOUNT, CALLS, NAMES } from './steering-plan.ts';
import { METRIC_NAMESPACE } from './world/publish.ts';
import type { WorldSpec } from './world/spec.ts';

export type Endpoints = {
  readonly route53: string;
  readonly cloudWatch: string;
  readonly health: string;
  /** `host:port` of the authoritative server. */
  readonly dns: string;
  readonly zoneIds: Readonly<Record<string, string>>;
  /** Health checks of the vendor by region. */
  readonly checkIds: Readonly<Record<string, string>>;
};

/** The sandbox's Slack workspace, and whom of its config's people the workspace calls what. */
export type SlackEnds = {
  /** `http://127.0.0.1:PORT/api/`. */
  readonly endpoint: string;
  readonly team: string;
  readonly channel: string;
  readonly approversGroup: string;
  /** Slack user id by person. */
  readonly users: Readonly<Record<string, string>>;
};

/** Where the sandbox's Slack tokens are looked for. */
export const SLACK_VARIABLES = { bot: 'STEER_SANDBOX_BOT_TOKEN', app: 'STEER_SANDBOX_APP_TOKEN' } as const;

const ROLES = ['viewer', 'responder', 'operator', 'approver', 'admin'] as const;

const people = (slack: SlackEnds | null): string =>
  ROLES.map((role) => {
    const person = `${role}-1`;
    const user = slack?.users[person];
    const ofSlack = slack === null || user === undefined ? '' : `, { door: slack, team: ${slack.team}, user: ${user} }`;
    return `  ${person}: { role: ${role}, identities: [{ door: sandbox, user: ${person} }${ofSlack}] }\n`;
  }).join('');

const slackSection = (slack: SlackEnds | null): string =>
  slack === null
    ? ''
    : `slack:
  team: ${slack.team}
  botTokenFrom: { env: ${SLACK_VARIABLES.bot} }
  transport: { kind: socket, appTokenFrom: { env: ${SLACK_VARIABLES.app} } }
  channel: ${slack.channel}
  approversGroup: ${slack.approversGroup}
  membershipMaximumAge: 1m
  endpoint: ${slack.endpoint}
`;

const seconds = (ms: number): string => `${Math.max(1, Math.ceil(ms / 1000))}s`;

const safety = (pace: Pace, mode: 'drill' | 'planned' | 'emergency'): string => {
  const emergency = mode === 'emergency';
  return `  ${mode}:
    minimumHealthyCapacity: ${emergency ? '30%' : '45%'}
    minimumServingRegions: ${emergency ? 1 : 2}
    servingShareMinimum: 5%
    capacityRemovedPerHour: ${emergency ? '75%' : '60%'}
    maximumDestinationUtilisation: ${emergency ? '95%' : '88%'}
    firstStep: ${emergency ? '20%' : '10%'}
    largestStep: ${emergency ? '50%' : '20%'}
    leverStepMaximum: 50%
    restoreCanaryShare: 4%
    shortestBake: ${seconds(pace.shortestBakeMs)}
    passesToProceed: ${emergency ? 1 : 2}
    factsMaximumAge: ${seconds(pace.metricPeriodMs * 3 + pace.metricLagMs + 5000)}
    commitWindow: ${seconds(Math.max(5000, pace.sampleEveryMs / 2))}
    startWithin: 30m
    finishWithin: 12h
    approvals: one-other-person
`;
};

const metric = (name: string, from: string, extra: string, pace: Pace): string => `  ${name}:
    kind: cloudwatch-metric
    provider: sandbox
    awsRegion: us-east-1
    namespace: ${METRIC_NAMESPACE}
    metric: ${from}
    dimensions: { Service: '{service}', Region: '{region}' }
    period: ${seconds(pace.metricPeriodMs)}
    lookBack: ${seconds(pace.metricPeriodMs * 10)}
${extra}    backend: 'cloudwatch:{region}'
    vantage: '{region}'
`;

const service = (name: string, spec: WorldSpec, endpoints: Endpoints, pace: Pace): string => {
  const own = spec.services.find((candidate) => candidate.name === name);
  if (own === undefined) throw new Error(`the world has no service ${name}`);
  const home = Object.entries(own.homeShares).map(([region, share]) => `${region}: ${share * 100}%`);
  const checks = Object.entries(endpoints.checkIds).map(([region, id]) => `${region}: ${id}`);
  const capacity = Object.entries(own.capacity).map(
    ([region, { maximumRps }]) => `      ${region}: { now: running, reference: ${Math.round(maximumRps)}/s }\n`,
  );
  const errors = own.peakRps / 300;
  const sets = NAMES.filter((candidate) => candidate.service === name).map(
    ({ set, zone, name: dnsName, type, part }) =>
      `      ${set}: { provider: sandbox, zone: ${endpoints.zoneIds[zone] ?? ''}, name: ${dnsName}, type: ${type}, part: ${part}%, members: { each: '{region}' }, drain: zero, ttl: ${pace.ttlSeconds}s }\n`,
  );
  return `  ${name}:
    tier: 1
    dependsOn: [${(CALLS[name] ?? []).join(', ')}]
    unit: requests/s
    fleetWeight: 1
    values:
      healthCheck: { ${checks.join(', ')} }
    home: { ${home.join(', ')} }
    capacity:
${capacity.join('')}    demand: { each: requests }
    forecastPeak: 105%
    gates:
      health: { rule: state, signal: health, critical: true }
      checkers: { rule: state, signal: checkers, critical: true }
      errors: { rule: below, signal: errors, passBelow: ${errors.toFixed(1)}, failFrom: ${(errors * 2).toFixed(1)}, minimumSamples: 1, critical: true }
    sets:
${sets.join('')}`;
};

/** The sandbox's `steer.yaml`: an ordinary config whose every endpoint is this machine. */
export const configText = (
  spec: WorldSpec,
  endpoints: Endpoints,
  pace: Pace,
  slack: SlackEnds | null = null,
): string => `version: 1
fleet: sandbox
regions: [${spec.regions.join(', ')}]
store: { kind: sqlite, path: ./steer.db, region: outside }
safety:
${safety(pace, 'drill')}${safety(pace, 'planned')}${safety(pace, 'emergency')}
emergencyFactsAge: 30m
emergencyHorizon: 1h
soloAfter: 10m
metricLag: ${seconds(pace.metricLagMs)}
sampleEvery: ${seconds(pace.sampleEveryMs)}
changeWindows: []
people:
${people(slack)}${slackSection(slack)}notify: []
providers:
  sandbox:
    vendor: route53
    credentials: { kind: sandbox, accountId: '${ACCOUNT}' }
    endpoint: ${endpoints.route53}
    cloudwatchEndpoint: ${endpoints.cloudWatch}
    stsRegion: us-east-1
    requestScheme: new
    expectedPropagation: ${seconds(pace.propagationMs)}
    nameServers: ['${endpoints.dns}']
signals:
${metric('requests', 'RequestCount', '    statistic: Sum\n    scale: per-second\n    withLastWeek: true\n    needsNoTraffic: false\n', pace)}${metric('errors', 'Errors', '    statistic: Sum\n    scale: per-second\n    withLastWeek: false\n    needsNoTraffic: false\n', pace)}${metric('running', 'HealthyCapacity', '    statistic: Average\n    scale: as-is\n    withLastWeek: false\n    needsNoTraffic: true\n', pace)}  health:
    kind: http
    url: '${endpoints.health}/health/{region}/{service}'
    timeout: 2s
    expectStatus: 200-299
    allowPrivateAddress: true
    backend: steer
    vantage: steer
    needsNoTraffic: true
  checkers:
    kind: route53-health-check
    provider: sandbox
    healthCheck: '{healthCheck}'
    backend: route53-checkers
    vantage: outside
    needsNoTraffic: true
services:
${spec.services.map(({ name }) => service(name, spec, endpoints, pace)).join('')}`;
