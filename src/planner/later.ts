import type { Facts, Reading, RegionFacts } from '../domain/facts.ts';
import { mapValues } from '../domain/records.ts';
import type { Instant } from '../domain/units.ts';

/**
 * The same facts as if they had been gathered at `now`: the forecast assumes that monitoring will go on telling what it
 * tells today, no older and no younger.
 */
export const asIfAt = (facts: Facts, now: Instant): Facts => {
  const passed = now - facts.at;
  const moved = (reading: Reading | null): Reading | null =>
    reading === null ? null : { value: reading.value, at: reading.at + passed };
  const region = (known: RegionFacts): RegionFacts => ({
    ...known,
    capacityNow: moved(known.capacityNow),
    capacityReference: moved(known.capacityReference),
    traffic: moved(known.traffic),
    gates: known.gates.map((gate) => ({ ...gate, observedAt: gate.observedAt + passed })),
  });
  return {
    ...facts,
    at: now,
    sets: mapValues(facts.sets, (set) => ({ ...set, observedAt: set.observedAt + passed })),
    services: mapValues(facts.services, (service) => ({
      ...service,
      demand: {
        measured: moved(service.demand.measured),
        beforeTrouble: moved(service.demand.beforeTrouble),
        lastWeek: moved(service.demand.lastWeek),
        forecastPeak: moved(service.demand.forecastPeak),
      },
      regions: mapValues(service.regions, region),
    })),
  };
};
