import { type MemoryPromises, memorySteering } from '../../providers/memory/steering.ts';
import type { MemoryVendor } from '../../providers/memory/vendor.ts';
import type { Steering } from '../../providers/steering.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Config, ServiceConfig } from '../../src/domain/config.ts';
import { declarationOf } from '../../src/domain/declaration.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { type PersonId, type ProviderId, type RegionId, type RunId, runId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import type { MoveRequest } from '../../src/domain/plan.ts';
import { entriesOf } from '../../src/domain/records.ts';
import type { SignalReading, SignalSpec } from '../../src/domain/signals.ts';
import type { Instant } from '../../src/domain/units.ts';
import { DEFAULT_OPTIONS, type ExecutorDeps, type ExecutorOptions } from '../../src/executor/deps.ts';
import { Executor } from '../../src/executor/executor.ts';
import { FleetTail } from '../../src/executor/fleet-tail.ts';
import { gatherFacts } from '../../src/facts/gather.ts';
import { type Proposal, propose } from '../../src/planner/propose.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { FLEET_STREAM, type RunEvent, runStream } from '../../src/run/events.ts';
import type { Run } from '../../src/run/state.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { Caches } from './caches.ts';
import { APPROVER, type FleetOptions, fleetConfig, MODEL, OPERATOR } from './fleet-config.ts';
import { type ModelVendorOptions, modelVendors } from './model-vendors.ts';
import { numberAt, unread } from './readings.ts';

/** What a test can break in the model's world. */
export interface ModelWorld {
  demand: number;
  readonly failing: Set<RegionId>;
  readonly silent: Set<RegionId>;
  /** Regions whose own monitoring of errors says nothing; probes from outside and traffic are heard all the same. */
  readonly unheard: Set<RegionId>;
  readonly capacity: Map<RegionId, number>;
  monitoringDown: boolean;
}

export interface Model {
  readonly config: Config;
  readonly clock: Clock;
  readonly vendor: MemoryVendor;
  readonly steering: Steering;
  /** Every vendor of the config by its provider, `vendor` and `steering` among them. */
  readonly vendors: ReadonlyMap<ProviderId, MemoryVendor>;
  readonly steerings: ReadonlyMap<ProviderId, Steering>;
  readonly probe: Probe;
  readonly world: ModelWorld;
  readonly disk: MemoryDisk;
  readonly store: Store;
  readonly executor: (options?: Partial<ExecutorOptions>, deps?: Partial<ExecutorDeps>) => Executor;
  readonly deps: (overrides?: Partial<ExecutorDeps>) => ExecutorDeps;
  readonly plan: (request: Partial<MoveRequest>) => Promise<Proposal>;
  readonly ask: (run: RunId, event: RunEvent) => Promise<void>;
  /** Plans, proposes and, unless told not to, approves; gives the run's id. Throws when the plan is refused. */
  readonly start: (request: Partial<MoveRequest>, approve?: boolean) => Promise<RunId>;
  readonly run: (id: RunId) => Promise<Run>;
  readonly runs: () => Promise<readonly Run[]>;
  /** Fraction of new answers each region gets for the first name of a service. */
  readonly answers: (service?: string) => Readonly<Record<RegionId, number>>;
}

export interface ModelOptions extends FleetOptions, ModelVendorOptions {
  readonly demand?: number;
  /** How far the vendor keeps its promises; all of them where left out. */
  readonly promises?: MemoryPromises;
  /** The fleet as a test wants it: other providers, layers, sets of another kind. */
  readonly reshape?: (config: Config) => Config;
  /** Part of the traffic of a service that a region gets, 0..1, where the first set of the service does not say it. */
  readonly traffic?: (
    service: ServiceConfig,
    region: RegionId,
    vendors: ReadonlyMap<ProviderId, MemoryVendor>,
  ) => number;
  /** What of each steering a test replaces, e.g. with one that can be switched off. */
  readonly wrap?: (steering: Steering, provider: ProviderId) => Steering;
}

