import { describe, expect, it } from 'vitest';
import { createDemand } from '../../../src/sandbox/world/demand.ts';
import { HOUR_MS, MINUTE_MS, START_MS, steadyService } from './arrange.ts';

const wave = steadyService({ peakRps: 1000, troughRps: 400, peakHourUtc: 19, noiseFraction: 0.05 });
const minutes = Array.from({ length: 24 * 60 }, (_, minute) => START_MS + minute * MINUTE_MS);

describe('demand', () => {
  it('peaks and rests at the hours that it should', () => {
    const demand = createDemand({ ...wave, noiseFraction: 0 }, 1);

    const peak = demand(START_MS + 7 * HOUR_MS);
    const trough = demand(START_MS + 19 * HOUR_MS);

    expect([peak, trough]).toEqual([1000, 400]);
  });

  it('is the same for the same seed, in whatever order it is asked', () => {
    const forwards = createDemand(wave, 1);
    const backwards = createDemand(wave, 1);

    const first = minutes.map(forwards);
    const second = minutes.toReversed().map(backwards).reverse();

    expect(second).toEqual(first);
  });

  it('differs by seed and by service', () => {
    const sample = (name: string, seed: number) => minutes.slice(0, 50).map(createDemand({ ...wave, name }, seed));

    const base = sample('checkout', 1);

    expect(sample('checkout', 2)).not.toEqual(base);
    expect(sample('search', 1)).not.toEqual(base);
  });

  it('wanders around the curve by no more than the noise, to both sides', () => {
    const curve = createDemand({ ...wave, noiseFraction: 0 }, 1);
    const demand = createDemand(wave, 1);

    const deviations = minutes.map((timeMs) => demand(timeMs) / curve(timeMs) - 1);
    const mean = deviations.reduce((sum, one) => sum + one, 0) / deviations.length;

    expect(Math.max(...deviations)).toBeGreaterThan(0.045);
    expect(Math.max(...deviations)).toBeLessThanOrEqual(0.05);
    expect(Math.min(...deviations)).toBeLessThan(-0.045);
    expect(Math.abs(mean)).toBeLessThan(0.005);
  });
});
