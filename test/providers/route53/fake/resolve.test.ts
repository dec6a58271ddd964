import { CreateHealthCheckCommand } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../../providers/route53/fake/records.ts';
import { ACCOUNT, arrange, EAST, WEST, weighted } from './arrange.ts';

const simple = (name: string, type: string, ...values: string[]): RecordSet => ({ name, type, ttlSeconds: 60, values });

describe('an authoritative answer', () => {
  const alias = (
    name: string,
    target: string,
    over: Partial<RecordSet> = {},
    evaluateTargetHealth = true,
  ): RecordSet => ({
    name,
    type: 'A',
    aliasTarget: { hostedZoneId: 'THIS', dnsName: target, evaluateTargetHealth },
    ...over,
  });

  /** Aliases name their own zone, whose id is known only once it is made. */
  const world = (records: readonly RecordSet[], options: Parameters<typeof arrange>[0] = {}) => {
    const made = arrange(options, []);
    const zoneId = made.fake.createZone({ accountId: ACCOUNT, name: 'example.org' });
    made.fake.foreignEdit(zoneId, (table) => {
      for (const record of records) {
        const target = record.aliasTarget;
        const own =
          target?.hostedZoneId === 'THIS' ? { ...record, aliasTarget: { ...target, hostedZoneId: zoneId } } : record;
        table.set(`${record.name}|${record.type}|${record.setIdentifier ?? ''}`, own);
      }
    });
    const ask = (name: string, type = 'A') => made.fake.answer({ name, type });
    return { ...made, zoneId, ask };
  };

  it('gives NS and SOA, and no data or no name with the SOA of the zone', () => {
    const { ask } = world([simple('a.b.example.org.', 'A', EAST)]);

    const [servers, none, between, missing, foreign] = [
      ask('example.org', 'NS'),
      ask('a.b.example.org', 'AAAA'),
      ask('b.example.org'),
      ask('c.example.org'),
      ask('example.net'),
    ];

    expect(servers.answers).toHaveLength(4);
    expect(
      [none, between, missing].map(({ rcode, answers, authority }) => [
        rcode,
        answers.length,
        authority[0]?.type,
        authority[0]?.ttlSeconds,
      ]),
    ).toEqual([
      ['NOERROR', 0, 'SOA', 900],
      ['NOERROR', 0, 'SOA', 900],
      ['NXDOMAIN', 0, 'SOA', 900],
    ]);
    expect(foreign).toEqual({ rcode: 'REFUSED', answers: [], authority: [] });
  });

  it('lets a wildcard answer for names that do not exist, and only for those', () => {
    const { ask } = world([simple('\\052.example.org.', 'A', WEST), simple('a.b.example.org.', 'A', EAST)]);

    const answers = ['x.y.example.org', 'a.b.example.org', 'c.b.example.org'].map((name) => ask(name));

    expect(answers.map(({ rcode, answers: [first] }) => [rcode, first?.name, first?.data])).toEqual([
      ['NOERROR', 'x.y.example.org.', WEST],
      ['NOERROR', 'a.b.example.org.', EAST],
      ['NXDOMAIN', undefined, undefined],
    ]);
  });

  it('follows a CNAME inside the zone, not outside it, and not in circles for ever', () => {
    const { ask } = world([
      simple('in.example.org.', 'CNAME', 'www.example.org'),
      simple('www.example.org.', 'A', EAST),
      simple('out.example.org.', 'CNAME', 'www.example.net.'),
      simple('loop.example.org.', 'CNAME', 'loop.example.org.'),
    ]);

    const [inside, outside, loop] = ['in', 'out', 'loop'].map((name) => ask(`${name}.example.org`).answers);

    expect(inside?.map(({ type, data }) => `${type} ${data}`)).toEqual(['CNAME www.example.org', `A ${EAST}`]);
    expect(outside?.map(({ type }) => type)).toEqual(['CNAME']);
    expect(loop?.length).toBeLessThan(20);
  });

  it('gives an alias the name that was asked for and the TTL of its target', () => {
    const { ask } = world([
      alias('www.example.org.', 'pool.example.org.'),
      { ...simple('pool.example.org.', 'A', EAST), ttlSeconds: 17 },
    ]);

    const { answers } = ask('WWW.example.org');

    expect(answers).toEqual([{ name: 'www.example.org.', type: 'A', ttlSeconds: 17, data: EAST }]);
  });

  it('asks the world what an alias to a load balancer holds', () => {
    const external = (dnsName: string) => (dnsName === 'lb.test.' ? { values: [WEST], ttlSeconds: 60 } : undefined);
    const elb = { hostedZoneId: 'ZELB', dnsName: 'lb.test.', evaluateTargetHealth: true };
    const { ask } = world(
      [
        { name: 'a.example.org.', type: 'A', aliasTarget: elb },
        { name: 'b.example.org.', type: 'A', aliasTarget: { ...elb, dnsName: 'c.test.' } },
      ],
      { external },
    );

    expect([ask('a.example.org').answers[0]?.data, ask('b.example.org').answers.length]).toEqual([WEST, 0]);
  });

  it.each([
    [true, [WEST]],
    [false, [EAST, WEST]],
  ])('skips a branch below which nobody is healthy when EvaluateTargetHealth is %s', async (evaluates, expected) => {
    const branchOf = (id: string) => ({ setIdentifier: id, weight: 1 });
    const { ask, fake, client } = world([
      alias('www.example.org.', 'east.example.org.', branchOf('east'), evaluates),
      alias('www.example.org.', 'west.example.org.', branchOf('west'), evaluates),
      { ...simple('east.example.org.', 'A', EAST), setIdentifier: 'e', weight: 1, healthCheckId: 'gone' },
      simple('west.example.org.', 'A', WEST),
    ]);
    const made = await client.send(
      new CreateHealthCheckCommand({
        CallerReference: 'r',
        HealthCheckConfig: { Type: 'TCP', IPAddress: EAST, Port: 443 },
      }),
    );
    const id = made.HealthCheck?.Id ?? '';
    fake.foreignEdit(fake.zones().at(-1)?.id ?? '', (table) => {
      for (const [key, set] of table)
        if (set.healthCheckId !== undefined) table.set(key, { ...set, healthCheckId: id });
    });
    fake.forceHealth(id, false);

    const seen = new Set(Array.from({ length: 200 }, () => ask('www.example.org').answers[0]?.data));

    expect([...seen].sort()).toEqual(expected);
  });

  it('gives a record without a check everything once the checked ones fail', async () => {
    const { client, fake, zoneId } = arrange({}, []);
    const made = await client.send(
      new CreateHealthCheckCommand({
        CallerReference: 'r',
        HealthCheckConfig: { Type: 'TCP', IPAddress: EAST, Port: 443 },
      }),
    );
    const healthCheckId = made.HealthCheck?.Id ?? '';
    fake.foreignEdit(zoneId, (table) => {
      table.set('1', weighted('east', 100, EAST, { healthCheckId }));
      table.set('2', weighted('west', 0, WEST));
    });
    const ask = () =>
      new Set(Array.from({ length: 100 }, () => fake.answer({ name: 'www.example.com', type: 'A' }).answers[0]?.data));

    const before = ask();
    fake.forceHealth(healthCheckId, false);
    const after = ask();

    expect([[...before], [...after]]).toEqual([[EAST], [WEST]]);
  });

  it('comes from the zone that a name is delegated to, where several have it', () => {
    const { fake, ask, zoneId } = world([simple('example.org.', 'TXT', '"first"')]);
    const second = fake.createZone({
      accountId: ACCOUNT,
      name: 'example.org',
      records: [simple('example.org.', 'TXT', '"second"')],
    });

    const first = ask('example.org', 'TXT').answers[0]?.data;
    fake.delegate(second);
    const then = ask('example.org', 'TXT').answers[0]?.data;
    fake.delegate(zoneId);

    expect([first, then, ask('example.org', 'TXT').answers[0]?.data]).toEqual(['"first"', '"second"', '"first"']);
  });
});
