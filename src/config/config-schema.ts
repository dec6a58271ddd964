import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import { gateId, personId, providerId, regionId, serviceId, setId, signalId } from '../domain/ids.ts';
import { WHOLE } from '../domain/units.ts';
import { frozen } from './build/config.ts';

/** Thrown when an accepted config cannot be read back: the journal lies, or a newer steer wrote it. Never guessed around. */
export class UnreadableConfig extends Error {
  override readonly name = 'UnreadableConfig';
}

const region = z.string().transform(regionId);
const service = z.string().transform(serviceId);
const provider = z.string().transform(providerId);
const signal = z.string().transform(signalId);
const part = z.int().min(0).max(WHOLE);
const ms = z.int().nonnegative();
const count = z.int().min(1);

const secretSource = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })]);

const identity = z.discriminatedUnion('door', [
  z.strictObject({ door: z.literal('os'), user: z.string() }),
  z.strictObject({ door: z.literal('aws'), arn: z.string() }),
  z.strictObject({ door: z.literal('aws-session'), roleArn: z.string(), sessionName: z.string() }),
  z.strictObject({ door: z.literal('slack'), team: z.string(), user: z.string() }),
  z.strictObject({ door: z.literal('sandbox'), user: z.string() }),
]);

const roleName = z.enum(['viewer', 'responder', 'operator', 'approver', 'admin']);

const person = z.strictObject({
  person: z.string().transform(personId),
  role: roleName,
  identities: z.array(identity),
  shared: z.boolean(),
  totpSecretFrom: secretSource.nullable(),
});

const providerConfig = z.strictObject({
  provider,
  vendor: z.string(),
  credentials: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('aws-default-chain') }),
    z.strictObject({ kind: z.literal('environment'), accessKeyId: z.string(), secretAccessKey: z.string() }),
    z.strictObject({ kind: z.literal('sandbox'), accountId: z.string() }),
    z.strictObject({ kind: z.literal('secrets'), secrets: z.record(z.string(), secretSource) }),
  ]),
  assumeRole: z.strictObject({ roleArn: z.string(), externalId: z.string().nullable() }).nullable(),
  endpoint: z.string().nullable(),
  stsRegion: z.string(),
  requestScheme: z.enum(['old', 'new']),
  cloudwatchEndpoint: z.string().nullable(),
  expectedPropagationMs: z.number().nullable(),
  nameServers: z.array(z.string()),
  settings: z.record(z.string(), z.json()).exactOptional(),
});

const set = z.strictObject({
  ref: z.strictObject({
    set: z.string().transform(setId),
    provider,
    zone: z.string(),
    name: z.string(),
    type: z.string(),
    group: z.string().exactOptional(),
    targets: z.array(z.string()).exactOptional(),
  }),
  part,
  members: z.record(z.string(), z.string()),
  drain: z.enum(['zero', 'remove', 'state', 'lever']),
  ttlSeconds: z.int().positive(),
  home: z.record(z.string(), part).exactOptional(),
  layer: z.string().exactOptional(),
});

const minimumSamples = count;

const gate = z.strictObject({
  gate: z.string().transform(gateId),
  region: region.nullable(),
  signal,
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('state') }),
    z.strictObject({ kind: z.literal('below'), passBelow: z.number(), failFrom: z.number(), minimumSamples }),
    z.strictObject({ kind: z.literal('above'), passAbove: z.number(), failTo: z.number(), minimumSamples }),
    z.strictObject({ kind: z.literal('last-week'), passWithin: z.int(), failFrom: z.int(), minimumSamples }),
  ]),
  critical: z.boolean(),
  failuresToHold: count,
});

const capacity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), value: z.number().positive() }),
  z.strictObject({
    kind: z.literal('signal'),
    now: signal,
    reference: z.union([z.number().nonnegative(), z.literal('highest-of-24h')]),
  }),
]);

const demand = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), value: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('signals'), byRegion: z.record(z.string(), signal) }),
]);

const serviceConfig = z.strictObject({
  service,
  tier: z.int(),
  labels: z.array(z.string()),
  dependsOn: z.array(service),
  unit: z.string(),
  fleetWeight: z.number().positive(),
  home: z.record(z.string(), part),
  sets: z.array(set),
  layers: z.array(z.string()).exactOptional(),
  capacity: z.record(z.string(), capacity),
  demand,
  forecastPeak: z.int().min(WHOLE),
  gates: z.array(gate),
});

const awsRegion = z.string();

