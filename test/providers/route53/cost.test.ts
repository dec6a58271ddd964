import { describe, expect, it } from 'vitest';
import type { RecordSet } from '../../../providers/route53/fake/records.ts';
import type { Route53FakeOptions } from '../../../providers/route53/fake.ts';
import { route53Steering } from '../../../providers/route53/steering.ts';
import { createZoneDirectory } from '../../../providers/route53/zones.ts';
import type { Steering, ZoneReading } from '../../../providers/steering.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { changeOf, FENCE_1, never, writeOf } from '../../contracts/steering/world.ts';
import { ACCOUNT, apiOverFake } from './wire.ts';

const STEERED = 50;
const MEMBERS = ['use1', 'usw2', 'euw1'];
const RECORDS_PER_ZONE = 1000;

const steeredName = (zone: string, n: number): string => `svc${String(n * 17).padStart(3, '0')}.${zone}.`;

/** 50 steered names of three members, spread over a zone of 1000 record sets. */
const recordsOf = (zone: string, count: number): RecordSet[] => {
  const steered = Array.from({ length: STEERED }, (_, n) =>
    MEMBERS.map((setIdentifier) => ({
      name: steeredName(zone, n),
      type: 'A',
      setIdentifier,
      weight: 80,
      ttlSeconds: 60,
      values: ['192.0.2.1'],
    })),
  ).flat();
  // NS and SOA are there already.
  const others = Array.from({ length: Math.max(0, count - steered.length - 2) }, (_, n) => ({
    name: `svc${String(n).padStart(3, '0')}-x.${zone}.`,
    type: 'A',
    ttlSeconds: 60,
    values: ['192.0.2.2'],
  }));
  return [...steered, ...others];
};

const refOf = (id: string, zone: string, n: number): SetRef => ({
  set: setId(`${zone}-${n}`),
  provider: providerId('dns-1'),
  zone: id,
  name: steeredName(zone, n),
  type: 'A',
});

const arrange = (
  zones: number,
  recordsPerZone = RECORDS_PER_ZONE,
  names = STEERED,
  throttling: Route53FakeOptions['throttling'] = 'off',
) => {
  const world = apiOverFake({ throttling });
  for (let n = 0; n < 110; n += 1) world.fake.createZone({ accountId: ACCOUNT, name: `idle${n}.test` });
  const refs = Array.from({ length: zones }, (_, z) => {
    const name = `z${z}.test`;
    const id = world.fake.createZone({ accountId: ACCOUNT, name, records: recordsOf(name, recordsPerZone) });
    return Array.from({ length: names }, (_unused, n) => refOf(id, name, n));
  }).flat();
  const steering = route53Steering({
    api: world.api,
    zones: createZoneDirectory(world.api),
    proven: { conditionalWrite: true, fence: 'native', zeroOnAlias: false },
  });
  return { ...world, refs, steering };
};

const step = async (steering: Steering, readings: readonly ZoneReading[], refs: readonly SetRef[], east: number) => {
  const next: ZoneReading[] = [];
  for (const { zone, fence, sets } of readings) {
    const byId = new Map(refs.map((ref) => [ref.set, ref]));
    const changes = sets.map((state) => {
      const ref = byId.get(state.set);
      if (ref === undefined) throw new Error(`${state.set} was not asked for`);
      return changeOf(ref, state, { use1: east });
    });
    const landed = await steering.replace(writeOf(zone, changes, { expects: fence, leaves: FENCE_1 }), never());
    next.push({ zone, fence: landed.fence, sets: landed.sets });
  }
  return next;
};

describe('the pace of a step', () => {
  it.each([
    ['old', 'old', 12_000],
    // Without the bucket for record changes: its size is not published, so nobody can stay within it.
    ['new', { account: { burst: 50, perSecond: 10 } }, 1000],
  ] as const)('stays within the %s request scheme, and nothing is throttled', async (_, scheme, atMostMs) => {
    const { steering, refs, calls, clock } = arrange(10, RECORDS_PER_ZONE, STEERED, scheme);
    const started = clock.now();

    await step(steering, await steering.read(refs, never()), refs, 60);

    expect(calls.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(clock.now() - started).toBeLessThan(atMostMs);
  });
});

describe('the price of a step', () => {
  it('is at most 55 calls from cold for 500 names in 10 zones, and 10 for each step after it', async () => {
    const { steering, refs, calls } = arrange(10);

    const cold = await step(steering, await steering.read(refs, never()), refs, 60);
    const afterCold = calls.length;
    await step(steering, cold, refs, 40);

    expect(refs).toHaveLength(500);
    expect(cold.flatMap(({ sets }) => sets.flatMap(({ members }) => members))).toHaveLength(1500);
    expect(calls.every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(afterCold).toBeLessThanOrEqual(55);
    expect(calls.length - afterCold).toBe(10);
  });

  it('is one call for each name in a big zone where few are wanted, and no page of the rest', async () => {
    const { steering, refs, calls } = arrange(1, 3000, 1);

    const [reading] = await steering.read(refs, never());

    expect(reading?.sets[0]?.members).toHaveLength(3);
    // The zone's name, the marker that is not there yet (its page holds the first 300 names), and nothing else.
    expect(calls.map(({ action }) => action)).toEqual(['GetHostedZone', 'ListResourceRecordSets']);
  });

  it('is one page for a small zone, whatever is wanted of it', async () => {
    const { steering, refs, calls } = arrange(1, 290);

    await steering.read(refs, never());

    expect(calls.map(({ action }) => action)).toEqual(['GetHostedZone', 'ListResourceRecordSets']);
  });
});
