import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Balancer, Pool } from '../../../providers/cloudflare/balancer.ts';
import {
  balancerIdOf,
  membersOf,
  patchOf,
  setStateOf,
  unitsOf,
  vendorWeightOf,
  withOrderOf,
  withoutOrder,
} from '../../../providers/cloudflare/translate.ts';
import { afterWrite, sameRecords } from '../../../src/domain/set-state.ts';
import { refOf } from '../../contracts/steering/world.ts';

const REF = refOf('www', '0'.repeat(32));

const balancer = (extra: Partial<Balancer> = {}): Balancer => ({
  id: 'lb-1',
  name: 'www.example.com',
  proxied: false,
  ttl: 30,
  steering_policy: 'random',
  default_pools: ['east', 'west'],
  fallback_pool: 'sorry',
  random_steering: { default_weight: 0.3, pool_weights: { east: 0.5, west: 0.5 } },
  modified_on: '2026-01-01T05:20:00.12345Z',
  ...extra,
});

const pool = (id: string, enabled = true): Pool => ({
  id,
  name: `pool-${id}`,
  enabled,
  origins: [{ address: `${id}.example.net`, enabled: true }],
});

const poolsOf = (...pools: readonly Pool[]): ReadonlyMap<string, Pool> => new Map(pools.map((one) => [one.id, one]));
const POOLS = poolsOf(pool('east'), pool('west'), pool('north'), pool('south'));

/** The vendor's own handling of a PATCH: each property that is given replaces its former value as a whole. */
const patched = (before: Balancer, patch: object): Balancer => ({ ...before, ...patch });

const UNITS = fc.integer({ min: 1, max: 100 });
const NAMES = ['east', 'west', 'north', 'south'] as const;

describe('weights of Cloudflare', () => {
  it('are hundredths of one, there and back', () => {
    fc.assert(
      fc.property(UNITS, (units) => {
        expect(unitsOf(vendorWeightOf(units))).toBe(units);
      }),
    );
  });

  it('of another editor are shown as they are, also where they are no whole hundredth', () => {
    expect([unitsOf(0.125), unitsOf(0.07), unitsOf(0), unitsOf(1)]).toEqual([12.5, 7, 0, 100]);
  });

  it('are the default where the pool has none of its own, and 1 where there is no default either', () => {
    const own = { default_weight: 0.3, pool_weights: { east: 0.5 } };

    const [east, west] = membersOf(balancer({ random_steering: own }), POOLS);
    const [bare] = membersOf(balancer({ random_steering: null }), POOLS);

    expect([east?.weight, west?.weight, bare?.weight]).toEqual([50, 30, 100]);
  });
});

describe('a balancer as a set', () => {
  it('has no TTL of its own where it is proxied', () => {
    const ttls = [balancer(), balancer({ proxied: true })].map((one) => membersOf(one, POOLS)[0]?.ttlSeconds);

    expect(ttls).toEqual([30, null]);
  });

  it('shows a pool that is switched off as drained, whatever it weighs', () => {
    const [east] = membersOf(balancer(), poolsOf(pool('east', false), pool('west')));

    expect(east).toMatchObject({ member: 'east', weight: null, present: true });
  });

  it('keeps the addresses that a DNS answer may hold, so that answers can be told apart', () => {
    const [east] = membersOf(balancer(), POOLS);

    expect(east?.kept).toMatchObject({ pool: { addresses: ['east.example.net'] } });
  });

  it('does not see when it was changed, and sees everything else of it that changes', () => {
    const base = setStateOf(REF, balancer(), POOLS);
    const same = setStateOf(REF, balancer({ modified_on: 'later' }), POOLS);
    const others = [
      balancer({ ttl: 60 }),
      balancer({ fallback_pool: 'west' }),
      balancer({ rules: [{ name: 'r' }] }),
      balancer({ random_steering: { default_weight: 1, pool_weights: { east: 0.5, west: 0.5 } } }),
      balancer({ some_day: 'a field that nobody knows yet' }),
    ].map((one) => sameRecords(base, setStateOf(REF, one, POOLS)));

    expect(sameRecords(base, same)).toBe(true);
    expect(others).toEqual([false, false, false, false, false]);
  });

  it('shows the second mention of a pool under a name of its own', () => {
    const names = membersOf(balancer({ default_pools: ['east', 'east'] }), POOLS).map(({ member }) => member);

    expect(names).toEqual(['east', 'east (2)']);
  });

  it('refuses to be written from members that carry no balancer', () => {
    const [member] = membersOf(balancer(), POOLS);
    const strange = { set: REF.set, members: member === undefined ? [] : [{ ...member, kept: null }] };

    expect(() => balancerIdOf(strange)).toThrow('carries no Cloudflare load balancer');
  });
});

