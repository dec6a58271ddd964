import { describe, expect, it } from 'vitest';
import { createHealthEndpoint } from '../../../src/sandbox/world/health-endpoint.ts';
import { errorAlarmName } from '../../../src/sandbox/world/publish.ts';
import { arrange, MINUTE_MS, SECOND_MS } from './arrange.ts';

const probing = (arranged: ReturnType<typeof arrange>) => {
  const handle = createHealthEndpoint(arranged.world);
  return async (path: string, method = 'GET') => {
    const answer = await handle({ method, path, query: {}, headers: {}, body: '' });
    return typeof answer === 'string' ? answer : answer.status;
  };
};

describe('a dead region', () => {
  it('serves nothing, fails every request and its checks, and has its capacity back when healed', () => {
    const { world, liveFor, cellOf } = arrange();
    const heal = world.break({ kind: 'region-dead', region: 'east', answer: '503' });

    liveFor(15 * SECOND_MS);
    const dead = cellOf('east');
    const probe = world.probe('east', 'checkout', 'outside');
    heal();
    liveFor(15 * SECOND_MS);

    expect(dead).toMatchObject({ offeredRps: 500, servedRps: 0, errorRate: 1, capacityRps: 0 });
    expect(probe).toBe('unhealthy');
    expect(cellOf('east').servedRps).toBeGreaterThan(499);
    expect(world.probe('east', 'checkout', 'outside')).toBe('healthy');
  });

  it('leaves the others alone', () => {
    const { world, liveFor, cellOf } = arrange();
    liveFor(15 * SECOND_MS);
    const before = cellOf('west');

    world.break({ kind: 'region-dead', region: 'east', answer: 'hang' });
    liveFor(15 * SECOND_MS);

    expect(cellOf('west')).toEqual(before);
    expect(world.probe('west', undefined, 'outside')).toBe('healthy');
  });

  it('does not scale while it is dead: what ran before is there again', () => {
    const { world, traffic, liveFor, cellOf } = arrange();
    const heal = world.break({ kind: 'region-dead', region: 'east', answer: '503' });
    traffic.shares = { east: 0, west: 0.6, north: 0.4 };

    liveFor(60 * MINUTE_MS);
    heal();
    liveFor(15 * SECOND_MS);

    expect(cellOf('east').capacityRps).toBeCloseTo(500 / 0.6);
  });

  it('drives its alarm to ALARM', () => {
    const { world, cloudWatch, liveFor } = arrange();
    world.break({ kind: 'region-dead', region: 'east', answer: '503' });

    liveFor(5 * MINUTE_MS);

    const states = ['east', 'west'].map((region) => cloudWatch.alarmState(errorAlarmName('checkout', region)));
    expect(states).toEqual(['ALARM', 'OK']);
  });
});

describe('a degraded region', () => {
  it('answers worse while its shallow checks stay green, and two degradations add up', () => {
    const { world, liveFor, cellOf } = arrange();
    const degraded = { kind: 'region-degraded', region: 'west', errorRate: 0.1, latencyFactor: 3 } as const;
    liveFor(15 * SECOND_MS);
    const before = cellOf('west');

    world.break(degraded);
    const healSecond = world.break(degraded);
    liveFor(15 * SECOND_MS);
    const twice = cellOf('west');
    healSecond();
    liveFor(15 * SECOND_MS);
    const once = cellOf('west');

    expect(once.errorRate).toBeCloseTo(0.1, 2);
    expect(twice.errorRate).toBeCloseTo(0.19, 2);
    expect(once.latencyP99Ms).toBeCloseTo(3 * before.latencyP99Ms);
    expect(world.probe('west', 'checkout', 'outside')).toBe('healthy');
  });
});

describe('a region that is overloaded beyond half', () => {
  it('fails its health check too', () => {
    const { traffic, world, liveFor } = arrange();
    traffic.shares = { east: 0, west: 0, north: 1 };

    liveFor(15 * SECOND_MS);

    expect(world.probe('north', 'checkout', 'outside')).toBe('unhealthy');
    expect(world.probe('north', undefined, 'outside')).toBe('healthy');
  });
});

describe('shares that do not sum to one', () => {
  it('leave users without an answer', () => {
    const { traffic, world, liveFor } = arrange();
    traffic.shares = { west: 0.75 };

    liveFor(15 * SECOND_MS);

    expect(world.state().services).toEqual([{ service: 'checkout', demandRps: 1000, unansweredRps: 250 }]);
  });
});

describe('the health endpoint', () => {
  it('answers by region and service, and knows what does not exist', async () => {
    const arranged = arrange();
    const probe = probing(arranged);

    const statuses = [
      await probe('/health/east/checkout'),
      await probe('/health/east'),
      await probe('/health/mars'),
      await probe('/health/east/nothing'),
      await probe('/'),
      await probe('/health/east', 'POST'),
    ];

    expect(statuses).toEqual([200, 200, 404, 404, 404, 405]);
  });

  it('gives 503 or no answer at all for a dead region, as it was broken', async () => {
    const arranged = arrange();
    const probe = probing(arranged);
    arranged.world.break({ kind: 'region-dead', region: 'east', answer: '503' });
    arranged.world.break({ kind: 'region-dead', region: 'west', answer: 'hang' });

    const answers = [await probe('/health/east'), await probe('/health/west/checkout'), await probe('/health/north')];

    expect(answers).toEqual([503, 'hang', 200]);
  });

  it('is red everywhere from the side whose checks are wrong, while traffic is served and the other side sees it', async () => {
    const arranged = arrange();
    const heal = arranged.world.break({ kind: 'all-checks-red', side: 'steer' });
    arranged.liveFor(15 * SECOND_MS);
    const from = (side: 'steer' | 'outside') =>
      ['east', 'west', 'north'].map((region) => arranged.world.probe(region, 'checkout', side));

    const [inner, outer] = [from('steer'), from('outside')];
    const asked = await probing(arranged)('/health/east');
    heal();
    arranged.world.break({ kind: 'all-checks-red', side: 'outside' });

    expect(inner).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
    expect(outer).toEqual(['healthy', 'healthy', 'healthy']);
    expect(asked).toBe(503);
    expect(arranged.cellOf('east').errorRate).toBeLessThan(0.001);
    expect(await probing(arranged)('/health/east')).toBe(200);
    expect(from('outside')).toEqual(inner);
  });
});
