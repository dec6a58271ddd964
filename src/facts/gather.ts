import type { Steering } from '../../providers/steering.ts';
import type { Config, Mode, ServiceConfig } from '../domain/config.ts';
import type { Declaration } from '../domain/declaration.ts';
import type { Facts, RegionFacts, ServiceFacts, SetFacts, VendorFacts } from '../domain/facts.ts';
import type { ProviderId, RegionId, RunId, ServiceId, SetId } from '../domain/ids.ts';
import { countedSets } from '../domain/layers.ts';
import { recordOf } from '../domain/records.ts';
import type { SignalReading, SignalSpec } from '../domain/signals.ts';
import type { Fence, SetRef, SetState } from '../domain/steering.ts';
import { type Instant, WHOLE } from '../domain/units.ts';
import { gateRound } from '../gates/judge.ts';
import { quietHealth, regionHealth } from '../gates/region-health.ts';
import type { Probe } from '../ports/probe.ts';
import type { FleetView } from '../run/fleet.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded } from '../run/state.ts';
import { capacityFacts, demandFacts, trafficOf } from './demand.ts';
import { leftAway, outRegions } from './out.ts';
import { type ReadSets, readRefs, readSets } from './read-sets.ts';
import { withRemembered } from './remembered.ts';
import { signalsFor } from './signals.ts';

export interface GatherDeps {
  readonly probe: Probe;
  readonly steerings: ReadonlyMap<ProviderId, Steering>;
  readonly now: () => Instant;
}

export interface Question {
  /** The config the run was approved with; for a new plan the one in force. */
  readonly config: Config;
  readonly inForce: Config;
  /** Digest of the config in force. */
  readonly configDigest: string;
  readonly fleet: FleetView;
  readonly services: readonly ServiceId[];
  /** Set states known from this run's own confirmed writes; null reads every set from the vendor. */
  readonly known: {
    readonly sets: Readonly<Record<SetId, { state: SetState; at: Instant }>>;
    readonly fences: Readonly<Record<string, Fence | null>>;
  } | null;
  /** Sets that are read from the vendor although the others are known: layers that must stay at home meanwhile. */
  readonly beside?: readonly SetRef[];
  /** The run that asks, so that it is not in its own way. */
  readonly run: RunId | null;
  readonly mode: Mode;
  /** What people declare dead in the plan or run that asks; null where they declare nothing. */
  readonly declared: Declaration | null;
  /** How old a signal may be; older is unknown. */
  readonly maximumAgeMs: number;
}

/** What was seen too long ago says nothing of now, here as at the gates. */
const checkHealth = (
  config: Config,
  readings: ReadonlyMap<string, SignalReading>,
  isFresh: (readAt: Instant) => boolean,
): Record<string, 'healthy' | 'unhealthy' | 'unknown'> => {
  const health: Record<string, 'healthy' | 'unhealthy' | 'unknown'> = {};
  for (const { signal, source } of config.signals) {
    if (source.kind !== 'route53-health-check') continue;
    const reading = readings.get(signal);
    if (reading?.kind !== 'state' || !isFresh(reading.readAt)) health[source.healthCheck] = 'unknown';
    else health[source.healthCheck] = reading.state === 'ok' ? 'healthy' : 'unhealthy';
  }
  return health;
};

const vendorFacts = (
  steerings: ReadonlyMap<ProviderId, Steering>,
  fleet: FleetView,
): Readonly<Record<ProviderId, VendorFacts>> =>
  recordOf(
    [...steerings].map(
      ([provider, { capabilities }]) =>
        [provider, { capabilities, zeroOnAliasProven: fleet.provenAliasZero.has(provider) }] as const,
    ),
  );

const shareNow = (service: ServiceConfig, sets: Readonly<Record<SetId, SetFacts>>): ((region: RegionId) => number) => {
  const counted = countedSets(service, (set) => sets[set]?.state);
  return (region) => {
    let share = 0;
    for (const { ref, members, part } of counted) {
      const weights = sets[ref.set]?.state.members.filter(({ present }) => present) ?? [];
      const all = weights.reduce((n, { weight }) => n + (weight ?? 0), 0);
      const own = weights.find(({ member }) => member === members[region])?.weight ?? 0;
      share += all === 0 ? 0 : (part * own) / all;
    }
    return share;
  };
};

