import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersAt } from '../../src/compose/answers.ts';
import { liveMount } from '../../src/compose/mount.ts';
import { changeOf, FENCE_1, FENCE_2, kindOf, never, refOf, weightsOf, writeOf } from '../contracts/steering/world.ts';
import { accountAt, consoleAt, keysOf, makeZone, openAccount, put, weighted } from './support/account.ts';
import { startMinistack } from './support/ministack.ts';
import type { StartedServer } from './support/server.ts';

const PROVEN = { conditionalWrite: true, fence: 'native', zeroOnAlias: false } as const;
const WWW = 'www.example.com.';
const API = 'api.example.com.';

let server: StartedServer;
beforeAll(async () => {
  server = await startMinistack();
}, 180_000);
afterAll(async () => server.stop());

/** A zone of its own with www (east 100, west 100), opened as production does; what was read of it, and its fence. */
const arrange = async (proven: typeof PROVEN | null = PROVEN) => {
  const console = consoleAt(server.url);
  const zone = await makeZone(console, 'example.com');
  await put(console, zone, [weighted(WWW, 'east', 100), weighted(WWW, 'west', 100)]);
  const account = await openAccount(accountAt(server.url), proven);
  const ref = refOf('www', zone);
  const read = async (asked = ref) => {
    const [reading] = await account.steering.read([asked], never());
    const [state] = reading?.sets ?? [];
    return { fence: reading?.fence, state: state ?? expect.fail('nothing was read') };
  };
  return { ...account, console, zone, ref, read };
};

