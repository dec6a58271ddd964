import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { never } from '../../contracts/steering/world.ts';
import { HOME, openUltra } from './arrange.ts';
import { change, NAME, read, recordsOf } from './record-changes.ts';

describe('what else stands in a zone', () => {
  it('follows every page of 1,000 record sets', async () => {
    const account = await openUltra();
    for (let n = 0; n < 2100; n += 1)
      account.fake.put(HOME, `n${n}.example.com`, 'A', { ttl: 60, rdata: ['192.0.2.1'] });

    const sets = await recordsOf(account).recordSets(HOME, { type: 'A' }, never());

    expect(new Set(sets.map(({ name }) => name)).size).toBe(2100);
  });

  it('reads all types of one name by one call', async () => {
    const account = await openUltra();
    account.fake.put(HOME, NAME, 'A', { ttl: 60, rdata: ['192.0.2.1'] });
    account.fake.put(HOME, NAME, 'TXT', { ttl: 60, rdata: ['"text"'] });
    account.fake.put(HOME, 'www2.example.com', 'A', { ttl: 60, rdata: ['192.0.2.1'] });

    const sets = await recordsOf(account).recordSets(HOME, { name: NAME }, never());

    expect(sets.map(({ type }) => type)).toEqual(['A', 'TXT']);
    expect(account.fake.requests()).toHaveLength(2);
  });

  it('reads texts with and without quotes, and shows values that it cannot read', async () => {
    const account = await openUltra();
    account.fake.put(HOME, 'a.example.com', 'TXT', { ttl: 60, rdata: ['v=spf1 -all'] });
    account.fake.put(HOME, 'b.example.com', 'TXT', { ttl: 60, rdata: ['"v=spf1 -all"'] });
    account.fake.put(HOME, 'c.example.com', 'APEXALIAS', { ttl: 60, rdata: ['www.example.net.'] });
    const all = await recordsOf(account).recordSets(HOME, {}, never());
    const of = (name: string) => all.filter((set) => set.name === name);

    expect([of('a.example.com.'), of('b.example.com.')].map(([set]) => set?.values)).toEqual([
      ['"v=spf1 -all"'],
      ['"v=spf1 -all"'],
    ]);
    expect(of('c.example.com.')).toMatchObject([
      { type: 'APEXALIAS', profile: { kind: 'other' }, values: ['www.example.net.'] },
    ]);
  });

  it('does not turn one kind of set into another', async () => {
    const account = await openUltra();
    account.fake.put(HOME, NAME, 'A', { ttl: 60, rdata: ['192.0.2.1'] });
    const [basic] = await read(account);
    const set = basic ?? expect.fail('not read');
    const weighted: RecordSet = { ...set, qualifier: '192.0.2.1', profile: { kind: 'weighted', weight: 2 } };

    const became = await change(account, [set, null], [null, weighted]);

    expect(became.map((one) => one.split(':')[0])).toEqual(['rejected', 'rejected']);
    expect(account.fake.landedWrites()).toBe(0);
  });

  it('shows the TTL and mailbox of a zone that is asked for by name, and sends the serial back as it was', async () => {
    const account = await openUltra();
    const records = recordsOf(account);
    const [zone] = await records.zones(HOME, never());

    const changed = await records.putZone({ name: HOME, ttlSeconds: 600, email: 'a.b@example.org' }, never());
    const [after] = await records.zones(HOME, never());

    expect(zone).toMatchObject({ ttlSeconds: 86_400, email: 'operator.one@example.com' });
    expect(after).toEqual(changed);
    expect(account.fake.zones.set(HOME, HOME, 'SOA')?.rdata[0]).toContain(' a\\.b.example.org. 2026010501 ');
  });

  it('makes no zone where the config names no account for it', async () => {
    const account = await openUltra({}, { settings: {} });
    const made = recordsOf(account).putZone({ name: 'new.example.org.', ttlSeconds: null, email: null }, never());

    await expect(made).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('settings.account'),
    });
  });
});