/** Monitoring that hangs is monitoring that is down: what it has not said when the signal fires is unknown (design rule 7). */
const readInTime = async (
  probe: Probe,
  specs: readonly SignalSpec[],
  at: Instant,
  signal: AbortSignal,
): Promise<readonly SignalReading[]> => {
  const tooLate = Promise.withResolvers<readonly SignalReading[]>();
  const giveUp = (): void =>
    tooLate.resolve(
      specs.map((spec) => ({
        signal: spec.signal,
        readAt: at,
        kind: 'error',
        because: 'monitoring did not answer in time',
      })),
    );
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([probe.read(specs, at, signal), tooLate.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
};

/** What this run knows of its own sets, and what the vendors say of those beside them. */
const besides = async ({ known, beside = [] }: Question, deps: GatherDeps, signal: AbortSignal): Promise<ReadSets> => {
  const own = { sets: known?.sets ?? {}, fences: known?.fences ?? {}, missing: [] };
  if (beside.length === 0) return own;
  const read = await readRefs(beside, deps, signal);
  return { sets: { ...read.sets, ...own.sets }, fences: own.fences, missing: read.missing };
};

/** One snapshot. Never throws for what could not be read until the signal fires: that is unknown and stands in `missing`. */
export const gatherFacts = async (question: Question, deps: GatherDeps, signal: AbortSignal): Promise<Facts> => {
  const { config, fleet, declared } = question;
  const wanted = new Set(question.services);
  const services = config.services.filter(({ service }) => wanted.has(service));
  const read = question.known === null ? await readSets(services, deps, signal) : await besides(question, deps, signal);
  // Listing two hundred zones takes twenty seconds of the vendor's budget. Each set says when it was read; the snapshot is as
  // old as its signals, or no large fleet would ever have one within the commit window.
  const at = deps.now();
  const states = Object.values(read.sets).map(({ state }) => state);
  const specs = signalsFor(config, services, states);
  const answers = await readInTime(deps.probe, specs, at, signal);
  const readings = new Map(answers.map((reading) => [reading.signal, reading]));
  const judgeRound = gateRound(specs, answers);
  const checks = checkHealth(config, readings, (readAt) => deps.now() - readAt <= question.maximumAgeMs);
  const source = question.known === null ? 'listed' : 'written';
  const membersOf = new Map(services.flatMap(({ sets: own }) => own.map(({ ref, members }) => [ref.set, members])));
  const sets = recordOf(
    Object.values(read.sets).map(({ state: found, at: observedAt }) => {
      const members = membersOf.get(found.set);
      const state = source === 'written' || members === undefined ? found : withRemembered(found, members, fleet);
      return [found.set, { state, observedAt, source, checks } as const] as const;
    }),
  );

  const factsOf = (service: ServiceConfig): ServiceFacts => {
    const share = shareNow(service, sets);
    const judged = judgeRound(service.gates, {
      now: deps.now(),
      maximumAgeMs: question.maximumAgeMs,
      expectedShareRatio: (region) => {
        const home = region === null ? WHOLE : (service.home[region] ?? 0);
        return region === null || home === 0 ? 1 : share(region) / home;
      },
    });
    const regionFacts = (region: RegionId): RegionFacts => {
      const capacity = capacityFacts(service, readings, region, at);
      const gates = judged.filter((gate) => gate.region === region);
      const peopleSay = declared?.region === region && declared.counts;
      return {
        capacityNow: capacity.now,
        capacityReference: capacity.reference,
        traffic: trafficOf(service, readings, region),
        health: regionHealth(gates, region, config.store.region, peopleSay),
        quietHealth: quietHealth(gates, region, config.store.region, peopleSay),
        gates,
      };
    };
    return {
      demand: demandFacts(service, readings, share, at),
      regions: recordOf(config.regions.map((region) => [region, regionFacts(region)] as const)),
      gates: judged.filter(({ region }) => region === null),
    };
  };

  return {
    at,
    sets,
    fences: read.fences,
    services: recordOf(services.map((service) => [service.service, factsOf(service)] as const)),
    charges: fleet.charges.filter((charge) => charge.at > at - 60 * 60 * 1000),
    freezes: fleet.freezes.filter(({ until }) => until === null || until > at),
    out: outRegions(fleet, config),
    ...(services.some(({ layers }) => layers !== undefined) ? { leftAway: leftAway(fleet, services) } : {}),
    otherRuns: [...fleet.runs.values()]
      .filter((run) => !isEnded(run) && run.run !== question.run)
      .map((run) => ({ run: run.run, region: run.envelope.source, phase: phaseOf(run).words })),
    vendors: vendorFacts(deps.steerings, fleet),
    configDigest: question.configDigest,
    limitsInForce: question.inForce.safety[question.mode],
    declared,
    missing: 'missing' in read ? read.missing : [],
  };
};
