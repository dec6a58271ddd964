import type { Facts, ServiceFacts } from '../domain/facts.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { PlannedService } from '../domain/plan.ts';
import { entriesOf, keysOf, mapValues, recordOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import { combinedVerdict, type Verdict, verdictOf } from '../gates/combine.ts';
import { NOTHING_REMEMBERED, remember } from '../gates/memory.ts';
import { waveOfServices } from '../planner/path.ts';
import type { Observation, SeenGate } from './events.ts';
import { setsOfService } from './planned-sets.ts';
import type { Run } from './state.ts';

/** Regions that gain traffic in the present direction, by service: the ones whose gates count as destinations. */
export const gainers = (run: Run, service: ServiceId): readonly RegionId[] => {
  const gaining = new Set<RegionId>();
  for (const { ref } of setsOfService(run.envelope, service)) {
    const way = run.sets[ref.set];
    if (way === undefined) continue;
    for (const [region, to] of entriesOf<RegionId, BasisPoints>(way.to))
      if (to > (way.from[region] ?? 0)) gaining.add(region);
  }
  return [...gaining].sort();
};

/** Shares of a service as the records stand, weighted by the traffic each set carries. */
export const serviceShares = (run: Run, service: ServiceId): Shares => {
  const total: Record<RegionId, number> = {};
  for (const { ref, members, part } of setsOfService(run.envelope, service)) {
    const live = run.sets[ref.set]?.live.members ?? [];
    const all = live.reduce((n, { present, weight }) => n + (present ? (weight ?? 0) : 0), 0);
    for (const [region, member] of entriesOf<RegionId, string>(members)) {
      const own = live.find((m) => m.member === member && m.present)?.weight ?? 0;
      total[region] = (total[region] ?? 0) + (all === 0 ? 0 : (part * own) / all);
    }
  }
  return mapValues<RegionId, number, number>(total, (share) => Math.round(share));
};

const seenGates = (facts: ServiceFacts): readonly SeenGate[] =>
  [...facts.gates, ...Object.values(facts.regions).flatMap(({ gates }) => gates)].map(
    ({ gate, region, outcome, value, limit, because, observedAt }) => ({
      gate,
      region,
      outcome,
      value,
      limit,
      because: outcome === 'PASS' ? null : because,
      observedAt,
    }),
  );

const utilisation = (facts: ServiceFacts): Readonly<Record<RegionId, BasisPoints | null>> =>
  mapValues(facts.regions, ({ traffic, capacityNow }) =>
    traffic === null || capacityNow === null || capacityNow.value <= 0
      ? null
      : Math.round((traffic.value / capacityNow.value) * WHOLE),
  );

const verdictFor = (run: Run, planned: PlannedService, facts: ServiceFacts): Verdict => {
  const destinations = gainers(run, planned.service);
  const shares = serviceShares(run, planned.service);
  const judgements = [...facts.gates, ...Object.values(facts.regions).flatMap(({ gates }) => gates)];
  const { mode } = run.envelope.request;
  const verdict = verdictOf({
    mode,
    direction: run.direction,
    destinations,
    withoutTraffic: destinations.filter((region) => (shares[region] ?? 0) === 0),
    specs: planned.gates,
    judgements,
    memory: remember(run.gateMemory[planned.service] ?? NOTHING_REMEMBERED, judgements),
    passesToProceed: mode === 'emergency' ? 1 : run.envelope.limits.passesToProceed,
    overrides: run.envelope.overrides,
  });
  // Gates of several services often have the same name.
  return { ...verdict, because: verdict.because.map((line) => `${planned.service}: ${line}`) };
};

const NOTHING_KNOWN: ServiceFacts = {
  demand: { measured: null, beforeTrouble: null, lastWeek: null, forecastPeak: null },
  regions: {},
  gates: [],
};

/** Nothing moves in this direction, so no gate is opened: neither a pass nor a reason to hold. */
const NOTHING_TO_JUDGE: Verdict = {
  go: false,
  holdFor: null,
  endsOnlyByPerson: false,
  passesInARow: 0,
  because: ['nothing moves'],
};

/**
 * Services that have moved or move now. One whose shares stay as they are has no destination: on a roll back before a later
 * wave began, its gates would have nobody to speak of and hold the others for ever.
 */
const servicesAtHand = (run: Run): readonly PlannedService[] => {
  const waves = waveOfServices(run.envelope, run.direction);
  const moving = run.envelope.services.filter(({ service }) => gainers(run, service).length > 0);
  const waveOf = ({ service }: PlannedService): number => waves.get(service) ?? 0;
  const ahead = moving.map(waveOf).filter((wave) => wave >= run.wave);
  const atHand = ahead.length === 0 ? run.wave : Math.min(...ahead);
  return moving.filter((planned) => waveOf(planned) <= atHand);
};

/**
 * What one snapshot says about a run: the gates of every service that has moved or moves now, by the table of its mode.
 * Services of later waves are seen but not yet judged.
 */
export const observe = (run: Run, facts: Facts): Observation => {
  const judged = servicesAtHand(run);
  const verdict =
    judged.length === 0
      ? NOTHING_TO_JUDGE
      : combinedVerdict(
          judged.map((planned) => verdictFor(run, planned, facts.services[planned.service] ?? NOTHING_KNOWN)),
        );
  return {
    services: run.envelope.services.map(({ service }) => {
      const known = facts.services[service] ?? NOTHING_KNOWN;
      return {
        service,
        demand: known.demand.measured?.value ?? null,
        traffic: recordOf(
          keysOf<RegionId>(known.regions).map(
            (region) => [region, known.regions[region]?.traffic?.value ?? null] as const,
          ),
        ),
        utilisation: utilisation(known),
        gates: seenGates(known),
      };
    }),
    verdict: {
      go: verdict.go,
      hold: verdict.holdFor,
      endsOnlyByPerson: verdict.endsOnlyByPerson,
      because: verdict.because,
    },
  };
};
