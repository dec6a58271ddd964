import { GetHealthCheckStatusCommand, ListHealthChecksCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { createRoute53Fake } from '../../providers/route53/fake.ts';
import { createCheckedWorld, createRegionChecks } from '../../src/sandbox/checkers.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import { ACCOUNT } from '../../src/sandbox/steering-plan.ts';
import { arrange, SECOND_MS } from './world/arrange.ts';

/** The world, lived through second by second, and the vendor whose checkers watch it. */
const watched = () => {
  const arranged = arrange();
  const { clock, world } = arranged;
  const checked = createCheckedWorld(world);
  const fake = createRoute53Fake({
    now: () => clock.nowMs,
    random: () => 0,
    accounts: [{ id: ACCOUNT, userName: 'sandbox', accessKeyIds: [ACCOUNT] }],
    throttling: 'off',
    sources: { endpoint: (config, at) => checked.endpoint(config, at) },
  });
  const ids = createRegionChecks(fake, world.spec.regions);
  const client = new Route53Client({
    region: 'us-east-1',
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'not-secret' },
    maxAttempts: 1,
    endpoint: 'http://route53.invalid',
    requestHandler: createInProcessHandler(fake.handle),
  });
  const liveFor = (seconds: number): void => {
    for (let i = 0; i < seconds; i += 1) {
      arranged.liveFor(SECOND_MS);
      checked.look(clock.nowMs);
    }
  };
  /** How many of the checkers of a region say so, by what they say. */
  const said = async (region: string): Promise<Record<string, number>> => {
    const answer = await client.send(new GetHealthCheckStatusCommand({ HealthCheckId: ids[region] }));
    const count: Record<string, number> = {};
    for (const { StatusReport: report } of answer.HealthCheckObservations ?? []) {
      const status = report?.Status ?? 'nothing';
      count[status] = (count[status] ?? 0) + 1;
    }
    return count;
  };
  return { ...arranged, checked, client, liveFor, said };
};

const WELL = { 'Success: HTTP Status Code 200, OK': 16 };

describe('the checkers that watch the sandbox', () => {
  it('have one check for each region, asked as often as the vendor can', async () => {
    const { client } = watched();

    const { HealthChecks: checks = [] } = await client.send(new ListHealthChecksCommand({}));

    const configs = checks.map(({ HealthCheckConfig: config }) => config);
    expect(configs.map((config) => config?.ResourcePath)).toEqual(['/health/east', '/health/west', '/health/north']);
    expect(configs.map((config) => [config?.RequestInterval, config?.FailureThreshold])).toEqual(
      Array(3).fill([10, 3]),
    );
  });

  it('see a dead region after three failures in a row, and that it is back after three successes', async () => {
    const { world, liveFor, said } = watched();
    liveFor(60);
    const before = await said('east');
    const heal = world.break({ kind: 'region-dead', region: 'east', answer: '503' });

    liveFor(15);
    const soon = await said('east');
    liveFor(20);
    const later = await said('east');
    heal();
    liveFor(15);
    const stillRed = await said('east');
    liveFor(20);

    const red = { 'Failure: HTTP Status Code 503, Service Unavailable': 16 };
    expect([before, soon]).toEqual([WELL, WELL]);
    expect([later, stillRed]).toEqual([red, red]);
    expect(await said('east')).toEqual(WELL);
    expect(await said('west')).toEqual(WELL);
  });

  it('say that a region which hangs gave no connection', async () => {
    const { world, liveFor, said } = watched();
    world.break({ kind: 'region-dead', region: 'east', answer: 'hang' });
    liveFor(40);

    const [status] = Object.keys(await said('east'));

    expect(status).toBe('Failure: The health checker could not establish a connection within the timeout limit.');
  });

  it('do not see a region that degrades, nor what only the other side sees', async () => {
    const { world, liveFor, said } = watched();
    world.break({ kind: 'region-degraded', region: 'west', errorRate: 0.12, latencyFactor: 4 });
    world.break({ kind: 'region-silent', region: 'north' });
    world.break({ kind: 'all-checks-red', side: 'steer' });
    liveFor(60);

    const all = [await said('east'), await said('west'), await said('north')];

    expect(all).toEqual([WELL, WELL, WELL]);
  });

  it('are all red at once where what looks from outside is wrong', async () => {
    const { world, liveFor, said } = watched();
    world.break({ kind: 'all-checks-red', side: 'outside' });
    liveFor(60);

    const words = await Promise.all(['east', 'west', 'north'].map(async (region) => Object.keys(await said(region))));

    expect(words.flat().every((status) => status.startsWith('Failure:'))).toBe(true);
    expect(words.flat()).toHaveLength(3);
  });

  it('refuse a check that watches nothing', () => {
    const { checked, clock } = watched();

    expect(() => checked.endpoint({ type: 'HTTP', resourcePath: '/health/mars' }, clock.nowMs)).toThrow(
      'watches /health/mars',
    );
  });
});
