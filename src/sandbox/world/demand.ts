import type { ServiceSpec } from './spec.ts';

const HOUR_MS = 3_600_000;
const NOISE_STEP_MS = 60_000;

/** FNV-1a over the service's name: services must not wander in step. */
const hashName = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};

/** A fixed number in [-1, 1) for each seed and step: a function of time can be asked for any week, in any order. */
const noiseAt = (seed: number, step: number): number => {
  let mixed = (seed ^ Math.imul(step | 0, 0x9e3779b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 31 - 1;
};

/** What users ask of a service at an instant (ms since 1970), in requests a second. */
export type Demand = (timeMs: number) => number;

/** A daily wave between trough and peak, with a little seeded noise that changes every minute. */
export const createDemand = (service: ServiceSpec, seed: number): Demand => {
  const { peakRps, troughRps, peakHourUtc, noiseFraction } = service;
  const serviceSeed = seed ^ hashName(service.name);
  return (timeMs) => {
    const angle = ((timeMs / HOUR_MS - peakHourUtc) / 24) * 2 * Math.PI;
    const curve = troughRps + ((peakRps - troughRps) * (1 + Math.cos(angle))) / 2;
    return curve * (1 + noiseFraction * noiseAt(serviceSeed, Math.floor(timeMs / NOISE_STEP_MS)));
  };
};
