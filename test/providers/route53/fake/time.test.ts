import { GetChangeCommand, GetHealthCheckStatusCommand, ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { ACCOUNT, alone, arrange, clientOf, OTHER_KEY, refusalOf, setWeight, type World, weights } from './arrange.ts';

const status = async (world: World, id: string | undefined) =>
  (await world.client.send(new GetChangeCommand({ Id: id }))).ChangeInfo?.Status;

describe('propagation', () => {
  it('is PENDING until its time is over, while lists show the change at once and the name servers do not', async () => {
    const world = arrange({ propagationMs: 30_000 }, alone);
    const { ChangeInfo: info } = await setWeight(world, 100, 40);

    world.clock.pass(29_999);
    const before = [await status(world, info?.Id), weights(world)];
    world.clock.pass(1);
    const after = [await status(world, info?.Id), weights(world)];

    expect(before).toEqual(['PENDING', { control: 40, data: 100 }]);
    expect(after).toEqual(['INSYNC', { control: 40, data: 40 }]);
  });

  it('keeps the order of the changes of a zone when a later one would be faster', async () => {
    const delays = [60_000, 10_000];
    const world = arrange({ propagationMs: () => delays.shift() ?? 0 }, alone);
    await setWeight(world, 100, 40);
    const { ChangeInfo: second } = await setWeight(world, 40, 30);

    world.clock.pass(59_999);
    const early = [await status(world, second?.Id), weights(world).data];
    world.clock.pass(1);
    const late = [await status(world, second?.Id), weights(world).data];

    expect(early).toEqual(['PENDING', 100]);
    expect(late).toEqual(['INSYNC', 30]);
  });

  it('of an unknown change, or of one of another account, is NoSuchChange', async () => {
    const world = arrange({}, alone);
    const { ChangeInfo: info } = await setWeight(world, 100, 40);

    const unknown = await refusalOf(world.client.send(new GetChangeCommand({ Id: '/change/CNOPE' })));
    const foreign = await refusalOf(clientOf(world.fake, OTHER_KEY).send(new GetChangeCommand({ Id: info?.Id })));

    expect([unknown.name, unknown.status, foreign.name]).toEqual(['NoSuchChange', 404, 'NoSuchChange']);
  });

  it('says when the change was submitted, in milliseconds', async () => {
    const world = arrange({}, alone);
    world.clock.pass(123);

    const { ChangeInfo: info } = await setWeight(world, 100, 40);

    expect(info?.SubmittedAt?.toISOString()).toBe('2026-11-20T12:00:00.123Z');
  });
});

describe('a stranded change', () => {
  it('is accepted, then forgotten, and takes back everything accepted after it', async () => {
    const world = arrange({ propagationMs: 30_000 }, alone);
    world.fake.faults.add({ kind: 'strand', delayMs: 100_000 });
    const { ChangeInfo: lost } = await setWeight(world, 100, 40);
    const { ChangeInfo: later } = await setWeight(world, 40, 30);

    world.clock.pass(99_999);
    const waiting = [await status(world, lost?.Id), await status(world, later?.Id), weights(world)];
    world.clock.pass(1);
    const gone = await Promise.all([lost, later].map((info) => refusalOf(status(world, info?.Id))));

    expect(waiting).toEqual(['PENDING', 'PENDING', { control: 30, data: 100 }]);
    expect(gone.map(({ name }) => name)).toEqual(['NoSuchChange', 'NoSuchChange']);
    expect(weights(world)).toEqual({ control: 100, data: 100 });
  });

  it('can be chosen after the fact, while it has not propagated', async () => {
    const world = arrange({ propagationMs: 30_000 }, alone);
    const { ChangeInfo: first } = await setWeight(world, 100, 40);
    const { ChangeInfo: second } = await setWeight(world, 40, 30);

    world.fake.strand(second?.Id ?? '');
    const names = [await status(world, first?.Id), (await refusalOf(status(world, second?.Id))).name];
    world.clock.pass(30_000);

    expect(names).toEqual(['PENDING', 'NoSuchChange']);
    expect(weights(world)).toEqual({ control: 40, data: 40 });
    expect(() => world.fake.strand(first?.Id ?? '')).toThrow(/propagated already/);
  });
});

describe('a zone that is busy with a change', () => {
  it('refuses the next one until it has been processed, and another zone does not', async () => {
    const world = arrange({ processMs: 500 }, alone);
    const other = world.fake.createZone({ accountId: ACCOUNT, name: 'example.com', records: alone });
    await setWeight(world, 100, 40);

    const busy = await refusalOf(setWeight(world, 40, 30));
    const elsewhere = await refusalOf(setWeight({ ...world, zoneId: other }, 100, 40));
    world.clock.pass(500);
    const free = await refusalOf(setWeight(world, 40, 30));

    expect(busy).toMatchObject({ name: 'PriorRequestNotComplete', status: 400 });
    expect([elsewhere.name, free.name]).toEqual(['accepted', 'accepted']);
  });
});

describe('throttling', () => {
  const calls = async (world: World, count: number, client = world.client) => {
    const outcomes = await Promise.all(
      Array.from({ length: count }, () => refusalOf(client.send(new ListHostedZonesCommand({})))),
    );
    return outcomes.filter(({ name }) => name === 'accepted').length;
  };

  it('of the old scheme lets five requests a second pass, for each account', async () => {
    const world = arrange({ throttling: 'old' });

    const burst = await calls(world, 8);
    const stranger = await calls(world, 8, clientOf(world.fake, OTHER_KEY));
    world.clock.pass(400);
    const later = await calls(world, 8);
    const refusal = await refusalOf(world.client.send(new ListHostedZonesCommand({})));

    expect([burst, stranger, later]).toEqual([5, 5, 2]);
    expect(refusal).toEqual({ name: 'Throttling', status: 400, message: 'Rate exceeded' });
  });

  it('of the new scheme has a burst of 50, refilled by ten a second', async () => {
    const world = arrange({ throttling: 'new' });

    const burst = await calls(world, 60);
    world.clock.pass(1000);
    const later = await calls(world, 20);

    expect([burst, later]).toEqual([50, 10]);
  });

  it('saves nothing above the burst, however long an account is idle', async () => {
    const world = arrange({ throttling: 'old' });
    await calls(world, 5);

    world.clock.pass(3_600_000);
    const afterAnHour = await calls(world, 8);

    expect(afterAnHour).toBe(5);
  });

  it('of health check status is four, then one a second', async () => {
    const world = arrange({ throttling: 'new' });
    const ask = async () =>
      (await refusalOf(world.client.send(new GetHealthCheckStatusCommand({ HealthCheckId: 'none' })))).name;

    const burst = [await ask(), await ask(), await ask(), await ask(), await ask()];
    world.clock.pass(1000);
    const later = [await ask(), await ask()];

    expect(burst).toEqual([...Array(4).fill('NoSuchHealthCheck'), 'Throttling']);
    expect(later).toEqual(['NoSuchHealthCheck', 'Throttling']);
  });

  it('counts record changes in a bucket of their own', async () => {
    const world = arrange({ throttling: { changes: { burst: 4, perSecond: 2 } } }, alone);
    await setWeight(world, 100, 40);
    await setWeight(world, 40, 30);

    const empty = await refusalOf(setWeight(world, 30, 20));
    world.clock.pass(1000);
    const refilled = await refusalOf(setWeight(world, 30, 20));

    expect([empty.name, refilled.name]).toEqual(['Throttling', 'accepted']);
  });
});
