import type {
  Config,
  CredentialSource,
  Person,
  ProviderConfig,
  SafetyLimits,
  SecretSource,
  SlackConfig,
} from '../../domain/config.ts';
import { personId, providerId, regionId } from '../../domain/ids.ts';
import { mapValues } from '../../domain/records.ts';
import { DAYS, type File } from '../schema/file.ts';
import { buildService, UnbuildableConfig } from './services.ts';
import { buildSignals } from './signals.ts';

const secretSource = (source: {
  readonly env?: string | undefined;
  readonly file?: string | undefined;
}): SecretSource => {
  if (source.env !== undefined) return { env: source.env };
  if (source.file !== undefined) return { file: source.file };
  throw new UnbuildableConfig('a secret passed the checks and is found nowhere');
};

const buildPerson = (name: string, person: File['people'][string]): Person => ({
  person: personId(name),
  role: person.role,
  identities: person.identities,
  shared: person.shared ?? false,
  totpSecretFrom: person.totpSecretFrom === undefined ? null : secretSource(person.totpSecretFrom),
});

const credentialSource = (source: File['providers'][string]['credentials']): CredentialSource =>
  source.kind === 'secrets' ? { kind: source.kind, secrets: mapValues(source.secrets, secretSource) } : source;

/** For accounts that AWS has nothing to do with; never used, and the same for all of them. */
const NO_AWS = { stsRegion: '', requestScheme: 'old' } as const;

const buildProvider = (name: string, provider: File['providers'][string]): ProviderConfig => {
  const { assumeRole, settings } = provider;
  return {
    provider: providerId(name),
    vendor: provider.vendor,
    credentials: credentialSource(provider.credentials),
    assumeRole:
      assumeRole === undefined ? null : { roleArn: assumeRole.roleArn, externalId: assumeRole.externalId ?? null },
    endpoint: provider.endpoint ?? null,
    stsRegion: provider.stsRegion ?? NO_AWS.stsRegion,
    requestScheme: provider.requestScheme ?? NO_AWS.requestScheme,
    cloudwatchEndpoint: provider.cloudwatchEndpoint ?? null,
    expectedPropagationMs: provider.expectedPropagation ?? null,
    nameServers: provider.nameServers ?? [],
    ...(settings === undefined ? {} : { settings }),
  };
};

const buildLimits = (limits: File['safety']['drill']): SafetyLimits => {
  const { shortestBake, factsMaximumAge, commitWindow, startWithin, finishWithin, ...same } = limits;
  return {
    ...same,
    shortestBakeMs: shortestBake,
    factsMaximumAgeMs: factsMaximumAge,
    commitWindowMs: commitWindow,
    startWithinMs: startWithin,
    finishWithinMs: finishWithin,
  };
};

const buildSlack = (slack: NonNullable<File['slack']>): SlackConfig => ({
  team: slack.team,
  enterprise: slack.enterprise ?? null,
  botTokenFrom: secretSource(slack.botTokenFrom),
  transport:
    slack.transport.kind === 'socket'
      ? { kind: 'socket', appTokenFrom: secretSource(slack.transport.appTokenFrom) }
      : {
          kind: 'http',
          signingSecretFrom: secretSource(slack.transport.signingSecretFrom),
          port: slack.transport.port,
        },
  channel: slack.channel,
  channels: [...new Set([slack.channel, ...(slack.channels ?? [])])],
  approversGroup: slack.approversGroup ?? null,
  groups: slack.groups ?? [],
  membershipMaximumAgeMs: slack.membershipMaximumAge,
  secondFactor: slack.secondFactor ?? [],
  endpoint: slack.endpoint ?? null,
});

/** Nobody may change what was accepted, by accident or otherwise. */
export const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
};

/** The config that a file means, once all checks have passed. Adds nothing that the file does not say. */
export const buildConfig = (file: File): Config =>
  frozen({
    version: file.version,
    fleet: file.fleet,
    regions: file.regions.map(regionId),
    people: Object.entries(file.people).map(([name, person]) => buildPerson(name, person)),
    providers: Object.entries(file.providers).map(([name, provider]) => buildProvider(name, provider)),
    services: Object.entries(file.services).map(([name, service]) => buildService(file, name, service)),
    signals: buildSignals(file),
    safety: mapValues(file.safety, buildLimits),
    emergencyFactsAgeMs: file.emergencyFactsAge,
    emergencyHorizonMs: file.emergencyHorizon,
    soloAfterMs: file.soloAfter,
    metricLagMs: file.metricLag,
    sampleEveryMs: file.sampleEvery,
    changeWindows: file.changeWindows.map(({ days, from, to }) => ({
      days: [...new Set(days.map((day) => DAYS.indexOf(day)))].sort((a, b) => a - b),
      fromMinute: from,
      toMinute: to,
    })),
    store: {
      kind: file.store.kind,
      path: file.store.path,
      region: file.store.region === 'outside' ? null : regionId(file.store.region),
    },
    ...(file.slack === undefined ? {} : { slack: buildSlack(file.slack) }),
    notify: file.notify.map((one) => ({
      kind: one.kind,
      urlFrom: one.kind === 'webhook' ? secretSource(one.urlFrom) : null,
    })),
  });
