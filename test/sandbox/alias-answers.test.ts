import { afterEach, describe, expect, it } from 'vitest';
import { createRoute53Fake } from '../../providers/route53/fake.ts';
import { createDnsClient } from '../../src/sandbox/dns-client.ts';
import { serveDns } from '../../src/sandbox/dns-server.ts';
import { systemClock } from '../../src/system/clock.ts';

const ACCOUNT = '111122223333';
const WWW = 'www.example.com.';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Spread evenly over [0, 1). */
const evenly = (): (() => number) => {
  let at = 0;
  return () => {
    at = (at + (Math.sqrt(5) - 1) / 2) % 1;
    return at;
  };
};

const serve = async () => {
  const fake = createRoute53Fake({ now: () => systemClock.now(), random: evenly(), accounts: [] });
  const zone = fake.createZone({ accountId: ACCOUNT, name: 'example.com' });
  const weigh = (weights: Readonly<Record<string, number>>): void =>
    fake.foreignEdit(zone, (records) => {
      for (const [index, [member, weight]] of Object.entries(weights).entries()) {
        const target = `${member}.example.com.`;
        const aliasTarget = { hostedZoneId: zone, dnsName: target, evaluateTargetHealth: false };
        records.set(`${WWW}|A|${member}`, { name: WWW, type: 'A', setIdentifier: member, weight, aliasTarget });
        records.set(target, { name: target, type: 'A', ttlSeconds: 17, values: [`192.0.2.${index + 1}`] });
      }
    });
  const server = await serveDns((question) => fake.answer(question));
  closers.push(server.close);
  const ask = createDnsClient({ port: server.port, timeoutMs: 2000, attempts: 2, random: Math.random });
  const seen = async (): Promise<readonly string[]> => {
    const answers: string[] = [];
    for (let n = 0; n < 40; n += 1) answers.push(...(await ask(WWW, 'A')).answers.map(({ data }) => data));
    return answers;
  };
  return { weigh, ask, seen };
};

describe('the DNS server of the sandbox', () => {
  it('answers an alias set with one value of what the chosen member points at, under the asked name and its TTL', async () => {
    const { weigh, ask } = await serve();
    weigh({ east: 1, west: 1 });

    const { rcode, answers } = await ask('www.example.com', 'A');

    expect(rcode).toBe('NOERROR');
    expect(answers).toMatchObject([{ name: WWW, type: 'A', ttlSeconds: 17 }]);
  });

  it('chooses by weight, and follows a member that is drained to 0 and brought back', async () => {
    const { weigh, seen } = await serve();

    weigh({ east: 1, west: 1 });
    const both = await seen();
    weigh({ east: 0, west: 1 });
    const one = await seen();
    weigh({ east: 1, west: 1 });
    const back = await seen();

    expect(new Set(both)).toEqual(new Set(['192.0.2.1', '192.0.2.2']));
    expect([one.length, new Set(one)]).toEqual([40, new Set(['192.0.2.2'])]);
    expect(new Set(back)).toEqual(new Set(['192.0.2.1', '192.0.2.2']));
  });
});