/** The whole engine over ports in memory: nothing here touches a socket, a file or the real clock. */
export const buildModel = async (clock: Clock, options: ModelOptions = {}): Promise<Model> => {
  const config = (options.reshape ?? ((same) => same))(fleetConfig(options));
  const world: ModelWorld = {
    demand: options.demand ?? 1200,
    failing: new Set(),
    silent: new Set(),
    unheard: new Set(),
    capacity: new Map(config.regions.map((region) => [region, options.capacity ?? 1000])),
    monitoringDown: false,
  };
  const vendors = modelVendors(config, clock, options);
  const vendor = vendors.get(MODEL);
  if (vendor === undefined) throw new Error('the model has no vendor of its own');
  const disk = new MemoryDisk({ storeId: 'store_model', region: 'us-west-2', madeAt: clock.now() });
  const open = (): Store => openMemoryStore(disk, { clock, hash: sha256 });
  const store = open();
  const digest = sha256.of(canonicalText(config));
  await store.journal.append({
    stream: FLEET_STREAM,
    expectedVersion: 0,
    events: [
      {
        type: 'config.accepted',
        data: { config: JSON.parse(JSON.stringify(config)), digest, by: null, second: null, changes: [] },
      },
    ],
  });

  const caches = new Map(config.services.map(({ service }) => [service, new Caches(vendor, clock)]));

  const kindOf = new Map(config.signals.map(({ signal }) => [signal, signal.split(':')[0]]));
  const measured = (spec: SignalSpec, region: RegionId, service: ServiceConfig, now: Instant): SignalReading => {
    const fails = world.failing.has(region);
    const [set] = service.sets;
    switch (kindOf.get(spec.signal)) {
      case 'traffic': {
        if (options.traffic !== undefined)
          return numberAt(spec.signal, now, options.traffic(service, region, vendors) * world.demand);
        const cache = caches.get(service.service);
        const share =
          set === undefined ? 0 : (cache?.share(set.ref, set.members[region] ?? '', set.ttlSeconds * 1000) ?? 0);
        return numberAt(spec.signal, now, share * world.demand);
      }
      case 'capacity':
        return numberAt(spec.signal, now, world.capacity.get(region) ?? 0);
      case 'errors':
        if (world.unheard.has(region)) return unread(spec, now, 'no-data', 'its own monitoring is silent');
        return numberAt(spec.signal, now, fails ? 0.5 : 0.001);
      default:
        return { signal: spec.signal, readAt: now, kind: 'state', state: fails ? 'alarm' : 'ok', because: 'probed' };
    }
  };
  const serviceById = new Map(config.services.map((service) => [service.service, service]));
  const probe: Probe = {
    read: async (signals, now) =>
      signals.map((spec): SignalReading => {
        const service = spec.service === null ? undefined : serviceById.get(spec.service);
        if (spec.region === null || service === undefined) return unread(spec, now, 'error', 'nobody measures it');
        if (world.monitoringDown) return unread(spec, now, 'error', 'monitoring is down');
        if (world.silent.has(spec.region)) return unread(spec, now, 'no-data', 'the region is silent');
        return measured(spec, spec.region, service, now);
      }),
  };

  const parsed = new Map<unknown, Config>();
  const wrap = options.wrap ?? ((same) => same);
  const steerings = new Map(
    [...vendors].map(([provider, its]) => [provider, wrap(memorySteering(its, options.promises), provider)] as const),
  );
  const steering = steerings.get(MODEL) ?? memorySteering(vendor, options.promises);
  const gatherDeps = { probe, steerings, now: () => clock.now() };
  const deps = (overrides: Partial<ExecutorDeps> = {}): ExecutorDeps => {
    const own = open();
    return {
      journal: own.journal,
      lease: own.lease,
      clock,
      hash: sha256,
      gather: (question, signal): Promise<Facts> => gatherFacts(question, gatherDeps, signal),
      steering: (provider) => steerings.get(provider),
      readConfig: (value) => parsed.get(value) ?? (value as Config),
      answers: { ask: async () => null },
      watcher: { tell: () => {} },
      holder: `executor-${disk.identity.storeId}`,
      storeRegion: null,
      ...overrides,
    };
  };

  const fleet = async (): Promise<FleetTail> => {
    const tail = new FleetTail(store.journal);
    await tail.catchUp();
    return tail;
  };
  const run = async (id: RunId): Promise<Run> => (await fleet()).run(id);
  let runs = 0;
  const plan = async (partial: Partial<MoveRequest>): Promise<Proposal> => {
    const { view } = await fleet();
    const request: MoveRequest = {
      verb: 'evacuate',
      mode: 'drill',
      region: null,
      services: [],
      to: [],
      share: null,
      because: 'a test',
      stayMs: null,
      overrides: [],
      ...partial,
    };
    const facts = await gatherFacts(
      {
        config,
        inForce: config,
        configDigest: digest,
        fleet: view,
        services: config.services.map(({ service }) => service),
        known: null,
        run: null,
        mode: request.mode,
        declared: declarationOf(request, OPERATOR, 'pending'),
        maximumAgeMs: config.safety[request.mode].factsMaximumAgeMs,
      },
      gatherDeps,
      new AbortController().signal,
    );
    const asker = config.people.find(({ person }) => person === OPERATOR);
    if (asker === undefined) throw new Error('no operator');
    return propose({
      request,
      config,
      configDigest: digest,
      facts,
      asker,
      store: disk.identity.storeId,
      now: clock.now(),
    });
  };
  const append = async (id: RunId, version: number, event: RunEvent): Promise<void> => {
    const done = await store.journal.append({
      stream: runStream(id),
      expectedVersion: version,
      events: [{ type: event.type, data: JSON.parse(JSON.stringify(event.data)) }],
    });
    if (!done.ok) throw new Error(`could not append ${event.type}: ${done.because}`);
  };
  const ask = async (id: RunId, event: RunEvent): Promise<void> => append(id, (await run(id)).version, event);
  const start = async (request: Partial<MoveRequest>, approve = true): Promise<RunId> => {
    const { envelope, forecast, objections } = await plan(request);
    const against = refusals(objections);
    if (envelope === null || forecast === null || against.length > 0)
      throw new Error(`refused: ${against.map(({ because }) => because).join('; ')}`);
    runs += 1;
    const id = runId(`run_${runs}`);
    const planDigest = sha256.of(canonicalText(envelope));
    const by: PersonId = OPERATOR;
    await append(id, 0, {
      type: 'run.proposed',
      data: {
        run: id,
        by,
        door: 'test',
        envelope,
        digest: planDigest,
        forecast,
        warnings: [],
        approvalNeeded: true,
        notInForce: [],
      },
    });
    if (approve)
      await ask(id, { type: 'approval.given', data: { by: APPROVER, door: 'test', digest: planDigest, solo: false } });
    return id;
  };
  return {
    config,
    clock,
    vendor,
    steering,
    vendors,
    steerings,
    probe,
    world,
    disk,
    store,
    deps,
    executor: (more = {}, overrides = {}) =>
      new Executor(deps(overrides), { ...DEFAULT_OPTIONS, untilIdle: true, ...more }),
    plan,
    ask,
    start,
    run,
    runs: async () => [...(await fleet()).view.runs.values()],
    answers: (name) => {
      const service = config.services.find(({ service: id }) => name === undefined || id === name);
      const set = service?.sets[0];
      if (set === undefined) return {};
      const byMember = vendor.answers(set.ref);
      return Object.fromEntries(
        entriesOf<RegionId, string>(set.members).map(([region, member]) => [region, byMember[member] ?? 0]),
      );
    },
  };
};
