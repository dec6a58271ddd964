import { openProvider } from '../../providers/registry.ts';
import type { RecordSet } from '../../providers/route53/fake/records.ts';
import { createRoute53Fake, type Route53Fake } from '../../providers/route53/fake.ts';
import type { Steering } from '../../providers/steering.ts';
import type { Config, ProviderConfig, ServiceConfig } from '../../src/domain/config.ts';
import { providerId, type RegionId, type ServiceId } from '../../src/domain/ids.ts';
import { entriesOf } from '../../src/domain/records.ts';
import type { SignalReading, SignalSpec } from '../../src/domain/signals.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import type { VirtualClock } from '../../src/system/virtual-clock.ts';
import { type FleetOptions, fleetConfig } from '../support/fleet-config.ts';
import { providerDeps } from '../support/provider-deps.ts';

const ACCOUNT = '111122223333';
export const DNS = providerId('dns-1');

/**
 * The request budget that the vendor has published: 10 a second with a burst of 50. Its bucket for record changes is left
 * out, because its size is not published.
 */
const PUBLISHED = { account: { burst: 50, perSecond: 10 }, eachAction: { burst: 50, perSecond: 10 } };

const PROVIDER: ProviderConfig = {
  provider: DNS,
  vendor: 'route53',
  credentials: { kind: 'sandbox', accountId: ACCOUNT },
  assumeRole: null,
  endpoint: 'http://127.0.0.1:1',
  stsRegion: 'us-west-2',
  requestScheme: 'new',
  cloudwatchEndpoint: null,
  expectedPropagationMs: null,
  nameServers: [],
};

export interface Route53FleetOptions {
  readonly services: number;
  readonly namesPerService: number;
  readonly zones: number;
  /** Record sets of one zone, those of others included, as the vendor counts them; at least the steered ones. */
  readonly recordsPerZone: number;
  /** Hosted zones in the account; at least the steered ones. */
  readonly hostedZones: number;
  readonly limits?: FleetOptions['limits'];
}

export interface Route53Fleet {
  readonly config: Config;
  readonly fake: Route53Fake;
  /** The account opened anew: nothing is known yet of zones and budgets, as in a process that has just started. */
  readonly openSteering: () => Promise<Steering>;
  readonly probe: Probe;
  /** Bytes of all bodies that went over the wire, both ways. */
  readonly wireBytes: () => number;
}

const NS_AND_SOA = 2;
/** From the request to its answer: a plain figure for a control plane one ocean away. */
const ROUND_TRIP_MS = 100;
const PROPAGATION_MS = 45_000;
const DEMAND = 1200;

const zoneName = (zone: string): string => `${zone}.example.`;

const recordsOf = (services: readonly ServiceConfig[], zone: string, recordsPerZone: number): RecordSet[] => {
  const steered = services.flatMap(({ sets, home }) =>
    sets
      .filter(({ ref }) => ref.zone === zone)
      .flatMap(({ ref, members, ttlSeconds }) =>
        entriesOf<RegionId, string>(members).map(([region, setIdentifier], i) => ({
          name: ref.name,
          type: ref.type,
          setIdentifier,
          weight: Math.round((home[region] ?? 0) / 33.34),
          ttlSeconds,
          values: [`192.0.2.${i + 1}`],
        })),
      ),
  );
  const others = Array.from({ length: Math.max(0, recordsPerZone - steered.length - NS_AND_SOA) }, (_, n) => ({
    // Between the steered names, so that no page holds only what is wanted.
    name: `${services[n % services.length]?.service ?? 'svc'}-x${n}.${zoneName(zone)}`,
    type: 'A',
    ttlSeconds: 60,
    values: ['192.0.2.9'],
  }));
  return [...steered, ...others];
};

/** Where the answers of the name servers send the users of a service now; users follow them at once in this world. */
const sharesOf = (fake: Route53Fake, services: readonly ServiceConfig[]): Map<ServiceId, Record<string, number>> => {
  const weights = new Map<string, Map<string, number>>();
  for (const { data } of fake.zones())
    for (const { name, setIdentifier, weight } of data) {
      if (setIdentifier === undefined || weight === undefined) continue;
      const members = weights.get(name) ?? new Map<string, number>();
      weights.set(name, members.set(setIdentifier, weight));
    }
  return new Map(
    services.map(({ service, sets }) => {
      const members = weights.get(sets[0]?.ref.name ?? '') ?? new Map<string, number>();
      const all = [...members.values()].reduce((sum, weight) => sum + weight, 0);
      return [service, Object.fromEntries([...members].map(([member, weight]) => [member, weight / all]))] as const;
    }),
  );
};