describe('Route 53 steering against a server of others', () => {
  it('writes what was intended, carries the marker along, and hears that it has propagated', async () => {
    const { steering, zone, ref, read } = await arrange();
    const before = await read();

    const landed = await steering.replace(writeOf(zone, [changeOf(ref, before.state, { east: 30 })]), never());
    const after = await read();
    const change = landed.change ?? expect.fail('no change to ask about');
    await steering.propagation([change], never());
    const propagation = await steering.propagation([change], never());

    expect(before.fence).toBeNull();
    expect(weightsOf(after.state)).toEqual({ east: 30, west: 100 });
    expect(after.fence).toEqual(FENCE_1);
    expect(propagation.get(change)).toBe('done');
  });

  it('drains a member to zero and brings it back to what it was', async () => {
    const { steering, zone, ref, read } = await arrange();
    const home = (await read()).state;

    await steering.replace(writeOf(zone, [changeOf(ref, home, { east: null })]), never());
    const drained = (await read()).state;
    const back = writeOf(zone, [changeOf(ref, drained, { east: 100 })], { expects: FENCE_1, leaves: FENCE_1 });
    await steering.replace(back, never());

    expect(weightsOf(drained)).toEqual({ east: null, west: 100 });
    expect((await read()).state).toEqual(home);
  });

  it.each([
    ['weight', weighted(WWW, 'west', 99)],
    ['TTL', weighted(WWW, 'west', 100, { TTL: 61 })],
    ['address', weighted(WWW, 'west', 100, { ResourceRecords: [{ Value: '203.0.113.9' }] })],
  ])(
    'rule 2: a %s that somebody else changed on a member that stays the same is a conflict, sent once',
    async (_, edited) => {
      const { steering, console, zone, ref, read, calls } = await arrange();
      const { state } = await read();
      await put(console, zone, [edited]);

      const failure = await kindOf(steering.replace(writeOf(zone, [changeOf(ref, state, { east: 30 })]), never()));

      expect(failure).toBe('conflict');
      expect(weightsOf((await read()).state)).toMatchObject({ east: 100 });
      expect((await read()).fence).toBeNull();
      expect(calls.filter(({ action }) => action === 'ChangeResourceRecordSets')).toHaveLength(1);
    },
  );

  it('rule 2: writes all sets of a batch or none: one stale set stops the other', async () => {
    const { steering, console, zone, ref, read } = await arrange();
    await put(console, zone, [weighted(API, 'east', 10), weighted(API, 'west', 10)]);
    const api = refOf('api', zone);
    const [www, other] = [(await read()).state, (await read(api)).state];
    await put(console, zone, [weighted(API, 'east', 11)]);

    const write = writeOf(zone, [changeOf(ref, www, { east: 30 }), changeOf(api, other, { east: 30 })]);
    const failure = await kindOf(steering.replace(write, never()));

    expect(failure).toBe('conflict');
    expect([weightsOf((await read()).state), weightsOf((await read(api)).state)]).toEqual([
      { east: 100, west: 100 },
      { east: 11, west: 10 },
    ]);
  });

  it('rule 3: a writer with an old epoch is refused once a new one has raised the marker', async () => {
    const { steering, zone, ref, read } = await arrange();
    await steering.replace(writeOf(zone, []), never());
    await steering.replace(writeOf(zone, [], { expects: FENCE_1, leaves: FENCE_2 }), never());
    const { state, fence } = await read();

    const late = writeOf(zone, [changeOf(ref, state, { east: 30 })], { expects: FENCE_1, leaves: FENCE_1 });
    const failure = await kindOf(steering.replace(late, never()));

    expect(fence).toEqual(FENCE_2);
    expect(failure).toBe('conflict');
    expect((await read()).state).toEqual(state);
  });

  it('rule 1: refuses to drain every member before anything is sent', async () => {
    const { steering, zone, ref, read, calls } = await arrange();
    const { state } = await read();

    const failure = await kindOf(
      steering.replace(writeOf(zone, [changeOf(ref, state, { east: null, west: null })]), never()),
    );

    expect(failure).toBe('never-empty');
    expect(calls.map(({ action }) => action)).not.toContain('ChangeResourceRecordSets');
  });

  it('finds one name among a thousand records', async () => {
    const { console, zone, read } = await arrange();
    const names = Array.from({ length: 1000 }, (_, index) => `h${String(index).padStart(4, '0')}.example.com.`);
    for (let from = 0; from < names.length; from += 250) {
      await put(
        console,
        zone,
        names.slice(from, from + 250).map((name) => weighted(name, 'east', 1)),
      );
    }

    const { state } = await read();

    expect(weightsOf(state)).toEqual({ east: 100, west: 100 });
  });

  it('knows no zone of another account, and no change that never was', async () => {
    const { steering, ref } = await arrange();
    const foreign = await makeZone(consoleAt(server.url, keysOf('444455556666')), 'example.com');

    const read = kindOf(steering.read([{ ...ref, zone: foreign }], never()));
    const propagation = await steering.propagation(['C0000000000000'], never());

    expect(await read).toBe('not-found');
    expect([...propagation.values()]).toEqual(['unknown-change']);
  });

  it('rule 2: provider check proves the conditional write here, not what weight 0 does on an alias, and leaves no record behind', async () => {
    const { check, zone, read } = await arrange(null);

    // It keeps aliases and has no name servers: nothing listens there.
    const ask = answersAt(accountAt(server.url, { nameServers: ['127.0.0.1:9'] }), liveMount());
    const report = await check({ zone, healthCheck: null, ask }, never());

    expect(report.findings.filter(({ ok }) => ok !== true).map(({ code, ok }) => [code, ok])).toEqual([
      ['alias-control', null],
      ['alias-zero', null],
    ]);
    expect(report).toMatchObject({ conditionalWrite: 'native', fence: 'native', zeroOnAlias: 'unproven' });
    expect(report.findings.find(({ code }) => code === 'alias-control')?.saw).toMatch(
      /^0 of 100 questions .*127\.0\.0\.1:9/,
    );
    expect(report.findings.at(-1)?.code).toBe('cleaned');
    expect(weightsOf((await read()).state)).toEqual({ east: 100, west: 100 });
  });
});