describe('a write to a balancer', () => {
  const WISH = fc.record({
    weights: fc.tuple(...NAMES.map(() => fc.option(UNITS))).filter((all) => all.some((one) => one !== null)),
    first: fc.tuple(...NAMES.map(() => UNITS)),
  });

  it('leaves at the vendor what it was to leave, names every pool that stays, and touches nothing else', () => {
    fc.assert(
      fc.property(WISH, ({ weights, first }) => {
        const before = balancer({
          default_pools: [...NAMES],
          random_steering: {
            default_weight: 0.3,
            pool_weights: Object.fromEntries(NAMES.map((name, index) => [name, (first[index] ?? 1) / 100])),
          },
        });
        const wanted = Object.fromEntries(NAMES.map((name, index) => [name, weights[index] ?? null]));
        const left = afterWrite(setStateOf(REF, before, POOLS), wanted, 'remove');

        const patch = patchOf(before, left);
        const after = patched(before, patch);

        expect(sameRecords(setStateOf(REF, after, POOLS), left)).toBe(true);
        expect(Object.keys(patch).sort()).toEqual(['default_pools', 'random_steering']);
        expect(Object.keys(patch.random_steering.pool_weights).sort()).toEqual([...patch.default_pools].sort());
        expect(patch.random_steering.default_weight).toBe(0.3);
      }),
    );
  });

  it('puts pools that come back where they stood, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...NAMES], { maxLength: 3 }), (leaving) => {
        const home = balancer({ default_pools: [...NAMES], random_steering: null });
        const weights = (out: readonly string[]) =>
          Object.fromEntries(NAMES.map((name) => [name, out.includes(name) ? null : 25]));
        let live = home;
        let state = setStateOf(REF, home, POOLS);
        const write = (out: readonly string[]): void => {
          const safe = afterWrite(state, weights(out), 'remove');
          const before = live;
          live = patched(live, patchOf(live, safe));
          state = withOrderOf(withoutOrder(safe), before);
        };

        for (let out = 1; out <= leaving.length; out += 1) write(leaving.slice(0, out));
        for (let out = leaving.length - 1; out >= 0; out -= 1) write(leaving.slice(0, out));

        expect(live.default_pools).toEqual([...NAMES]);
      }),
    );
  });

  it('leaves a pool that is switched off and stays drained as it weighs', () => {
    const pools = poolsOf(pool('east', false), pool('west'));
    const left = afterWrite(setStateOf(REF, balancer(), pools), { east: null, west: 80 }, 'remove');

    const patch = patchOf(balancer(), left);

    expect(patch).toEqual({
      default_pools: ['east', 'west'],
      random_steering: { default_weight: 0.3, pool_weights: { east: 0.5, west: 0.8 } },
    });
  });

  it('keeps weights of pools that are none of its members', () => {
    const before = balancer({ random_steering: { pool_weights: { east: 0.5, west: 0.5, elsewhere: 0.2 } } });
    const left = afterWrite(setStateOf(REF, before, POOLS), { east: null, west: 100 }, 'remove');

    expect(patchOf(before, left)).toEqual({
      default_pools: ['west'],
      random_steering: { default_weight: 1, pool_weights: { west: 1, elsewhere: 0.2 } },
    });
  });
});
