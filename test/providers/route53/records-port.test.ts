import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { arrangeRoute53Records } from '../../contracts/records/route53-world.ts';
import { kindOf, never, put, setOf, take, wordOf } from '../../contracts/records/world.ts';

const PROVEN = { conditionalWrite: true, fence: 'native', zeroOnAlias: false } as const;

const arrange = async () => {
  const world = await arrangeRoute53Records(PROVEN);
  const change = async (...changes: readonly ReturnType<typeof put>[]) =>
    world.records.change(world.zones.home, changes, 'a test', never());
  const calls = (operation: string): number =>
    world.fake.log.entries().filter((entry) => entry.operation === operation).length;
  return { ...world, change, calls };
};

const many = (count: number, over: Partial<RecordSet> = {}): readonly RecordSet[] =>
  Array.from({ length: count }, (_, n) => setOf(`n${n}`, 'A', ['192.0.2.1'], over));

describe('Records over Route 53', () => {
  it('sends 500 changed sets in one batch, and needs a second for more', async () => {
    const { records, zones, change, calls } = await arrange();
    await change(...many(501).map((set) => put(set)));
    const [sets, before] = [many(501), calls('ChangeResourceRecordSets')];

    const outcomes = await change(...sets.map((set) => put({ ...set, ttlSeconds: 60 }, set)));

    expect(before).toBe(1);
    expect(new Set(outcomes.map(wordOf))).toEqual(new Set(['landed']));
    expect(calls('ChangeResourceRecordSets')).toBe(3);
    const live = await records.recordSets(zones.home, { type: 'A' }, never());
    expect(new Set(live.map(({ ttlSeconds }) => ttlSeconds))).toEqual(new Set([60]));
  });

  it('splits by characters, too', async () => {
    const { change, calls } = await arrange();
    const text = `"${'x'.repeat(250)}"`;

    const outcomes = await change(...Array.from({ length: 200 }, (_, n) => put(setOf(`n${n}`, 'TXT', [text]))));

    expect(new Set(outcomes.map(wordOf))).toEqual(new Set(['landed']));
    expect(calls('ChangeResourceRecordSets')).toBe(2);
  });

  it('tells a batch that is wrong from one that is stale', async () => {
    const { change } = await arrange();
    await change(put(setOf('www', 'A', ['192.0.2.1'])));

    const [wrong] = await change(put(setOf('www', 'CNAME', ['one.example.net.'])));
    const [outside] = await change(put({ ...setOf('www', 'A', ['192.0.2.1']), name: 'www.example.org.' }));

    expect(wrong).toMatchObject({ outcome: 'failed', kind: 'rejected', because: expect.stringContaining('CNAME') });
    expect(outside).toMatchObject({ outcome: 'failed', kind: 'rejected', because: expect.stringContaining('zone') });
  });

  it('deletes what stands there word for word, in whatever form somebody wrote it', async () => {
    const { fake, zones, records, change } = await arrange();
    fake.foreignEdit(zones.home, (sets) => {
      const set = { name: 'long.example.com.', type: 'AAAA', ttlSeconds: 60, values: ['2001:0db8:0:0:0:0:0:0001'] };
      sets.set('long.example.com.|AAAA|', set);
    });
    const [seen] = await records.recordSets(zones.home, { name: 'long.example.com.' }, never());
    if (seen === undefined) throw new Error('it is there');

    const [outcome] = await change(put({ ...seen, ttlSeconds: 300 }, seen));

    expect(seen.values).toEqual(['2001:db8::1']);
    expect(outcome).toMatchObject({ outcome: 'landed' });
  });

  it('does not touch the sets of another profile that share the name', async () => {
    const { change } = await arrange();
    const basic = setOf('www', 'A', ['192.0.2.1']);
    await change(put(basic));

    const routed = { ...basic, qualifier: 'east', profile: { kind: 'weighted', weight: 1 } } as const;
    const [mixed] = await change(put(routed));
    const swapped = await change(take(basic), put(routed));

    expect(mixed).toMatchObject({
      outcome: 'failed',
      kind: 'rejected',
      because: expect.stringContaining('cannot stand'),
    });
    expect(swapped.map(wordOf)).toEqual(['landed', 'landed']);
  });

  it('refuses the records of a zone that belongs to another service', async () => {
    const { fake, records } = await arrange();
    const zone = fake.createZone({
      accountId: '111122223333',
      name: 'linked.example.org',
      linkedService: 'servicediscovery.amazonaws.com',
    });
    const set = { ...setOf('www', 'A', ['192.0.2.1']), name: 'www.linked.example.org.' };

    expect(await kindOf(records.change(zone, [put(set)], '', never()))).toBe('rejected');
  });

  it('reads TTL and mailbox of the zones of one name only: a list of all costs a call a page', async () => {
    const { records, zones, foreigner, calls } = await arrange();
    await foreigner.zones(150);

    const all = await records.zones(null, never());
    const [home] = await records.zones('example.com.', never());

    expect(all).toHaveLength(152);
    expect(all[0]).toMatchObject({ ttlSeconds: null, email: null });
    expect(calls('ListHostedZones')).toBe(2);
    expect(calls('ListResourceRecordSets')).toBe(1);
    expect(home).toEqual({
      id: zones.home,
      name: 'example.com.',
      ttlSeconds: 900,
      email: 'awsdns-hostmaster@amazon.com',
    });
  });

  it('does not guess which of two zones of one name is meant', async () => {
    const { fake, records } = await arrange();
    fake.createZone({ accountId: '111122223333', name: 'example.net' });

    const wish = { name: 'example.net.', ttlSeconds: 60, email: null };

    await expect(records.putZone(wish, never())).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('2 zones are called example.net.'),
    });
    expect(await records.zones('example.net.', never())).toHaveLength(2);
  });

  it('names every place that Route 53 has, following every page', async () => {
    const { records, calls } = await arrange();

    const places = await records.geoRegions(never());

    expect(Object.keys(places).toSorted()).toEqual(['continent', 'country', 'default', 'subdivision']);
    expect(places['continent']).toHaveLength(7);
    expect(places['country']?.length).toBeGreaterThan(200);
    expect(places['subdivision']).toContain('US-CA');
    expect(calls('ListGeoLocations')).toBeGreaterThan(2);
  });
});
