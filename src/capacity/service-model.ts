import type { Mode } from '../domain/config.ts';
import type { Facts, Reading, ServiceFacts } from '../domain/facts.ts';
import type { RegionHealth } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Envelope, PlannedService } from '../domain/plan.ts';
import { WHOLE } from '../domain/units.ts';
import { creditOf, healthOf, type RegionCredit } from './credit.ts';
import type { Deaths } from './dead.ts';
import { highestDemand } from './demand.ts';
import type { ServiceFrame } from './frame.ts';
import { type Reference, referenceOf } from './in-service.ts';
import type { SetModel } from './set-after.ts';
import type { shapesIn } from './set-shape.ts';

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

const totalOf = (sets: readonly SetModel[], region: number): number => {
  let share = 0;
  for (const { part, shape } of sets) share += part * (shape.before[region] ?? 0);
  return share;
};

export const serviceModel = (input: {
  readonly envelope: Envelope;
  readonly frame: ServiceFrame;
  readonly facts: Facts;
  readonly deaths: Deaths;
  /** The shapes of these facts. */
  readonly shapeOf: ReturnType<typeof shapesIn>;
}): ServiceModel => {
  const { envelope, frame, facts, deaths } = input;
  const { planned, regions, gainsOut, gainsBack } = frame;
  const service = facts.services[planned.service] ?? null;
  const sets = frame.sets.map(({ planned: set, pattern, part }): SetModel => {
    const held = facts.sets[set.ref.set] ?? null;
    return { planned: set, facts: held, part, shape: input.shapeOf(pattern, held) };
  });
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
    gainsOut,
    gainsBack,
  };
};
