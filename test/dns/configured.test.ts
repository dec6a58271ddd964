import { describe, expect, it } from 'vitest';
import { answerText, configuredByRecords, configuredBySet } from '../../src/dns/configured.ts';
import type { Json } from '../../src/domain/canonical.ts';
import { setId } from '../../src/domain/ids.ts';
import type { SetState } from '../../src/domain/steering.ts';
import { geo, set, weighted } from './arrange.ts';

const stateOf = (members: Readonly<Record<string, readonly [weight: number | null, kept: Json]>>): SetState => ({
  set: setId('www-a'),
  members: Object.entries(members).map(([member, [weight, kept]]) => ({
    member,
    weight,
    present: true,
    ttlSeconds: 60,
    healthCheck: null,
    kept,
    cost: { elements: 1, characters: 1 },
  })),
});

const valuesOf = (state: SetState, type = 'A', seen: readonly string[] = []) =>
  configuredBySet(state, 'weight', { provider: 'dns-1', type }, new Set(seen)).members.map(
    ({ member, weight, values }) => [member, weight, values] as const,
  );

const WHERE = { provider: 'dns-1', zone: 'example.com.', type: 'A' };

describe('what a steering set should answer', () => {
  it('is found in whatever form the vendor keeps it', () => {
    const state = stateOf({
      east: [90, { ResourceRecords: [{ Value: '192.0.2.1' }], SetIdentifier: 'east', TTL: 60 }],
      west: [null, { values: ['192.0.2.2', '192.0.2.3'], serviceTypes: ['up'] }],
      '192.0.2.4': [10, null],
    });

    expect(valuesOf(state)).toEqual([
      ['east', 90, ['192.0.2.1']],
      ['west', 0, ['192.0.2.2', '192.0.2.3']],
      ['192.0.2.4', 10, ['192.0.2.4']],
    ]);
  });

  it('is not what several members keep, a fallback or the whole set', () => {
    const state = stateOf({
      east: [1, { value: '192.0.2.1', all: ['192.0.2.1', '192.0.2.2'], fallback: '192.0.2.9' }],
      west: [1, { value: '192.0.2.2', fallback: '192.0.2.9' }],
    });

    expect(valuesOf(state)).toEqual([
      ['east', 1, ['192.0.2.1']],
      ['west', 1, []],
    ]);
  });

  it('of a type without a form of its own is what was really answered', () => {
    const state = stateOf({
      east: [1, { target: 'LB-East.example.net.' }],
      west: [1, { target: 'lb-west.example.net' }],
    });

    expect(valuesOf(state, 'CNAME', ['lb-east.example.net', 'lb-west.example.net'])).toEqual([
      ['east', 1, ['lb-east.example.net']],
      ['west', 1, ['lb-west.example.net']],
    ]);
  });

  it('is counted by the first record where weights are numbers of records', () => {
    const configured = configuredBySet(stateOf({}), 'record-count', { provider: 'dns-1', type: 'A' }, new Set());

    expect(configured).toEqual({ source: 'dns-1, as steered', countBy: 'first', members: [] });
  });
});

describe('what record sets should answer', () => {
  it('is all their values, by weight where there are weights', () => {
    const plain = configuredByRecords([set({ values: ['192.0.2.1', '192.0.2.2'] })], WHERE);
    const shares = configuredByRecords([weighted('east', 10), weighted('west', null)], WHERE);

    expect(plain).toMatchObject({ members: [{ member: 'all', weight: 1, values: ['192.0.2.1', '192.0.2.2'] }] });
    expect(shares).toMatchObject({
      source: 'dns-1, zone example.com.',
      members: [
        { member: 'east', weight: 10 },
        { member: 'west', weight: 0 },
      ],
    });
  });

  it.each([
    ['there is none', [], /no such record/],
    ['an alias answers', [set({ values: [], alias: { target: 'lb.example.net.', zone: null } })], /an alias/],
    ['it depends on the place', [geo('eu', { Europe: ['DE'] })], /one place sees one of them/],
  ])('cannot be foretold when %s', (_, sets, because) => {
    expect(configuredByRecords(sets, WHERE)).toEqual({ because: expect.stringMatching(because) });
  });
});

describe('one form for values and answers', () => {
  it.each([
    ['AAAA', '2001:DB8:0::1', '2001:db8::1'],
    ['A', ' 192.0.2.1', '192.0.2.1'],
    ['CNAME', 'LB.Example.NET.', 'lb.example.net'],
    ['TXT', '"one" "two"', 'onetwo'],
    ['TXT', 'onetwo', 'onetwo'],
    ['A', 'not an address.', 'not an address'],
  ])('%s %s', (type, text, form) => {
    expect(answerText(type, text)).toBe(form);
  });
});
