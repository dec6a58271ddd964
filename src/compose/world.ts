import { Route53Client } from '@aws-sdk/client-route-53';
import { awsCredentials, timedTransport } from '../../providers/aws-credentials.ts';
import { ProviderError } from '../../providers/errors.ts';
import type { Records } from '../../providers/records.ts';
import { openProvider } from '../../providers/registry.ts';
import type { Steering } from '../../providers/steering.ts';
import type { OpenedProvider } from '../../providers/vendor.ts';
import type { Config, ProviderConfig, SecretSource } from '../domain/config.ts';
import type { ProviderId } from '../domain/ids.ts';
import { cloudWatchProbe } from '../health/cloudwatch.ts';
import { cloudWatchClient } from '../health/cloudwatch-client.ts';
import { dnsAnswersProbe } from '../health/dns-answers.ts';
import { httpProbe } from '../health/http.ts';
import { probes } from '../health/probes.ts';
import { route53HealthCheckProbe } from '../health/route53-health-checks.ts';
import type { RecordAccount } from '../operations/deps.ts';
import type { Probe } from '../ports/probe.ts';
import type { FleetView } from '../run/fleet.ts';
import type { Mount } from './mount.ts';
import { readSecret } from './secrets.ts';

/** Every account of one config, opened, and the probes that read its signals. */
export interface World {
  readonly config: Config;
  readonly providers: ReadonlyMap<ProviderId, OpenedProvider>;
  readonly steerings: ReadonlyMap<ProviderId, Steering>;
  readonly probe: Probe;
  /** Providers that could not be opened, in a sentence each. */
  readonly problems: readonly string[];
}

const CONNECT_MS = 2000;
const REQUEST_MS = 8000;
const CHECK_REFRESH_SECONDS = 10;
/** Two intervals of the slower kind of health check. */
const CHECK_REPORT_SECONDS = 60;

const probeOf = (config: Config, mount: Mount): Probe => {
  const account = (provider: ProviderId): ProviderConfig => {
    const found = config.providers.find((candidate) => candidate.provider === provider);
    if (found === undefined) throw new ProviderError('not-found', `the config has no provider ${provider}`);
    return found;
  };
  const credentials = (provider: ProviderConfig) =>
    awsCredentials(provider, mount.environment, mount.aws ?? timedTransport());
  const clients = new Map<string, ReturnType<typeof cloudWatchClient>>();
  const checkers = new Map<ProviderId, Route53Client>();
  const policy = mount.policy();
  const counted = new Set(
    config.services.flatMap(({ gates }) =>
      gates.flatMap(({ signal, rule }) => (rule.kind !== 'state' && rule.minimumSamples > 0 ? [signal] : [])),
    ),
  );
  return probes({
    cloudWatch: cloudWatchProbe({
      policy,
      observe: mount.observeHealth,
      countsSamples: ({ signal }) => counted.has(signal),
      clientFor: (awsRegion, provider) => {
        const key = `${awsRegion} ${provider}`;
        const known = clients.get(key);
        if (known !== undefined) return known;
        const at = account(provider);
        const client = cloudWatchClient({
          awsRegion,
          credentials: credentials(at),
          endpoint: at.cloudwatchEndpoint,
          connectTimeoutMs: CONNECT_MS,
          requestTimeoutMs: REQUEST_MS,
          ...(mount.aws === null ? {} : { requestHandler: mount.aws }),
        });
        clients.set(key, client);
        return client;
      },
    }),
    route53HealthChecks: route53HealthCheckProbe({
      policy,
      observe: mount.observeHealth,
      refreshAfterMs: CHECK_REFRESH_SECONDS * mount.checkSecondMs,
      reportAgeMs: CHECK_REPORT_SECONDS * mount.checkSecondMs,
      // How old a reading may be is for the config to say; each gate judges that by its own mode.
      maximumAgeMs: Math.max(...Object.values(config.safety).map(({ factsMaximumAgeMs }) => factsMaximumAgeMs)),
      secondMs: mount.checkSecondMs,
      clientFor: (provider) => {
        const known = checkers.get(provider);
        if (known !== undefined) return known;
        const at = account(provider);
        const client = new Route53Client({
          region: 'us-east-1',
          credentials: credentials(at),
          maxAttempts: 1,
          requestHandler: mount.aws ?? timedTransport(),
          ...(at.endpoint === null ? {} : { endpoint: at.endpoint }),
        });
        checkers.set(provider, client);
        return client;
      },
    }),
    http: httpProbe({
      resolve: mount.resolve,
      send: mount.http,
      observe: mount.observeHealth,
      connectTimeoutMs: CONNECT_MS,
    }),
    dnsAnswers: dnsAnswersProbe(dnsAsker(mount)),
  });
};

