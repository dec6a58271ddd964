import { describe, expect, it } from 'vitest';
import { NOTHING_PROVEN, type ProvenOnAccount } from '../../../providers/proven.ts';
import { keyOf, type RecordSet } from '../../../providers/route53/fake/records.ts';
import { route53Steering } from '../../../providers/route53/steering.ts';
import { createZoneDirectory } from '../../../providers/route53/zones.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import { sameRecords } from '../../../src/domain/set-state.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { changeOf, FENCE_1, intendedState, kindOf, never, weightsOf, writeOf } from '../../contracts/steering/world.ts';
import { ACCOUNT, apiOverFake } from './wire.ts';

const PROVEN: ProvenOnAccount = { conditionalWrite: true, fence: 'native', zeroOnAlias: false };

const record = (name: string, setIdentifier: string, extra: Partial<RecordSet> = {}): RecordSet => ({
  name,
  type: 'A',
  setIdentifier,
  weight: 100,
  ttlSeconds: 60,
  values: ['192.0.2.1'],
  ...extra,
});

const arrange = (proven: ProvenOnAccount, records: readonly RecordSet[], linkedService?: string) => {
  const world = apiOverFake({ propagationMs: 1000 });
  const zone = world.fake.createZone({
    accountId: ACCOUNT,
    name: 'example.com',
    records,
    ...(linkedService === undefined ? {} : { linkedService }),
  });
  const steering = route53Steering({ api: world.api, zones: createZoneDirectory(world.api), proven });
  const ref = (name: string, type = 'A', zoneId = zone): SetRef => ({
    set: setId(`set-${type}`),
    provider: providerId('dns-1'),
    zone: zoneId,
    name,
    type,
  });
  const read = async (...refs: readonly SetRef[]) => {
    const [reading] = await steering.read(refs, never());
    return reading?.sets ?? [];
  };
  return { ...world, zone, steering, ref, read };
};

const PAIR = [record('www.example.com.', 'east'), record('www.example.com.', 'west')];

describe('Steering over Route 53', () => {
  it('finds a name however it is written, and a zone with and without its prefix', async () => {
    const { steering, ref, zone } = arrange(PROVEN, [
      record('\\052.example.com.', 'east'),
      record('\\052.example.com.', 'west'),
    ]);
    const prefixed = ref('*.Example.COM', 'A', `/hostedzone/${zone}`);

    const [reading] = await steering.read([prefixed], never());
    const state = reading?.sets[0] ?? expect.fail();
    const landed = await steering.replace(writeOf(prefixed.zone, [changeOf(prefixed, state, { east: 1 })]), never());

    expect(reading?.zone).toBe(`/hostedzone/${zone}`);
    expect(landed.sets.map(weightsOf)).toEqual([{ east: 1, west: 100 }]);
  });

  it('moves A and AAAA of one name in one batch', async () => {
    const aaaa = { type: 'AAAA', values: ['2001:db8::1'] };
    const { steering, ref, read, calls, zone } = arrange(PROVEN, [
      ...PAIR,
      record('www.example.com.', 'east', aaaa),
      record('www.example.com.', 'west', aaaa),
    ]);
    const refs = [ref('www.example.com.'), ref('www.example.com.', 'AAAA')];
    const states = await read(...refs);
    const changes = refs.map((its, index) => changeOf(its, states[index] ?? expect.fail(), { east: null }));

    await steering.replace(writeOf(zone, changes), never());

    expect((await read(...refs)).map(weightsOf)).toEqual([
      { east: null, west: 100 },
      { east: null, west: 100 },
    ]);
    expect(calls.filter(({ action }) => action === 'ChangeResourceRecordSets')).toHaveLength(1);
  });

  it('refuses to write into a zone that belongs to another service', async () => {
    const { steering, ref, read, zone, calls } = arrange(PROVEN, PAIR, 'servicediscovery.amazonaws.com');
    const www = ref('www.example.com.');
    const [state] = await read(www);

    const write = writeOf(zone, [changeOf(www, state ?? expect.fail(), { east: 1 })]);

    expect(await kindOf(steering.replace(write, never()))).toBe('rejected');
    expect(calls.map(({ action }) => action)).not.toContain('ChangeResourceRecordSets');
  });

  it('shows records of another routing policy, and refuses to write them', async () => {
    const { weight: _, ...latency } = record('www.example.com.', 'far', { region: 'eu-west-1' });
    const { steering, ref, read, zone } = arrange(PROVEN, [latency]);
    const www = ref('www.example.com.');
    const [state] = await read(www);

    const write = writeOf(zone, [changeOf(www, state ?? expect.fail(), { far: 7 })]);

    expect(state?.members).toMatchObject([{ member: 'far', weight: null, kept: { Region: 'eu-west-1' } }]);
    expect(await kindOf(steering.replace(write, never()))).toBe('rejected');
  });

  it('says unknown-change of a change that was stranded', async () => {
    const { steering, zone, fake } = arrange(PROVEN, PAIR);
    const { change } = await steering.replace(writeOf(zone, []), never());

    fake.strand(change ?? '');

    expect(await steering.propagation([change ?? ''], never())).toEqual(new Map([[change, 'unknown-change']]));
  });

  it('sends one call for a write on a proven account, and never reads first', async () => {
    const { steering, ref, read, zone, calls } = arrange(PROVEN, PAIR);
    const www = ref('www.example.com.');
    const [state] = await read(www);
    calls.length = 0;

    await steering.replace(writeOf(zone, [changeOf(www, state ?? expect.fail(), { east: 1 })]), never());

    expect(calls.map(({ action }) => action)).toEqual(['ChangeResourceRecordSets']);
  });

  it('rule 14: reads on where somebody has changed the marker, and calls it the marker of a foreign store', async () => {
    const marker = { name: '_steer.example.com.', type: 'TXT', ttlSeconds: 300, values: ['"steer store=s epoch=1"'] };
    const { steering, ref } = arrange(PROVEN, [...PAIR, marker]);

    const [reading] = await steering.read([ref('www.example.com.')], never());

    expect(reading?.fence?.store).toBe('no marker of steer: "steer store=s epoch=1", TTL 300');
    expect(reading?.sets.map(weightsOf)).toEqual([{ east: 100, west: 100 }]);
  });
});

