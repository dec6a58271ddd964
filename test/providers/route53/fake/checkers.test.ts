import {
  CreateHealthCheckCommand,
  GetHealthCheckStatusCommand,
  type HealthCheckConfig,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { EndpointState } from '../../../../providers/route53/fake/health.ts';
import { arrange, START } from './arrange.ts';

const MINUTE_MS = 60_000;

/** Fast, and of two minds after two equal results. */
const https: HealthCheckConfig = {
  Type: 'HTTPS',
  FullyQualifiedDomainName: 'east.example.com',
  RequestInterval: 10,
  FailureThreshold: 2,
};

const make = async (client: Route53Client, config: HealthCheckConfig): Promise<string> => {
  const made = await client.send(new CreateHealthCheckCommand({ CallerReference: 'only', HealthCheckConfig: config }));
  return made.HealthCheck?.Id ?? '';
};

/** An endpoint with a past: well, but for the times between these instants. */
const illBetween =
  (...spells: readonly (readonly [from: number, until: number])[]) =>
  (_: unknown, at: number): EndpointState => {
    const turns = spells.flatMap(([from, until]) => [
      { isOk: false, since: from },
      { isOk: true, since: until },
    ]);
    return turns.findLast(({ since }) => since <= at) ?? { isOk: true, since: 0 };
  };

const linesOf = async (client: Route53Client, id: string) => {
  const answer = await client.send(new GetHealthCheckStatusCommand({ HealthCheckId: id }));
  return (answer.HealthCheckObservations ?? []).map(({ Region, StatusReport: report }) => ({
    region: Region,
    word: report?.Status?.split(':')[0],
    checkedAt: report?.CheckedTime?.getTime() ?? Number.NaN,
  }));
};
const failing = async (client: Route53Client, id: string): Promise<number> =>
  (await linesOf(client, id)).filter(({ word }) => word === 'Failure').length;

describe('the checkers of a check', () => {
  it('change their minds one after another, each after as many failures in a row as the threshold says', async () => {
    const downAt = START + MINUTE_MS;
    const { client, clock } = arrange({ sources: { endpoint: illBetween([downAt, Number.POSITIVE_INFINITY]) } });
    const id = await make(client, https);
    clock.pass(MINUTE_MS);

    const seen: number[] = [];
    for (const ms of [0, 9999, 1, 5000, 4999, 1]) {
      clock.pass(ms);
      seen.push(await failing(client, id));
    }

    expect(seen.slice(0, 2)).toEqual([0, 0]);
    expect(seen[2]).toBe(1);
    expect(seen[3]).toBe(9);
    expect(seen.slice(4)).toEqual([16, 16]);
  });

  it('come back by the same threshold, and a blink between two intervals moves none of them', async () => {
    const downAt = START + MINUTE_MS;
    const endpoint = illBetween([downAt, downAt + 30_000], [downAt + 120_000, downAt + 129_000]);
    const { client, clock } = arrange({ sources: { endpoint } });
    const id = await make(client, https);
    clock.pass(MINUTE_MS + 29_999);

    const ill = await failing(client, id);
    clock.pass(10_001);
    const recovering = await failing(client, id);
    clock.pass(10_000);
    const well = await failing(client, id);
    clock.pass(80_000);
    const blinked = await failing(client, id);

    expect(ill).toBe(16);
    expect(recovering).toBeGreaterThan(0);
    expect([well, blinked]).toEqual([0, 0]);
  });

  it('report nothing before they have asked often enough, and never from the future or an interval ago', async () => {
    const { client, clock } = arrange();
    const id = await make(client, https);

    const fresh = await linesOf(client, id);
    clock.pass(25_000);
    const later = await linesOf(client, id);

    const ages = later.map(({ checkedAt }) => clock.now() - checkedAt);
    expect(fresh).toEqual([]);
    expect(later).toHaveLength(16);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...ages)).toBeLessThan(10_000);
    expect(new Set(ages).size).toBe(16);
  });

  it('stand where the check says', async () => {
    const { client, clock } = arrange();
    const id = await make(client, { ...https, Regions: ['us-east-1', 'eu-west-1', 'sa-east-1'] });
    clock.pass(MINUTE_MS);

    const lines = await linesOf(client, id);

    expect([...new Set(lines.map(({ region }) => region))]).toEqual(['us-east-1', 'eu-west-1', 'sa-east-1']);
    expect(lines).toHaveLength(6);
  });

  it('live as fast as their world, and may be asked as often', async () => {
    const downAt = START + 1000;
    const endpoint = illBetween([downAt, Number.POSITIVE_INFINITY]);
    const { client, clock, fake } = arrange({ throttling: 'new', checkSecondMs: 50, sources: { endpoint } });
    const id = await make(client, https);
    clock.pass(2000);

    const counts: number[] = [];
    for (const ms of [0, 50, 50, 50, 50, 50, 50, 50]) {
      clock.pass(ms);
      counts.push(await failing(client, id));
    }

    expect(counts).toEqual(Array(8).fill(16));
    expect(fake.isHealthy(id)).toBe(false);
  });

  it('refuse an endpoint that does not know how it was', async () => {
    const forgetful: EndpointState = { isOk: false, since: START + MINUTE_MS + 5 };
    const { client, clock } = arrange({ sources: { endpoint: () => forgetful } });
    const id = await make(client, https);
    clock.pass(MINUTE_MS + 5);

    await expect(linesOf(client, id)).rejects.toThrow('must know its past');
  });
});
