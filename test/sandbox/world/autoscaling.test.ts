import { describe, expect, it } from 'vitest';
import { arrange, MINUTE_MS, SECOND_MS } from './arrange.ts';

describe('autoscaling', () => {
  it('begins at the capacity that fits the load at home', () => {
    const { cellOf } = arrange();

    expect(cellOf('west').capacityRps).toBeCloseTo(300 / 0.6);
    expect(cellOf('west').utilisation).toBeCloseTo(0.6);
  });

  it('orders capacity a minute after the load rose, and has it ninety seconds later', () => {
    const { traffic, liveFor, cellOf } = arrange();
    traffic.shares = { east: 0.3, west: 0.5, north: 0.2 };

    liveFor(60 * SECOND_MS);
    const waiting = cellOf('west');
    liveFor(15 * SECOND_MS);
    const ordered = cellOf('west');
    liveFor(75 * SECOND_MS);
    const warming = cellOf('west');
    liveFor(15 * SECOND_MS);
    const running = cellOf('west');

    expect([waiting.capacityRps, waiting.warmingRps]).toEqual([500, 0]);
    expect(ordered.warmingRps).toBeCloseTo(500 / 0.6 - 500);
    expect([warming.capacityRps, warming.utilisation]).toEqual([500, 1]);
    expect([running.capacityRps, running.warmingRps]).toEqual([expect.closeTo(500 / 0.6), 0]);
  });

  it('gives capacity back slowly, down to its minimum and the slack that keeps it calm', () => {
    const { traffic, liveFor, cellOf } = arrange();
    traffic.shares = { east: 0, west: 0.6, north: 0.4 };
    const before = cellOf('east').capacityRps;

    liveFor(9 * MINUTE_MS);
    const early = cellOf('east').capacityRps;
    liveFor(2 * MINUTE_MS);
    const later = cellOf('east').capacityRps;
    liveFor(24 * 60 * MINUTE_MS);
    const lowest = cellOf('east').capacityRps;

    expect(early).toBe(before);
    expect(later).toBeCloseTo(before * 0.9);
    expect(lowest).toBeGreaterThanOrEqual(150);
    expect(lowest).toBeLessThanOrEqual(150 * 1.15);
  });

  it('stops at a maximum that fell short, sheds the rest, and keeps what runs', () => {
    const { world, traffic, liveFor, cellOf } = arrange();
    world.break({ kind: 'capacity-short', region: 'west', maximumFactor: 0.1 });
    liveFor(5 * MINUTE_MS);
    const atHome = cellOf('west');

    traffic.shares = { east: 0, west: 0.8, north: 0.2 };
    liveFor(30 * MINUTE_MS);
    const loaded = cellOf('west');

    expect(atHome.capacityRps).toBeCloseTo(500);
    expect([loaded.capacityRps, loaded.warmingRps]).toEqual([expect.closeTo(500), 0]);
    expect(loaded.utilisation).toBeCloseTo(1.6);
    expect(loaded.errorRate).toBeCloseTo(1 - (1 - 0.0205) / 1.6);
  });

  it('comes to the same end in one long tick and in many short ones', () => {
    const shares = { east: 0.1, west: 0.6, north: 0.3 };
    const long = arrange();
    const short = arrange();
    long.traffic.shares = shares;
    short.traffic.shares = shares;

    long.liveFor(10 * MINUTE_MS);
    for (let second = 0; second < 600; second += 15) short.liveFor(15 * SECOND_MS);

    expect(short.world.state()).toEqual(long.world.state());
  });
});