const signalSpec = z.strictObject({
  signal,
  region: region.nullable(),
  service: service.nullable(),
  backend: z.string(),
  vantage: z.string(),
  derivedFrom: signal.nullable(),
  needsNoTraffic: z.boolean(),
  source: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('cloudwatch-metric'),
      awsRegion,
      provider,
      namespace: z.string(),
      metric: z.string(),
      dimensions: z.record(z.string(), z.string()),
      statistic: z.string(),
      periodMs: ms,
      lookBackMs: ms,
      scale: z.enum(['as-is', 'per-second']),
      withLastWeek: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('cloudwatch-alarm'), awsRegion, provider, alarm: z.string() }),
    z.strictObject({ kind: z.literal('route53-health-check'), provider, healthCheck: z.string() }),
    z.strictObject({
      kind: z.literal('http'),
      url: z.string(),
      timeoutMs: ms,
      expectStatus: z.strictObject({ from: z.int(), to: z.int() }),
      allowPrivateAddress: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('dns-answers'),
      name: z.string(),
      type: z.string(),
      servers: z.array(z.string()),
      queries: count,
      answers: z.array(z.string()),
      timeoutMs: ms,
    }),
  ]),
});

const limit = z.int().min(1).max(WHOLE);
const time = z.int().min(1);

const limits = z.strictObject({
  minimumHealthyCapacity: limit,
  minimumServingRegions: count,
  servingShareMinimum: limit,
  capacityRemovedPerHour: limit,
  maximumDestinationUtilisation: limit,
  firstStep: limit,
  largestStep: limit,
  leverStepMaximum: limit,
  restoreCanaryShare: limit,
  shortestBakeMs: time,
  passesToProceed: count,
  factsMaximumAgeMs: time,
  commitWindowMs: time,
  startWithinMs: time,
  finishWithinMs: time,
  approvals: z.enum(['one-other-person', 'none']),
});

/** The parsed form, as it stands in the event that accepted it. Strict: a key of another version is no key of this one. */
export const configSchema = z.strictObject({
  version: z.literal(1),
  fleet: z.string(),
  regions: z.array(region).min(2),
  people: z.array(person),
  providers: z.array(providerConfig),
  services: z.array(serviceConfig),
  signals: z.array(signalSpec),
  safety: z.strictObject({ drill: limits, planned: limits, emergency: limits }),
  emergencyFactsAgeMs: time,
  emergencyHorizonMs: time,
  soloAfterMs: time,
  metricLagMs: time,
  sampleEveryMs: time,
  changeWindows: z.array(
    z.strictObject({
      days: z.array(z.int().min(0).max(6)),
      fromMinute: z.int().min(0).max(1440),
      toMinute: z.int().min(0).max(1440),
    }),
  ),
  store: z.strictObject({ kind: z.enum(['sqlite', 'memory']), path: z.string(), region: region.nullable() }),
  slack: z
    .strictObject({
      team: z.string(),
      enterprise: z.string().nullable(),
      botTokenFrom: secretSource,
      transport: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('socket'), appTokenFrom: secretSource }),
        z.strictObject({ kind: z.literal('http'), signingSecretFrom: secretSource, port: count }),
      ]),
      channel: z.string(),
      channels: z.array(z.string()),
      approversGroup: z.string().nullable(),
      groups: z.array(z.strictObject({ group: z.string(), role: roleName })),
      membershipMaximumAgeMs: time,
      secondFactor: z.array(z.enum(['start', 'approve', 'break-glass'])),
      endpoint: z.string().nullable(),
    })
    .exactOptional(),
  notify: z.array(z.strictObject({ kind: z.enum(['webhook', 'log']), urlFrom: secretSource.nullable() })),
});

/**
 * The accepted config of an event, checked again and frozen. Its canonical text is that of the config that was stored, so
 * the digest stays. Throws `UnreadableConfig` with the places that do not fit; their values are not in the message.
 */
export const configFromJson = (json: unknown): Config => {
  try {
    const parsed = configSchema.safeParse(json);
    if (parsed.success) return frozen(parsed.data);
    const places = parsed.error.issues.map(({ path }) => path.join('.')).slice(0, 10);
    throw new UnreadableConfig(`the stored config does not fit this version of steer at ${places.join(', ')}`);
  } catch (cause) {
    if (cause instanceof UnreadableConfig) throw cause;
    throw new UnreadableConfig('the stored config holds a name that is none', { cause });
  }
};
