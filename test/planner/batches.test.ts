import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerId, serviceId, setId } from '../../src/domain/ids.ts';
import type { PlannedSet } from '../../src/domain/plan.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import { cutBatches, NameTooLarge } from '../../src/planner/batches.ts';

const VENDOR = providerId('vendor');

const capabilities = (
  elements: number,
  characters = 32_000,
  sets: number | null = null,
): Record<typeof VENDOR, SteeringCapabilities> => ({
  [VENDOR]: {
    weight: { minimum: 1, maximum: 255 },
    granularity: 'weight',
    drain: ['zero'],
    conditionalWrite: 'native',
    fence: 'native',
    batch: { elements, characters, fenceElements: 2, sets },
    geo: false,
    propagation: 'reported',
    typicalPropagationMs: 1000,
    failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
  },
});

const planned = (name: string, type: string, zone: string, members: number): PlannedSet => {
  const set = setId(`${name}/${type}`);
  return {
    ref: { set, provider: VENDOR, zone, name, type },
    service: serviceId('s'),
    part: 10_000,
    members: {},
    drain: 'zero',
    from: {},
    to: {},
    base: {
      set,
      members: Array.from({ length: members }, (_, i) => ({
        member: `m${i}`,
        weight: 1,
        present: true,
        ttlSeconds: 60,
        healthCheck: null,
        kept: null,
        cost: { elements: 2, characters: 20 },
      })),
    },
  };
};

describe('batches', () => {
  it('keeps A and AAAA of one name in one batch', () => {
    const sets = [planned('a.', 'A', 'z', 3), planned('b.', 'A', 'z', 3), planned('a.', 'AAAA', 'z', 3)];

    const batches = cutBatches(sets, capabilities(14));

    expect(batches.map(({ sets: own }) => own)).toEqual([['a./A', 'a./AAAA'], ['b./A']]);
  });

  it('cuts at zones, because atomicity ends there', () => {
    const batches = cutBatches([planned('a.', 'A', 'z1', 3), planned('b.', 'A', 'z2', 3)], capabilities(1000));

    expect(batches.map(({ zone }) => zone)).toEqual(['z1', 'z2']);
  });

  it('gives every record set a batch of its own where the vendor changes one at a time, groups of one name together', () => {
    const group = (of: string): PlannedSet => {
      const set = planned('geo.', 'CNAME', 'z', 3);
      return { ...set, ref: { ...set.ref, set: setId(`geo/${of}`), group: of } };
    };
    const sets = [planned('a.', 'A', 'z', 3), planned('a.', 'AAAA', 'z', 3), group('north'), group('south')];

    const batches = cutBatches(sets, capabilities(1000, 32_000, 1));

    expect(batches.map(({ sets: own }) => own)).toEqual([['a./A'], ['a./AAAA'], ['geo/north', 'geo/south']]);
  });

  it('refuses a name that alone is larger than a batch, before anything is sent', () => {
    expect(() => cutBatches([planned('a.', 'A', 'z', 8)], capabilities(16))).toThrow(NameTooLarge);
    expect(() => cutBatches([planned('a.', 'A', 'z', 7)], capabilities(16))).not.toThrow();
    expect(() => cutBatches([planned('a.', 'A', 'z', 7)], capabilities(1000, 139))).toThrow(NameTooLarge);
  });

  it('rule 4: loses no set, tears none, and stays within the limits, whatever the names', () => {
    const names = fc.array(
      fc.record({
        name: fc.nat(40),
        zone: fc.nat(3),
        type: fc.constantFrom('A', 'AAAA'),
        members: fc.integer({ min: 1, max: 5 }),
      }),
      {
        maxLength: 60,
      },
    );

    fc.assert(
      fc.property(names, fc.integer({ min: 24, max: 60 }), (wanted, elements) => {
        const unique = new Map(wanted.map((w) => [`${w.name % 20} ${w.type}`, w]));
        const sets = [...unique.values()].map((w) =>
          planned(`n${w.name % 20}.`, w.type, `z${(w.name % 20) % 4}`, w.members),
        );

        const batches = cutBatches(sets, capabilities(elements));

        expect(batches.flatMap(({ sets: own }) => own).toSorted()).toEqual(sets.map(({ ref }) => ref.set).toSorted());
        for (const { sets: own, zone } of batches) {
          const inside = sets.filter(({ ref }) => own.includes(ref.set));
          expect(inside.reduce((n, { base }) => n + 2 * base.members.length, 2)).toBeLessThanOrEqual(elements);
          expect(new Set(inside.map(({ ref }) => ref.zone))).toEqual(new Set([zone]));
        }
        for (const name of new Set(sets.map(({ ref }) => ref.name))) {
          const ofName = sets.filter(({ ref }) => ref.name === name).map(({ ref }) => ref.set);
          expect(batches.filter(({ sets: own }) => own.some((set) => ofName.includes(set)))).toHaveLength(1);
        }
      }),
    );
  });
});
