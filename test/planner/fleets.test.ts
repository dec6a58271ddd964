import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import { recordOf, sum } from '../../src/domain/records.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { buildModel } from '../support/model.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-south-1', 'sa-east-1'].map(regionId);

const fleets = fc.record({
  regions: fc.integer({ min: 2, max: 5 }),
  parts: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 5, maxLength: 5 }),
  capacity: fc.integer({ min: 200, max: 4000 }),
  demand: fc.integer({ min: 100, max: 4000 }),
  names: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom('drill', 'planned', 'emergency'),
});

describe('plans over random fleets', () => {
  it('rule 9: a plan that may be proposed keeps every forecast step within budget, headroom and floor', async () => {
    await fc.assert(
      fc.asyncProperty(fleets, async ({ regions, parts, capacity, demand, names, mode }) => {
        const own = REGIONS.slice(0, regions);
        const total = sum(parts.slice(0, regions));
        const scaled = own.map((_, i) => Math.floor(((parts[i] ?? 1) / total) * 10_000));
        const home = recordOf(
          own.map((region, i) => [region, (scaled[i] ?? 0) + (i === 0 ? 10_000 - sum(scaled) : 0)] as const),
        );
        const model = await buildModel(new ManualClock(), { home, capacity, demand, names });
        const [source] = own;

        const { envelope, forecast, objections } = await model.plan({ region: source ?? null, mode });

        if (envelope === null || forecast === null || refusals(objections).length > 0) {
          expect(refusals(objections).length).toBeGreaterThan(0);
          return;
        }
        const limit = envelope.limits.maximumDestinationUtilisation;
        for (const { utilisation } of forecast.steps) {
          for (const region of envelope.destinations) expect(utilisation[region] ?? 0).toBeLessThanOrEqual(limit);
        }
        expect(
          sum(forecast.steps.filter(({ direction }) => direction === 'out').map(({ removed }) => removed)),
        ).toBeLessThanOrEqual(envelope.limits.capacityRemovedPerHour + forecast.steps.length);
        for (const { to } of envelope.sets) expect(sum(Object.values(to))).toBe(10_000);
        expect(forecast.steps.filter(({ direction }) => direction === 'out').at(-1)?.sourceShare).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