export const dnsAsker = (mount: Mount) => ({
  transport: mount.dns,
  resolve: mount.resolve,
  freshId: () => Math.floor(mount.random.next() * 65_536),
  observe: mount.observeHealth,
});

/** Every call to the vendor is one that virtual time waits for. */
const inFlight = (steering: Steering, mount: Mount): Steering => ({
  capabilities: steering.capabilities,
  read: (refs, signal) => mount.inFlight('steering.read', () => steering.read(refs, signal)),
  replace: (write, signal) => mount.inFlight('steering.replace', () => steering.replace(write, signal)),
  propagation: (changes, signal) => mount.inFlight('steering.propagation', () => steering.propagation(changes, signal)),
});

const recordsInFlight = (records: Records, mount: Mount): Records => ({
  capabilities: records.capabilities,
  checkConnection: (signal) => mount.inFlight('records.check', () => records.checkConnection(signal)),
  zones: (name, signal) => mount.inFlight('records.zones', () => records.zones(name, signal)),
  putZone: (wish, signal) => mount.inFlight('records.put-zone', () => records.putZone(wish, signal)),
  deleteZone: (id, signal) => mount.inFlight('records.delete-zone', () => records.deleteZone(id, signal)),
  recordSets: (zone, query, signal) => mount.inFlight('records.read', () => records.recordSets(zone, query, signal)),
  change: (zone, changes, comment, signal) =>
    mount.inFlight('records.change', () => records.change(zone, changes, comment, signal)),
  geoRegions: (signal) => mount.inFlight('records.places', () => records.geoRegions(signal)),
  propagation: (changes, signal) => mount.inFlight('records.propagation', () => records.propagation(changes, signal)),
});

/** The accounts of a world as zones and records. */
export const recordAccounts = ({ config, providers }: World): readonly RecordAccount[] =>
  config.providers.flatMap(({ provider, vendor }) => {
    const opened = providers.get(provider);
    return opened === undefined ? [] : [{ provider, vendor, records: opened.records }];
  });

/** Opens what a config names. A provider that cannot be opened is a problem told, not the end: hold must work without it. */
export const openWorld = async (config: Config, fleet: FleetView, mount: Mount): Promise<World> => {
  const problems: string[] = [];
  const probe = probeOf(config, mount);
  const providers = new Map<ProviderId, OpenedProvider>();
  for (const provider of config.providers) {
    const isProven = fleet.provenProviders.has(provider.provider);
    const zeroOnAlias = fleet.provenAliasZero.has(provider.provider);
    const proven =
      isProven || zeroOnAlias ? { conditionalWrite: isProven, fence: 'native' as const, zeroOnAlias } : null;
    try {
      const deps = {
        clock: mount.clock,
        policy: mount.policy(),
        observe: mount.observeVendor,
        environment: mount.environment,
        transport: mount.aws,
        http: mount.vendorHttp,
        dns: mount.vendorDns,
        dnsTransfer: mount.vendorDnsTransfer,
        secret: (source: SecretSource) => readSecret(source, mount),
        memory: null,
      };
      // Vendors are loaded when they are needed, and reading a file takes real time.
      const opened = await mount.inFlight('open provider', () => openProvider(provider, proven, deps));
      const records = opened.records === null ? null : recordsInFlight(opened.records, mount);
      providers.set(provider.provider, { ...opened, steering: inFlight(opened.steering, mount), records });
    } catch (error) {
      problems.push(`${provider.provider}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return {
    config,
    providers,
    steerings: new Map([...providers].map(([id, { steering }]) => [id, steering] as const)),
    probe: { read: (signals, now, signal) => mount.inFlight('probe', () => probe.read(signals, now, signal)) },
    problems,
  };
};
