import { describe, expect, it } from 'vitest';
import { needsEtag, operationsOf, recordSetsOf } from '../../../providers/oci/record-sets.ts';
import { arrangeOciRecords } from '../../contracts/records/oci-world.ts';
import { become, live, never, put, setOf, take } from '../../contracts/records/world.ts';
import { arrangeOci } from '../../contracts/steering/oci-world.ts';

const record = (rdata: string, extra: object = {}) => ({
  domain: 'www.example.com',
  rtype: 'A',
  rdata,
  ttl: 1800,
  recordHash: `hash of ${rdata}`,
  isProtected: false,
  rrsetVersion: '7',
  ...extra,
});

const group = (values: readonly string[] | null) => {
  const set = setOf('www', 'A', values ?? []);
  return { name: set.name, type: set.type, before: [], after: values === null ? [] : [set], changes: [] };
};

describe('a PATCH of records', () => {
  const held = [record('192.0.2.1'), record('192.0.2.2')];

  it('names every record that was read as a condition, whole, and then what shall change', () => {
    expect(operationsOf(group(['192.0.2.2', '192.0.2.3']), held)).toEqual([
      { ...held[0], operation: 'REQUIRE' },
      { ...held[1], operation: 'REQUIRE' },
      { domain: 'www.example.com', rtype: 'A', rdata: '192.0.2.1', operation: 'REMOVE' },
      { domain: 'www.example.com', rtype: 'A', rdata: '192.0.2.2', ttl: 1800, operation: 'ADD' },
      { domain: 'www.example.com', rtype: 'A', rdata: '192.0.2.3', ttl: 1800, operation: 'ADD' },
    ]);
  });

  it('says that nothing may be there where nothing was', () => {
    expect(operationsOf(group(['192.0.2.1']), [])[0]).toEqual({
      domain: 'www.example.com',
      rtype: 'A',
      operation: 'PROHIBIT',
    });
  });

  it('takes the whole set away at the end', () => {
    expect(operationsOf(group(null), held).at(-1)).toEqual({
      domain: 'www.example.com',
      rtype: 'A',
      operation: 'REMOVE',
    });
  });

  it('needs the ETag too where records have no version, because one that was added would not be noticed', () => {
    expect(needsEtag(held)).toBe(false);
    expect(needsEtag([record('192.0.2.1', { rrsetVersion: null })])).toBe(true);
  });

  it('spells a value as the vendor does when it is there already', () => {
    const spelled = record('2001:DB8:0::1', { rtype: 'AAAA' });
    const set = setOf('www', 'AAAA', ['2001:db8::1', '2001:db8::2']);

    const operations = operationsOf({ name: set.name, type: set.type, before: [], after: [set], changes: [] }, [
      spelled,
    ]);

    expect(recordSetsOf([spelled])[0]?.values).toEqual(['2001:db8::1']);
    expect(operations.filter(({ operation }) => operation === 'ADD').map(({ rdata }) => rdata)).toEqual([
      '2001:DB8:0::1',
      '2001:db8::2',
    ]);
  });
});

describe('records of OCI', () => {
  it('that OCI manages itself are shown and not changed', async () => {
    const world = await arrangeOciRecords();
    const ns = await live(world, { name: 'example.com.', type: 'NS', qualifier: null });
    if (ns === null) throw new Error('the zone has no NS');

    expect(await become(world, [put({ ...ns, ttlSeconds: 60 }, ns), take(ns)])).toEqual(['rejected', 'rejected']);
    expect(await world.landedWrites()).toBe(0);
  });

  it('rule 2: a record that somebody adds between the look and the write makes it a conflict', async () => {
    const world = await arrangeOci();
    const { fake, records } = world;
    if (records === null) throw new Error('OCI has records');
    const set = setOf('www', 'A', ['192.0.2.1']);
    await records.change(world.zones.home, [put(set)], '', never());
    let isAdded = false;
    fake.faults.add({
      fault: 'slow',
      on: ({ method }) => {
        if (method !== 'PATCH' || isAdded) return false;
        isAdded = true;
        fake.editRecords(world.zones.home, (its) => [
          ...its.map((one) => (one.domain === 'www.example.com' ? { ...one, rrsetVersion: '99' } : one)),
          { ...record('192.0.2.9'), rrsetVersion: '99' },
        ]);
        return false;
      },
    });

    const [outcome] = await records.change(world.zones.home, [put({ ...set, ttlSeconds: 60 }, set)], '', never());

    expect(outcome).toMatchObject({ outcome: 'failed', kind: 'conflict' });
    expect(fake.records(world.zones.home).filter(({ domain }) => domain === 'www.example.com')).toHaveLength(2);
  });
});
