import { describe, expect, it } from 'vitest';
import type { FakeProperty } from '../../../providers/akamai/fake/shapes.ts';
import type { VendorCall } from '../../../providers/calls.ts';
import { ProviderError } from '../../../providers/errors.ts';
import { openProvider } from '../../../providers/registry.ts';
import type { DrainMethod, Weights } from '../../../src/domain/steering.ts';
import { AKAMAI_CONFIG, type AkamaiWorld, arrangeAkamai } from '../../contracts/steering/akamai-world.ts';
import { changeOf, kindOf, never, refOf, weightsOf, writeOf } from '../../contracts/steering/world.ts';
import { providerDeps } from '../../support/provider-deps.ts';

const WWW = refOf('www', 'example.com');
const API = refOf('api', 'example.com');

const edited = (world: AkamaiWorld, how: Partial<FakeProperty>): void =>
  world.domains['example.com']?.edit('www', (property) => ({ ...property, ...how }));

const readPlain = async (world: AkamaiWorld, ref = WWW) => {
  const [reading] = await world.plain.read([ref], never());
  return reading?.sets[0] ?? expect.fail('nothing was read');
};

const write = async (world: AkamaiWorld, weights: Weights, drain: DrainMethod = 'state', ref = WWW) =>
  world.plain.replace(writeOf(ref.zone, [changeOf(ref, await readPlain(world, ref), weights, drain)]), never());

const said = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (failure) {
    return failure instanceof ProviderError ? `${failure.kind}: ${failure.message}` : String(failure);
  }
};

describe('what Akamai is not asked to do', () => {
  it.each<readonly [string, Partial<FakeProperty>]>([
    ['its type is "failover"', { type: 'failover' }],
    ['its type is "weighted-hashed"', { type: 'weighted-hashed' }],
    ['its type is "weighted-round-robin-load-feedback"', { type: 'weighted-round-robin-load-feedback' }],
    ['useComputedTargets lets the vendor reckon', { useComputedTargets: true }],
    ['balanceByDownloadScore moves traffic', { balanceByDownloadScore: true }],
  ])('a property is read and not written when %s', async (because, how) => {
    const world = await arrangeAkamai();
    edited(world, how);

    const state = await readPlain(world);
    const outcome = await said(write(world, { 3131: 20, 3132: 80 }));

    expect(state.members).toHaveLength(3);
    expect(outcome).toContain('rejected: property www.example.com. in example.com: ');
    expect(outcome).toContain(because);
    expect(world.landedWrites()).toBe(0);
  });

  it('a data centre with two targets is refused', async () => {
    const world = await arrangeAkamai();
    const twin = { datacenterId: 3131, enabled: true, weight: 5, servers: ['192.0.2.77'] };
    world.domains['example.com']?.edit('www', (property) => ({
      ...property,
      trafficTargets: [...property.trafficTargets, twin],
    }));

    expect(await said(write(world, { 3132: 80 }))).toContain('data centre 3131 has more than one traffic target');
  });

  it('rule 1: no data centre is drained that the backup leads to', async () => {
    const world = await arrangeAkamai();
    edited(world, { backupIp: '192.0.2.10' });

    const drained = await said(write(world, { 3131: null }));
    const other = await said(write(world, { 3132: null }));

    expect(drained).toContain('the backup 192.0.2.10 leads to data centre 3131');
    expect(other).toBe('ok');
  });

  it.each(['zero', 'remove'] as const)('nothing is drained by %s', async (drain) => {
    const world = await arrangeAkamai();

    expect(await said(write(world, { 3131: null }, drain))).toContain('declare `drain: state`');
    expect(world.landedWrites()).toBe(0);
  });

  it('a fraction that another editor wrote has to be given a whole weight', async () => {
    const world = await arrangeAkamai();
    world.domains['example.com']?.edit('www', (property) => ({
      ...property,
      trafficTargets: property.trafficTargets.map((one) => (one.enabled ? { ...one, weight: 33.3 } : one)),
    }));

    const kept = await said(write(world, { 3131: 20 }));
    const both = await said(write(world, { 3131: 20, 3132: 80 }));

    expect([kept.split(':')[0], both]).toEqual(['rejected', 'ok']);
  });
});

