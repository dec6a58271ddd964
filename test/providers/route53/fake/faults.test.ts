import {
  ChangeResourceRecordSetsCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../../providers/route53/fake/faults.ts';
import { keyOf } from '../../../../providers/route53/fake/records.ts';
import { ACCOUNT, alone, arrange, change, EAST, refusalOf, sdkSet, setWeight, weighted, weights } from './arrange.ts';

describe('faults on demand', () => {
  it.each<readonly [FaultKind, string, number]>([
    ['throttle', 'Throttling', 100],
    ['prior-request', 'PriorRequestNotComplete', 100],
    ['unavailable', 'ServiceUnavailable', 100],
    ['unavailable-after', 'ServiceUnavailable', 40],
    ['reset', 'TimeoutError', 100],
    ['lost-response', 'TimeoutError', 40],
  ])('%s shows %s and leaves the weight at %i', async (kind, name, weight) => {
    const world = arrange({}, alone);
    world.fake.faults.add({ kind, operation: 'ChangeResourceRecordSets' });

    const unhit = await refusalOf(world.client.send(new ListHostedZonesCommand({})));
    const hit = await refusalOf(setWeight(world, 100, 40));
    const seen = weights(world).control;

    expect([unhit.name, hit.name, seen]).toEqual(['accepted', name, weight]);
    expect(world.fake.log.entries().at(-1)?.tookEffect).toBe(weight === 40);
  });

  it.each([
    ['hang', 100],
    ['hang-after', 40],
  ] as const)('%s is never answered and leaves the weight at %i', async (kind, weight) => {
    const world = arrange({}, alone);
    world.fake.faults.add({ kind });
    const abort = new AbortController();
    const sent = world.client.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: world.zoneId,
        ChangeBatch: {
          Changes: [change('DELETE', sdkSet('east', 100, EAST)), change('CREATE', sdkSet('east', 40, EAST))],
        },
      }),
      { abortSignal: abort.signal },
    );
    const refusal = refusalOf(sent);
    await expect.poll(() => world.fake.log.entries().length).toBe(1);

    abort.abort();

    expect((await refusal).name).toBe('AbortError');
    expect(weights(world).control).toBe(weight);
  });

  it('a repeat of a change whose response was lost is refused, as at the service', async () => {
    const world = arrange({}, alone);
    world.fake.faults.add({ kind: 'lost-response' });

    const lost = await refusalOf(setWeight(world, 100, 40));
    const repeated = await refusalOf(setWeight(world, 100, 40));

    expect([lost.code, repeated.name]).toEqual(['ECONNRESET', 'InvalidChangeBatch']);
  });

  it('hit as many requests as they say, of one operation, of one zone', async () => {
    const world = arrange({}, alone);
    const other = world.fake.createZone({ accountId: ACCOUNT, name: 'other.test' });
    const list = async (id: string) =>
      (await refusalOf(world.client.send(new ListResourceRecordSetsCommand({ HostedZoneId: id })))).name;
    world.fake.faults.add({ kind: 'throttle', times: 2, operation: 'ListResourceRecordSets', zoneId: other });

    const names = [await list(world.zoneId), await list(other), await list(other), await list(other)];

    expect(names).toEqual(['accepted', 'Throttling', 'Throttling', 'accepted']);
  });

  it('a slow answer waits on the clock that was given, after its effect', async () => {
    const waits: number[] = [];
    const world = arrange({ sleep: async (ms) => void waits.push(ms) }, alone);
    world.fake.faults.add({ kind: 'slow', delayMs: 4000 });

    const answer = await refusalOf(setWeight(world, 100, 40));

    expect([answer.name, waits, weights(world).control]).toEqual(['accepted', [4000], 40]);
    expect(() => arrange().fake.faults.add({ kind: 'slow' })).toThrow(/sleep/);
  });

  it('a control plane that is down does nothing, and the name servers go on', async () => {
    const world = arrange({}, alone);
    world.fake.setOutage('unavailable');

    const down = await refusalOf(setWeight(world, 100, 40));
    const answer = world.fake.answer({ name: 'www.example.com', type: 'A' });
    world.fake.setOutage('reset');
    const broken = await refusalOf(setWeight(world, 100, 40));
    world.fake.setOutage(undefined);
    const back = await refusalOf(setWeight(world, 100, 40));

    expect([down.name, down.status, broken.name, back.name]).toEqual([
      'ServiceUnavailable',
      503,
      'TimeoutError',
      'accepted',
    ]);
    expect(answer.answers[0]?.data).toBe(EAST);
  });
});

describe('a foreign writer', () => {
  it('changes records between a read and a write, so that the write is refused', async () => {
    const world = arrange({ propagationMs: 10_000 }, alone);
    world.fake.foreignEdit(world.zoneId, (records) => {
      const edited = weighted('east', 77, EAST);
      records.set(keyOf(edited), edited);
    });

    const refused = await refusalOf(setWeight(world, 100, 40));
    const before = weights(world);
    world.clock.pass(10_000);

    expect(refused.name).toBe('InvalidChangeBatch');
    expect([before, weights(world)]).toEqual([
      { control: 77, data: 100 },
      { control: 77, data: 77 },
    ]);
  });

  it('leaves no trace in the request log', async () => {
    const world = arrange({}, alone);
    await setWeight(world, 100, 40);

    world.fake.foreignEdit(world.zoneId, (records) => records.clear());

    expect(world.fake.log.counts()).toEqual({ ChangeResourceRecordSets: 1 });
    expect(world.fake.log.entries()[0]).toMatchObject({ accountId: ACCOUNT, zoneId: world.zoneId, outcome: 'ok' });
  });
});