describe('Steering over an account that has proven nothing', () => {
  /** Does something at the very moment when the batch has landed. */
  const onceWritten = (world: ReturnType<typeof arrange>, act: () => void) => {
    const api: typeof world.api = {
      ...world.api,
      change: async (...call) => {
        const id = await world.api.change(...call);
        act();
        return id;
      },
    };
    return route53Steering({ api, zones: createZoneDirectory(api), proven: NOTHING_PROVEN });
  };

  it('reads, compares, writes and reads again', async () => {
    const { steering, ref, read, zone, calls } = arrange(NOTHING_PROVEN, PAIR);
    const www = ref('www.example.com.');
    const [state] = await read(www);
    calls.length = 0;

    await steering.replace(writeOf(zone, [changeOf(www, state ?? expect.fail(), { east: 1 })]), never());

    expect(calls.map(({ action }) => action)).toEqual([
      'ListResourceRecordSets',
      'ChangeResourceRecordSets',
      'ListResourceRecordSets',
    ]);
  });

  it('rule 2: calls it a conflict when somebody wrote over it before it looked again', async () => {
    const world = arrange(NOTHING_PROVEN, PAIR);
    const www = world.ref('www.example.com.');
    const [state] = await world.read(www);
    const steering = onceWritten(world, () =>
      world.fake.foreignEdit(world.zone, (records) => {
        const edited = record('www.example.com.', 'east', { weight: 66 });
        records.set(keyOf(edited), edited);
      }),
    );

    const write = writeOf(world.zone, [changeOf(www, state ?? expect.fail(), { east: 1 })]);

    expect(await kindOf(steering.replace(write, never()))).toBe('conflict');
  });

  it('rule 4: calls it an unknown outcome when it cannot look again, and a read resolves it', async () => {
    const world = arrange(NOTHING_PROVEN, PAIR);
    const www = world.ref('www.example.com.');
    const [state] = await world.read(www);
    const steering = onceWritten(world, () =>
      world.fake.faults.add({ kind: 'unavailable', operation: 'ListResourceRecordSets' }),
    );

    const change = changeOf(www, state ?? expect.fail(), { east: 1 });
    const kind = await kindOf(steering.replace(writeOf(world.zone, [change]), never()));
    const [live] = await world.read(www);

    expect(kind).toBe('unknown-outcome');
    expect(sameRecords(live ?? expect.fail(), intendedState(change))).toBe(true);
  });

  it('rule 3: compares the marker as well', async () => {
    const { steering, zone, calls } = arrange(NOTHING_PROVEN, PAIR);

    const kind = await kindOf(steering.replace(writeOf(zone, [], { expects: FENCE_1, leaves: FENCE_1 }), never()));

    expect(kind).toBe('conflict');
    expect(calls.map(({ action }) => action)).not.toContain('ChangeResourceRecordSets');
  });
});
