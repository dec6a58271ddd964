import { expect, it } from 'vitest';
import type { RecordChange, RecordSet } from '../../../src/domain/record-sets.ts';
import { absentSample, absentType } from './samples.ts';
import {
  type ArrangeRecords,
  become,
  held,
  madeOne,
  put,
  qualified,
  type RecordsTraits,
  setOf,
  take,
} from './world.ts';

const A = setOf('refused', 'A', ['192.0.2.1']);

/** What this vendor says it has not, as a change that asks for it. */
const ruledOut = (traits: RecordsTraits): readonly (readonly [string, RecordSet])[] => {
  const { weighted, geo, failover, alias } = traits.capabilities;
  const type = absentType(traits);
  const somewhere = { kind: 'geo', regions: { Somewhere: ['XX'] } } as const;
  return [
    [`a type that it has not (${type})`, setOf('refused', type, [absentSample(type)])],
    ...(weighted === null ? [['weighted sets', qualified(A, 'east', { kind: 'weighted', weight: 1 })] as const] : []),
    ...(geo?.access === 'read-write' ? [] : [['geo sets', qualified(A, 'east', somewhere)] as const]),
    ...(failover === null
      ? [['failover sets', qualified(A, 'east', { kind: 'failover', role: 'primary' })] as const]
      : []),
    ...(alias
      ? []
      : [['aliases', { ...A, values: [], ttlSeconds: null, alias: { target: 'x', zone: null } }] as const]),
  ];
};

const MALFORMED: Readonly<Record<string, RecordChange>> = {
  'a change without a set': { expects: null, leaves: null },
  'a change of two keys': { expects: A, leaves: { ...A, name: 'other.example.com.' } },
  'a set without values': put({ ...A, values: [] }),
  'a value that is none of its type': put({ ...A, values: ['192.0.2.256'] }),
  'values that are not in order': put({ ...A, values: ['198.51.100.1', '192.0.2.1'] }),
  'a name that is not whole': put({ ...A, name: 'www' }),
  'a negative TTL': put({ ...A, ttlSeconds: -1 }),
  'a basic set with a qualifier': put({ ...A, qualifier: 'east' }),
  'a routed set without a qualifier': put({ ...A, profile: { kind: 'weighted', weight: 1 } }),
};

/** The part of `Records` about what it will not do. Nothing of this reaches the vendor's records. */
export const refusalsContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  it.each(ruledOut(traits))('refuses %s, as its capabilities say', async (_, set) => {
    const world = await arrange();

    expect(await become(world, [put(set)])).toEqual(['rejected']);
    expect(await world.landedWrites()).toBe(0);
  });

  it.each(Object.entries(MALFORMED))('refuses %s', async (_, malformed) => {
    const world = await arrange();

    expect(await become(world, [malformed])).toEqual(['rejected']);
    expect(await world.landedWrites()).toBe(0);
  });

  it('refuses two changes of one key in one list', async () => {
    const world = await arrange();

    expect(await become(world, [put(A), put({ ...A, ttlSeconds: 3600 })])).toEqual(['rejected', 'rejected']);
    expect(await world.landedWrites()).toBe(0);
  });

  it('a refused change beside good ones is told apart', async () => {
    const world = await arrange();
    const good = await madeOne(world, setOf('good', 'A', ['192.0.2.1']));

    const became = await become(world, [put({ ...good, ttlSeconds: 3600 }, good), put({ ...A, values: ['x'] })]);

    expect(became).toEqual([traits.capabilities.atomic === 'call' ? 'rejected' : 'landed', 'rejected']);
    expect((await held(world, good)).ttlSeconds).toBe(traits.capabilities.atomic === 'call' ? 1800 : 3600);
  });

  if (!traits.others) return;
  it('shows a set that is routed in a way it does not model, and never changes it', async () => {
    const world = await arrange();
    const key = await world.foreigner.other(world.zones.home);
    const set = await held(world, key);

    const became = [
      ...(await become(world, [put({ ...set, ttlSeconds: 3600 }, set)])),
      ...(await become(world, [take(set)])),
    ];

    expect(set.profile.kind).toBe('other');
    expect(became).toEqual(['rejected', 'rejected']);
    expect(await held(world, key)).toEqual(set);
    expect(await world.landedWrites()).toBe(0);
  });
};
