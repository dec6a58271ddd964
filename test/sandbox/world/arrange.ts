import { createCloudWatchFake } from '../../../src/sandbox/cloudwatch/cloudwatch-fake.ts';
import { defaultService } from '../../../src/sandbox/world/default-world.ts';
import type { ServiceSpec, WorldSpec } from '../../../src/sandbox/world/spec.ts';
import { createWorld } from '../../../src/sandbox/world/world.ts';

export const START_MS = Date.UTC(2026, 10, 2, 12);
export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

const HOME = { east: 0.5, west: 0.3, north: 0.2 };

/** A service with the same demand at every hour, so that a test sees only what it changes. */
export const steadyService = (overrides: Partial<ServiceSpec> = {}): ServiceSpec => ({
  ...defaultService('checkout', 1000, HOME),
  troughRps: 1000,
  noiseFraction: 0,
  ...overrides,
});

const spec = (overrides: Partial<WorldSpec> = {}): WorldSpec => ({
  regions: Object.keys(HOME),
  services: [steadyService()],
  startMs: START_MS,
  periodMs: MINUTE_MS,
  seed: 7,
  ...overrides,
});

/** A world with a manual clock and shares that a test may change, publishing to a CloudWatch of its own. */
export const arrange = (overrides: Partial<WorldSpec> = {}) => {
  const clock = { nowMs: START_MS };
  const cloudWatch = createCloudWatchFake({ now: () => clock.nowMs, metricLagMs: 0, ratesPerSecond: {} });
  const traffic: { shares: Record<string, number> } = { shares: HOME };
  const world = createWorld({ spec: spec(overrides), shares: () => traffic.shares, cloudWatch });
  const liveFor = (milliseconds: number): void => {
    clock.nowMs += milliseconds;
    world.tick(clock.nowMs);
  };
  const cellOf = (region: string) => {
    const cell = world.state().cells.find((one) => one.region === region);
    if (cell === undefined) throw new Error(`the world has no region ${region}`);
    return cell;
  };
  return { clock, cloudWatch, traffic, world, liveFor, cellOf };
};