const probeOf = (config: Config, fake: Route53Fake): Probe => ({
  read: async (signals, now) => {
    const shares = sharesOf(fake, config.services);
    const read = ({ signal, service, region }: SignalSpec): SignalReading => {
      const number = (value: number): SignalReading => {
        const latest = { at: now, value, sampleCount: 1000 };
        return { signal, readAt: now, kind: 'number', latest, recent: [latest], lastWeek: null };
      };
      if (signal.startsWith('traffic:'))
        return number(service === null ? 0 : (shares.get(service)?.[`m-${region}`] ?? 0) * DEMAND);
      if (signal.startsWith('capacity:')) return number(1000);
      if (signal.startsWith('errors:')) return number(0.001);
      return { signal, readAt: now, kind: 'state', state: 'ok', because: 'probed' };
    };
    return signals.map(read);
  },
});

/** Time stands still during a call of the provider, except where the provider itself waits for a token or for the wire. */
const inFlight = (steering: Steering, clock: VirtualClock): Steering => ({
  capabilities: steering.capabilities,
  read: (refs, signal) => clock.busy('read', () => steering.read(refs, signal)),
  replace: (write, signal) => clock.busy('replace', () => steering.replace(write, signal)),
  propagation: (changes, signal) => clock.busy('propagation', () => steering.propagation(changes, signal)),
});

const moved = (config: Config, zoneIds: ReadonlyMap<string, string>): Config => ({
  ...config,
  providers: [PROVIDER],
  services: config.services.map((service) => ({
    ...service,
    sets: service.sets.map((set, i) => {
      const name = `${service.service}-n${i}.${zoneName(set.ref.zone)}`;
      return { ...set, ref: { ...set.ref, provider: DNS, name, zone: zoneIds.get(set.ref.zone) ?? set.ref.zone } };
    }),
  })),
});

/** A fleet at the real Route 53 provider and the real SDK, over the wire fake in this process, in virtual time. */
export const route53Fleet = async (clock: VirtualClock, options: Route53FleetOptions): Promise<Route53Fleet> => {
  const { zones, recordsPerZone, hostedZones, namesPerService, limits = {} } = options;
  const services = Array.from({ length: options.services }, (_, i) => `svc${String(i).padStart(4, '0')}`);
  const plain = moved(fleetConfig({ services, names: namesPerService, zones, limits }), new Map());
  const fake = createRoute53Fake({
    now: () => clock.now(),
    random: () => 0.5,
    accounts: [{ id: ACCOUNT, userName: 'steer', accessKeyIds: [ACCOUNT] }],
    propagationMs: PROPAGATION_MS,
    throttling: PUBLISHED,
    limits: { zones: 500 },
  });
  for (let n = 0; n < hostedZones - zones; n += 1) fake.createZone({ accountId: ACCOUNT, name: `idle${n}.test` });
  const zoneIds = new Map(
    Array.from({ length: zones }, (_, z) => {
      const zone = `zone-${z}`;
      const records = recordsOf(plain.services, zone, recordsPerZone);
      return [zone, fake.createZone({ accountId: ACCOUNT, name: zoneName(zone), records })] as const;
    }),
  );
  const config = moved(fleetConfig({ services, names: namesPerService, zones, limits }), zoneIds);
  let bytes = 0;
  const transport = createInProcessHandler(
    async (request) => {
      const answer = await fake.handle(request);
      bytes += request.body.length + (typeof answer === 'string' ? 0 : answer.body.length);
      return answer;
    },
    { before: () => (clock satisfies Clock).sleep(ROUND_TRIP_MS, new AbortController().signal) },
  );
  const openSteering = async (): Promise<Steering> => {
    const { steering } = await openProvider(
      PROVIDER,
      { conditionalWrite: true, fence: 'native', zeroOnAlias: false },
      providerDeps({ clock, transport }),
    );
    return inFlight(steering, clock);
  };
  return { config, fake, openSteering, probe: probeOf(config, fake), wireBytes: () => bytes };
};
