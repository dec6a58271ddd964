import { CreateHealthCheckCommand } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../../providers/route53/fake/records.ts';
import { ACCOUNT, arrange, EAST, WEST } from './arrange.ts';

const WWW = 'www.example.org.';
const N = 400;

interface Branch {
  readonly weight: number;
  /** The health that a check on the target measures; left out: the target has no check. */
  readonly isTargetWell?: boolean;
  readonly evaluates?: boolean;
}

/** One weighted set of two aliases to two records of the same zone. */
const world = async (east: Branch, west: Branch, zeroAliasAnswers = false) => {
  const { fake, client } = arrange({ zeroAliasAnswers }, []);
  const zoneId = fake.createZone({ accountId: ACCOUNT, name: 'example.org' });
  const records: RecordSet[] = [];
  for (const [member, value, branch] of [
    ['east', EAST, east],
    ['west', WEST, west],
  ] as const) {
    const { weight, isTargetWell, evaluates = false } = branch;
    const target = `${member}.example.org.`;
    const aliasTarget = { hostedZoneId: zoneId, dnsName: target, evaluateTargetHealth: evaluates };
    records.push({ name: WWW, type: 'A', setIdentifier: member, weight, aliasTarget });
    const plain = { name: target, type: 'A', setIdentifier: member, weight: 1, ttlSeconds: 60, values: [value] };
    if (isTargetWell === undefined) {
      records.push(plain);
      continue;
    }
    const made = await client.send(
      new CreateHealthCheckCommand({
        CallerReference: member,
        HealthCheckConfig: { Type: 'TCP', IPAddress: value, Port: 443 },
      }),
    );
    const healthCheckId = made.HealthCheck?.Id ?? expect.fail('no check was made');
    fake.forceHealth(healthCheckId, isTargetWell);
    records.push({ ...plain, healthCheckId });
  }
  fake.foreignEdit(zoneId, (table) => {
    for (const record of records) table.set(`${record.name}|${record.type}|${record.setIdentifier ?? ''}`, record);
  });
  const counts: Record<string, number> = { [EAST]: 0, [WEST]: 0 };
  for (let index = 0; index < N; index += 1) {
    const answers = fake.answer({ name: WWW, type: 'A' }).answers.map(({ data }) => data);
    expect(answers).toHaveLength(1);
    for (const data of answers) counts[data] = (counts[data] ?? 0) + 1;
  }
  return { fake, east: (counts[EAST] ?? 0) / N, west: (counts[WEST] ?? 0) / N };
};

describe('a weighted set of aliases to records of its own zone', () => {
  it('is answered by weight first, then with what the alias points at', async () => {
    const { east, west } = await world({ weight: 3 }, { weight: 1 });

    expect(east).toBeGreaterThan(0.65);
    expect(west).toBeGreaterThan(0.15);
    expect(east + west).toBe(1);
  });

  it('never answers with the alias of weight 0 while another weighs more', async () => {
    const { east, west } = await world({ weight: 0 }, { weight: 1 });

    expect([east, west]).toEqual([0, 1]);
  });

  it('answers evenly where all weigh 0', async () => {
    const { east } = await world({ weight: 0 }, { weight: 0 });

    expect(east).toBeGreaterThan(0.4);
    expect(east).toBeLessThan(0.6);
  });

  it.each([
    ['the other is well below', true, true, [0, 1]],
    ['the other is not well below and evaluates it: the last resort', true, false, [1, 0]],
    ['the other is not well below and does not look', false, false, [0, 1]],
  ] as const)('with weight 0, and %s', async (_, evaluates, isTargetWell, shares) => {
    const { east, west } = await world({ weight: 0, evaluates }, { weight: 1, evaluates, isTargetWell });

    expect([east, west]).toEqual(shares);
  });

  it('counts everybody as well when nobody is: weights decide again', async () => {
    const branch = { evaluates: true, isTargetWell: false };

    const { east, west } = await world({ weight: 0, ...branch }, { weight: 1, ...branch });

    expect([east, west]).toEqual([0, 1]);
  });

  it('answers with an alias of weight 0 after all where it is told to', async () => {
    const { east } = await world({ weight: 0 }, { weight: 1 }, true);

    expect(east).toBeGreaterThan(0.4);
    expect(east).toBeLessThan(0.6);
  });
});
