import type { Mode } from '../domain/config.ts';
import type { Facts, Reading, ServiceFacts } from '../domain/facts.ts';
import type { RegionHealth } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Envelope, PlannedService, PlannedSet } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';
import { WHOLE } from '../domain/units.ts';
import { creditOf, healthOf, type RegionCredit } from './credit.ts';
import type { Deaths } from './dead.ts';
import { highestDemand } from './demand.ts';
import { type Reference, referenceOf } from './in-service.ts';
import { type SetModel, setModel } from './set-model.ts';

/** One service, prepared for many candidates. Arrays run over `regions`; shares are parts of 1. */
export interface ServiceModel {
  readonly planned: PlannedService;
  readonly facts: ServiceFacts | null;
  readonly regions: readonly RegionId[];
  readonly sets: readonly SetModel[];
  readonly reference: Reference;
  /** Cnow: what runs there, as it was last known; null when it never was. A guard of its own asks how old it is. */
  readonly running: readonly (number | null)[];
  readonly health: readonly RegionHealth[];
  readonly credit: readonly RegionCredit[];
  /** The credit of capacity that stays, for itself: the floor asks for nothing else. */
  readonly staying: readonly number[];
  /** w before the step. */
  readonly before: readonly number[];
  readonly demand: number;
  /** Whether the plan wants the region to gain, on its way out and on its way back. */
  readonly gainsOut: readonly boolean[];
  readonly gainsBack: readonly boolean[];
}

/** How old a capacity or a demand may be: in an emergency the last good one counts up to `emergencyFactsAge`. */
export const factsAgeOf = (mode: Mode, factsMaximumAgeMs: number, emergencyFactsAgeMs: number): number =>
  mode === 'emergency' ? emergencyFactsAgeMs : factsMaximumAgeMs;

const known = (reading: Reading | null | undefined): number | null =>
  reading != null && Number.isFinite(reading.value) ? reading.value : null;

const regionsOf = (planned: PlannedService, sets: readonly PlannedSet[]): readonly RegionId[] =>
  keysOf<RegionId>(Object.assign({}, planned.home, planned.capacityReference, ...sets.map(({ members }) => members)));

const wants = (
  sets: readonly PlannedSet[],
  region: RegionId,
  more: (set: PlannedSet) => { readonly less: number; readonly more: number },
): boolean =>
  sets.some((set) => {
    const { less, more: most } = more(set);
    return set.members[region] !== undefined && most > less;
  });

const totalOf = (sets: readonly SetModel[], region: number): number => {
  let share = 0;
  for (const { part, before } of sets) share += part * (before[region] ?? 0);
  return share;
};

export const serviceModel = (input: {
  readonly envelope: Envelope;
  readonly planned: PlannedService;
  /** The sets of this service. */
  readonly sets: readonly PlannedSet[];
  readonly facts: Facts;
  readonly deaths: Deaths;
}): ServiceModel => {
  const { envelope, planned, facts, deaths } = input;
  const service = facts.services[planned.service] ?? null;
  const regions = regionsOf(planned, input.sets);
  const sets = input.sets.map((set) =>
    setModel(set, facts.sets[set.ref.set] ?? null, facts.vendors[set.ref.provider]?.capabilities ?? null, regions),
  );
  const before = regions.map((_, r) => totalOf(sets, r));
  const running = regions.map((region) => known(service?.regions[region]?.capacityNow));
  const health = regions.map((region, r) =>
    healthOf(service?.regions[region], before[r] ?? 0, deaths.isDead(planned.service, region)),
  );
  const credit = regions.map((region, r) =>
    creditOf({
      health: health[r] ?? 'unknown',
      facts: service?.regions[region],
      region,
      mode: envelope.request.mode,
      overrides: envelope.overrides,
      share: before[r] ?? 0,
    }),
  );
  return {
    planned,
    facts: service,
    regions,
    sets,
    reference: referenceOf(
      regions.map((region, r) => ({
        home: (planned.home[region] ?? 0) / WHOLE,
        reference: planned.capacityReference[region] ?? null,
        now: running[r] ?? null,
      })),
    ),
    running,
    health,
    credit,
    staying: credit.map(({ staying }) => staying),
    before,
    demand: highestDemand(service?.demand, planned.demand),
    gainsOut: regions.map((region) =>
      wants(input.sets, region, ({ from, to }) => ({ less: from[region] ?? 0, more: to[region] ?? 0 })),
    ),
    gainsBack: regions.map((region) =>
      wants(input.sets, region, ({ from, to }) => ({ less: to[region] ?? 0, more: from[region] ?? 0 })),
    ),
  };
};
