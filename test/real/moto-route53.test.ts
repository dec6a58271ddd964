import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeOf, FENCE_1, kindOf, never, refOf, weightsOf, writeOf } from '../contracts/steering/world.ts';
import { accountAt, consoleAt, makeZone, openAccount, put, weighted } from './support/account.ts';
import { startMoto } from './support/moto.ts';
import type { StartedServer } from './support/server.ts';

/** More than two, so that the account is listed, page by page of 100. */
const WANTED = [3, 60, 118, 119] as const;
const WWW = 'www.example.com.';

let server: StartedServer;
beforeAll(async () => {
  server = await startMoto();
}, 180_000);
afterAll(async () => server.stop());

const arrange = async () => {
  const console = consoleAt(server.url);
  const zone = await makeZone(console, 'example.com');
  await put(console, zone, [weighted(WWW, 'east', 100), weighted(WWW, 'west', 100)]);
  const account = await openAccount(accountAt(server.url));
  const ref = refOf('www', zone);
  const read = async () => {
    const [reading] = await account.steering.read([ref], never());
    return { fence: reading?.fence, state: reading?.sets[0] ?? expect.fail('nothing was read') };
  };
  return { ...account, console, zone, ref, read };
};

describe('Route 53 steering against a server that does not compare', () => {
  it('reads and writes in a wire format that others understand', async () => {
    const { steering, console, zone, ref, read } = await arrange();
    const { state } = await read();

    await steering.replace(writeOf(zone, [changeOf(ref, state, { east: 30 })]), never());
    const { ResourceRecordSets = [] } = await console.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));

    expect((await read()).fence).toEqual(FENCE_1);
    expect(
      ResourceRecordSets.filter(({ Name }) => Name === WWW).toSorted((a, b) => (a.Weight ?? 0) - (b.Weight ?? 0)),
    ).toEqual([weighted(WWW, 'east', 30), weighted(WWW, 'west', 100)]);
    expect(ResourceRecordSets.find(({ Type }) => Type === 'TXT')).toMatchObject({
      Name: '_steer.example.com.',
      TTL: 60,
    });
  });

  it('finds its zones among a hundred and more', async () => {
    const { console, steering, calls } = await arrange();
    const zones: string[] = [];
    for (let index = 0; index < 120; index += 1) zones.push(await makeZone(console, `z${index}.example.org`));

    const readings = await steering.read(
      WANTED.map((index) => ({ ...refOf('www', zones[index] ?? ''), name: `www.z${index}.example.org.` })),
      never(),
    );

    expect(readings.map(({ zone }) => zone)).toEqual(WANTED.map((index) => zones[index]));
    expect(calls.map(({ action }) => action)).toContain('ListHostedZones');
  });

  it('rule 2: provider check does not call an account native that takes a stale DELETE, says why, and cleans up', async () => {
    const { check, console, zone, read } = await arrange();
    const stale = weighted(WWW, 'west', 99);
    const change = (Action: 'DELETE' | 'CREATE', ResourceRecordSet: ReturnType<typeof weighted>) => ({
      Action,
      ResourceRecordSet,
    });
    const Changes = [change('DELETE', stale), change('CREATE', weighted(WWW, 'west', 5))];

    const report = await check({ zone, healthCheck: null, ask: null }, never());
    // What Route 53 would refuse: west weighs 100, and the DELETE says 99.
    await console.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }));
    const { ResourceRecordSets = [] } = await console.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));

    expect(report.conditionalWrite).toBe('emulated');
    // Without a DELETE and CREATE of the same values there is no drain either, so aliases are not asked about.
    expect(report.findings.filter(({ ok }) => ok !== true).map(({ code, ok }) => [code, ok])).toEqual([
      ['positive-control', false],
      ['alias-zero', null],
    ]);
    expect(report.zeroOnAlias).toBe('unproven');
    expect(weightsOf((await read()).state)).toEqual({ east: 100, west: 5 });
    expect(ResourceRecordSets.filter(({ Name = '' }) => Name.includes('canary'))).toEqual([]);
  });

  it('rule 2: an unproven account is read and compared by steer itself, so that a foreign edit is still a conflict', async () => {
    const { steering, console, zone, ref, read } = await arrange();
    const { state } = await read();
    await put(console, zone, [weighted(WWW, 'west', 99)]);

    const failure = await kindOf(steering.replace(writeOf(zone, [changeOf(ref, state, { east: 30 })]), never()));

    expect(steering.capabilities.conditionalWrite).toBe('emulated');
    expect(failure).toBe('conflict');
    expect(weightsOf((await read()).state)).toEqual({ east: 100, west: 99 });
  });
});