describe('what Akamai is asked', () => {
  it('gives the property back as it was read, secrets and all, apart from the weights', async () => {
    const world = await arrangeAkamai();
    const [test] = world.domains['example.com']?.property('www').livenessTests ?? [];
    edited(world, { livenessTests: [{ ...(test ?? expect.fail()), testObjectPassword: 'hunter-2' }] });
    const before = world.domains['example.com']?.property('www');

    await write(world, { 3131: 20 });

    const put = world.exchanges.find(({ request }) => request.method === 'PUT')?.request;
    const sent: FakeProperty = JSON.parse(put?.body ?? '');
    expect({ ...sent, trafficTargets: null }).toEqual({ ...before, trafficTargets: null });
    expect(sent.trafficTargets.map(({ weight, enabled }) => [weight, enabled])).toEqual([
      [20, true],
      [100, true],
      [100, false],
    ]);
    expect(put?.query).toEqual({ domainModificationComments: 'run_1 step 1' });
  });

  it('reads one name in one call and many of a domain in one, and writes in three', async () => {
    const calls: VendorCall[] = [];
    const world = await arrangeAkamai({ observe: (call) => calls.push(call) });
    const actions = (): readonly string[] => calls.splice(0).map(({ action }) => action);

    const [one] = await world.plain.read([WWW], never());
    const alone = actions();
    const [both] = await world.plain.read([WWW, API, refOf('nothing-here', 'example.com')], never());
    const together = actions();
    const [state] = one?.sets ?? [];
    await world.plain.replace(
      writeOf(WWW.zone, [changeOf(WWW, state ?? expect.fail(), { 3131: 20 }, 'state')]),
      never(),
    );

    expect([alone, together, actions()]).toEqual([
      ['GetProperty'],
      ['GetDomain'],
      ['GetProperty', 'PutProperty', 'GetProperty'],
    ]);
    expect(both?.sets[0]).toEqual(one?.sets[0]);
    expect(both?.sets.map(weightsOf)).toEqual([
      { 3131: 100, 3132: 100, 3133: null },
      { 3131: 100, 3132: 100, 3133: null },
      {},
    ]);
  });

  it('is unauthorised when a secret is missing or wrong, and says none of them', async () => {
    const world = await arrangeAkamai();
    world.secrets['AKAMAI_CLIENT_SECRET'] = 'not-the-secret';
    const wrong = await said(world.plain.read([WWW], never()));
    world.secrets['AKAMAI_CLIENT_SECRET'] = null;
    const missing = await said(world.plain.read([WWW], never()));

    expect(wrong).toContain('unauthorised: akamai GetProperty: The signature does not match');
    expect(wrong).not.toContain('not-the-secret');
    expect(missing).toContain('AKAMAI_CLIENT_SECRET is empty or missing');
    expect(world.exchanges).toHaveLength(1);
  });

  it('needs the host of its API client', async () => {
    const opening = openProvider({ ...AKAMAI_CONFIG, endpoint: null }, null, providerDeps());

    await expect(opening).rejects.toThrow('every Akamai API client has its own host');
  });
});

describe('how far a change has got at Akamai', () => {
  it('is known of the domain’s newest change alone, and asked once for each domain', async () => {
    const world = await arrangeAkamai();
    const first = await write(world, { 3131: 20 });
    await world.advance(1000);
    const second = await write(world, { 3131: 20 }, 'state', API);
    const ids = [first.change ?? '', second.change ?? ''];
    const before = world.exchanges.length;

    const early = await world.plain.propagation(ids, never());
    await world.advance(world.propagationMs);
    const late = await world.plain.propagation(ids, never());

    expect([...early.values()]).toEqual(['pending', 'pending']);
    // The name servers are to be asked about the first: nobody says any more how it ended.
    expect([...late.values()]).toEqual(['unknown-change', 'done']);
    expect(world.exchanges.length - before).toBe(2);
  });

  it('is not known any more once another writer has changed the domain', async () => {
    const world = await arrangeAkamai();
    const { change } = await write(world, { 3131: 20 });
    world.domains['example.com']?.edit('api', (property) => ({ ...property, comments: 'by somebody else' }));
    await world.advance(world.propagationMs);

    const told = await world.plain.propagation([change ?? ''], never());

    expect(told).toEqual(new Map([[change, 'unknown-change']]));
  });

  it('rule 6: a change that the vendor took and does not publish is a failure, never done', async () => {
    const world = await arrangeAkamai();
    world.domains['example.com']?.deny('datacenter 3135 has no servers');
    const { change } = await write(world, { 3131: null });
    await world.advance(world.propagationMs * 2);

    const asked = await said(world.plain.propagation([change ?? ''], never()));

    expect(asked).toContain(
      'does not publish it, because domain example.com is not valid: datacenter 3135 has no servers',
    );
    expect(world.isAnswered(WWW, 'east')).toBe(true);
  });

  it('is nothing of a domain that is gone, or of words that name none', async () => {
    const world = await arrangeAkamai();

    const told = await world.plain.propagation(['example.org:5beb11ae', 'C0NEVERMADE', ''], never());

    expect([...told.values()]).toEqual(['unknown-change', 'unknown-change', 'unknown-change']);
  });

  it('rule 4: a write whose change cannot be named has an unknown outcome', async () => {
    const world = await arrangeAkamai({ fake: { putAnswers: 'property' } });
    world.fake.faults.add({ fault: 'unavailable-before', on: ({ path }) => path.endsWith('/status/current') });

    expect(await kindOf(write(world, { 3131: 20 }))).toBe('unknown-outcome');
    expect(world.landedWrites()).toBe(1);
  });
});
