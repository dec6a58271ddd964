import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../providers/errors.ts';
import { assertSafeChange } from '../../providers/set-change.ts';
import { providerId, setId } from '../../src/domain/ids.ts';
import { sameRecords } from '../../src/domain/set-state.ts';
import type { DrainMethod, MemberState, SetState } from '../../src/domain/steering.ts';

const RANGE = { minimum: 1, maximum: 255 };
const ref = { set: setId('www-a'), provider: providerId('dns-1'), zone: 'Z1', name: 'www.example.com.', type: 'A' };

const member = (name: string, weight: number | null, extra: Partial<MemberState> = {}): MemberState => ({
  member: name,
  weight,
  present: true,
  ttlSeconds: 60,
  healthCheck: null,
  kept: { value: '192.0.2.1' },
  cost: { elements: 2, characters: 18 },
  ...extra,
});

const stateOf = (...members: MemberState[]): SetState => ({ set: ref.set, members });

const anyWeight = fc.option(fc.integer({ min: 0, max: 300 }), { nil: null, freq: 2 });
const anyChange = fc
  .record({
    drain: fc.constantFrom<DrainMethod>('zero', 'remove'),
    members: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 0, maxLength: 4 }),
    old: fc.array(anyWeight, { minLength: 4, maxLength: 4 }),
    next: fc.array(anyWeight, { minLength: 4, maxLength: 4 }),
    gone: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  })
  .map(({ drain, members, old, next, gone }) => ({
    ref,
    drain,
    expects: stateOf(
      ...members.map((name, i) => {
        const weight = old[i] ?? null;
        return member(name, weight, { present: !(weight === null && gone[i]) });
      }),
    ),
    weights: Object.fromEntries(members.map((name, i) => [name, next[i] ?? null])),
  }));

describe('what a change leaves', () => {
  it('rule 1: is either refused, or has a present member with a weight above zero', () => {
    fc.assert(
      fc.property(anyChange, (change) => {
        try {
          const left = assertSafeChange(change, RANGE);
          expect(left.members.some(({ weight, present }) => present && (weight ?? 0) > 0)).toBe(true);
        } catch (refusal) {
          expect(refusal).toBeInstanceOf(ProviderError);
          expect(['never-empty', 'rejected']).toContain(refusal instanceof ProviderError ? refusal.kind : '');
        }
      }),
    );
  });

  it('drains by zero with the record in place, by remove without it', () => {
    const expects = stateOf(member('east', 10), member('west', 10));
    const weights = { east: null, west: 10 };

    const zero = assertSafeChange({ ref, drain: 'zero', expects, weights }, RANGE);
    const remove = assertSafeChange({ ref, drain: 'remove', expects, weights }, RANGE);

    expect(zero.members[0]).toEqual(member('east', null));
    expect(remove.members[0]).toEqual(member('east', null, { present: false }));
  });

  it('leaves a member alone that was drained before, so that the way back ends where it began', () => {
    const expects = stateOf(member('east', 10), member('spare', null), member('gone', null, { present: false }));
    const weights = { east: 7, spare: null, gone: null };

    const left = (['zero', 'remove'] as const).map((drain) =>
      assertSafeChange({ ref, drain, expects, weights }, RANGE),
    );

    expect(left.map(({ members }) => members.slice(1))).toEqual([expects.members.slice(1), expects.members.slice(1)]);
  });

  it('brings a removed member back with a weight', () => {
    const expects = stateOf(member('east', null, { present: false }), member('west', 10));

    const left = assertSafeChange({ ref, drain: 'remove', expects, weights: { east: 5, west: 10 } }, RANGE);

    expect(left.members[0]).toEqual(member('east', 5));
  });
});

describe('comparing two readings', () => {
  it.each<readonly [string, Partial<MemberState>]>([
    ['weight', { weight: 11 }],
    ['drained state', { weight: null }],
    ['TTL', { ttlSeconds: 300 }],
    ['health check', { healthCheck: 'check-1' }],
    ['value', { kept: { value: '192.0.2.2' } }],
    ['presence', { present: false }],
  ])('sees another %s', (_, extra) => {
    expect(sameRecords(stateOf(member('east', 10)), stateOf(member('east', 10, extra)))).toBe(false);
  });

  it('sees a member more', () => {
    const one = stateOf(member('east', 10));

    expect(sameRecords(one, stateOf(member('east', 10), member('west', null)))).toBe(false);
  });

  it('sees no difference in order, in cost or in a member that is not there', () => {
    const here = stateOf(member('east', 10), member('west', 20));
    const there = stateOf(
      member('west', 20, { cost: { elements: 4, characters: 0 } }),
      member('gone', null, { present: false }),
      member('east', 10),
    );

    expect(sameRecords(here, there)).toBe(true);
  });
});
