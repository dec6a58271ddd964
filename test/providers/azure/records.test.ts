import { describe, expect, it } from 'vitest';
import { everyPage } from '../../../providers/azure/paging.ts';
import { AZURE_ZONE } from '../../../providers/azure/record-set.ts';
import { createHttpAccount } from '../../../providers/http-account.ts';
import { createRateLimiter } from '../../../providers/rate-limit.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { arrangeAzureRecords } from '../../contracts/records/azure-world.ts';
import { become, COMMENT, held, kindOf, madeOne, never, put, setOf, take } from '../../contracts/records/world.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const WWW = setOf('www', 'A', ['192.0.2.1']);
const PLACE = { group: 'home', zone: 'example.com', type: 'A', name: 'www' } as const;

describe('changing Azure DNS', () => {
  it('rule 2: refuses a change that somebody else has overtaken between its read and its write', async () => {
    const { world, fake } = await arrangeAzureRecords();
    const set = await madeOne(world, WWW);
    const changing = world.records.change('example.com', [put({ ...set, ttlSeconds: 60 }, set)], COMMENT, never());
    // The read is on its way; the write follows it.
    fake.faults.add({
      fault: 'slow',
      delayMs: 1,
      on: ({ method }) => {
        if (method === 'PUT') fake.putRecordSet(PLACE, { TTL: 5, ARecords: [{ ipv4Address: '192.0.2.9' }] });
        return false;
      },
    });

    const [outcome] = await changing;

    expect(outcome).toMatchObject({ outcome: 'failed', kind: 'conflict' });
    expect((await held(world, WWW)).values).toEqual(['192.0.2.9']);
  });

  it.each([
    ['the SOA of the zone taken away', 'SOA', /the SOA set of the zone itself stays/],
    ['the NS of the zone taken away', 'NS', /the NS set of the zone itself stays/],
  ])('refuses %s', async (_, type, because) => {
    const { world } = await arrangeAzureRecords();
    const own = await held(world, setOf('@', type, [], { name: 'example.com.' }));

    const [outcome] = await world.records.change('example.com', [take(own)], COMMENT, never());

    expect(outcome).toMatchObject({ outcome: 'failed', kind: 'rejected', because: expect.stringMatching(because) });
  });

  it.each([
    ['without a TTL', { ...WWW, ttlSeconds: null }],
    ['outside the zone', { ...WWW, name: 'www.example.org.' }],
    ['an alias with a TTL', { ...WWW, values: [], alias: { target: '/x', zone: null } }],
    ['of octets that are no text', setOf('www', 'TXT', ['"\\255"'])],
  ])('refuses a set %s, and sends nothing', async (_, set) => {
    const { world, fake } = await arrangeAzureRecords();

    expect(await become(world, [put(set)])).toEqual(['rejected']);
    expect(fake.counts().landed).toBe(0);
  });

  it('changes the SOA of a zone', async () => {
    const { world } = await arrangeAzureRecords();
    const soa = await held(world, setOf('@', 'SOA', [], { name: 'example.com.' }));

    expect(await become(world, [put({ ...soa, ttlSeconds: 60 }, soa)])).toEqual(['landed']);
    expect(await world.records.zones('example.com.', never())).toMatchObject([{ ttlSeconds: 60 }]);
  });

  it('gives a new zone the TTL and address that are wished for', async () => {
    const { world } = await arrangeAzureRecords();
    const wish = { name: 'new.example.org.', ttlSeconds: 120, email: 'dns@example.org' };

    expect(await world.records.putZone(wish, never())).toEqual({ id: 'new.example.org', ...wish });
    expect(await world.records.zones(null, never())).toContainEqual({ id: 'new.example.org', ...wish });
  });
});

describe('the pages of a list', () => {
  const pagesOf = (link: string) => {
    const asked: string[] = [];
    const clock = new ManualClock();
    const account = createHttpAccount({
      vendor: 'azure',
      transport: async ({ url }) => {
        asked.push(url);
        return { status: 200, headers: {}, body: JSON.stringify({ value: [{ name: 'a' }], nextLink: link }) };
      },
      limiter: createRateLimiter({ account: { perSecond: 10, burst: 10 }, actions: {} }, clock),
      policy: barePolicy,
      clock,
      observe: () => {},
      authorised: async (request) => request,
      failureOf: () => null,
      renews: false,
    });
    const request = { method: 'GET', url: 'http://127.0.0.1:1/zones', headers: {}, body: null } as const;
    const call = { action: 'Zones', zone: null, request, item: AZURE_ZONE, endpoint: 'http://127.0.0.1:1' };
    return { asked, read: () => kindOf(everyPage(account, call, never())) };
  };

  it.each(['http://127.0.0.2:1/zones?page=2', 'https://127.0.0.1:1/zones', '/zones?page=2', 'not an address'])(
    'never carry the token elsewhere: %s',
    async (link) => {
      const { asked, read } = pagesOf(link);

      expect(await read()).toBe('unreadable');
      expect(asked).toHaveLength(1);
    },
  );

  it('never lead in a circle', async () => {
    const { asked, read } = pagesOf('http://127.0.0.1:1/zones');

    expect(await read()).toBe('unreadable');
    expect(asked).toHaveLength(1);
  });
});
