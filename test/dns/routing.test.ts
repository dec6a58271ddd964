import { describe, expect, it } from 'vitest';
import { addPlaces, unknownPlaces } from '../../src/dns/change-places.ts';
import { setWeight, type WeightWish } from '../../src/dns/change-weight.ts';
import { unsupported } from '../../src/dns/supported.ts';
import { can, geo, set, WWW, weighted } from './arrange.ts';

const wish = (weight: number | null, over: Partial<WeightWish> = {}): WeightWish => ({
  weight,
  values: [],
  alias: null,
  ttlSeconds: null,
  ...over,
});

const EAST = { ...WWW, qualifier: 'east' };

describe('the weight of one set', () => {
  it('changes, and nothing else of it', () => {
    const east = weighted('east', 10, { kept: { HealthCheckId: 'h-1' } });

    const planned = setWeight(EAST, wish(20), [east, weighted('west', 5)]);

    expect(planned).toMatchObject({
      changes: [{ expects: east, leaves: { ...east, profile: { kind: 'weighted', weight: 20 } } }],
    });
  });

  it('drained is a state, not a number', () => {
    const planned = setWeight(EAST, wish(null), [weighted('east', 10), weighted('west', 5)]);

    expect(planned).toMatchObject({ changes: [{ leaves: { profile: { kind: 'weighted', weight: null } } }] });
  });

  it('rule 1: never drains the last one that serves', () => {
    const planned = setWeight(EAST, wish(null), [weighted('east', 10), weighted('west', null)]);

    expect(planned).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('Give another one a weight first')],
    });
  });

  it('makes a new set with values, living as long as its siblings', () => {
    const planned = setWeight(EAST, wish(10, { values: ['192.0.2.1'] }), [weighted('west', 5, { ttlSeconds: 20 })]);

    expect(planned).toMatchObject({ changes: [{ expects: null, leaves: weighted('east', 10, { ttlSeconds: 20 }) }] });
  });

  it.each([
    ['without values', [weighted('west', 5)], 'say what it answers with -d'],
    ['beside a basic set', [set()], 'holds a basic set'],
  ])('does not make one %s', (_, held, says) => {
    const more = says.startsWith('holds') ? { values: ['192.0.2.1'] } : {};

    expect(setWeight(EAST, wish(10, more), held)).toMatchObject({ problems: [expect.stringContaining(says)] });
  });

  it('outside of what the account takes is a sentence with the range', () => {
    expect(unsupported(weighted('east', 101), can(), 'main')).toEqual([
      'www.example.com. A "east" cannot be at main: it has no weight 101; weights there are 1 to 100, or drained.',
    ]);
  });

  it('is not drained where nobody has established what the vendor makes of it, and the sentence says what to do', () => {
    const unsure = can({ weighted: { types: ['A'], minimum: 1, maximum: 100, drained: false } });

    expect(unsupported(weighted('east', null), unsure, 'main')).toEqual([
      'www.example.com. A "east" cannot be at main: it has no drained sets whose meaning is established; take it away, or give it a weight.',
    ]);
  });
});

describe('places of a geo group', () => {
  const none = { values: [], alias: null, ttlSeconds: null };

  it('are added to those it has', () => {
    const east = geo('east', { Europe: ['DE'] });

    const planned = addPlaces(EAST, { Europe: ['FR'], Asia: ['JP'] }, none, [east]);

    expect(planned).toMatchObject({
      changes: [{ expects: east, leaves: geo('east', { Asia: ['JP'], Europe: ['DE', 'FR'] }) }],
    });
  });

  it('move over from the group that has them, in one diff', () => {
    const [east, west] = [geo('east', { Europe: ['DE'] }), geo('west', { Europe: ['ES', 'FR'] })];

    const planned = addPlaces(EAST, { Europe: ['FR'] }, none, [east, west]);

    expect(planned).toMatchObject({
      changes: [
        { expects: west, leaves: geo('west', { Europe: ['ES'] }) },
        { expects: east, leaves: geo('east', { Europe: ['DE', 'FR'] }) },
      ],
      remarks: ['Places move over from group west.'],
    });
  });

  it('are not taken from a group that would have none left', () => {
    const planned = addPlaces(EAST, { Europe: ['FR'] }, none, [geo('east', {}), geo('west', { Europe: ['FR'] })]);

    expect(planned).toMatchObject({ problems: [expect.stringContaining('record delete -q west')] });
  });

  it('of a group that is not there ends in a sentence, not in a wait without end', () => {
    expect(addPlaces(EAST, { Europe: ['FR'] }, none, [])).toMatchObject({
      problems: [expect.stringContaining('There is no geo group')],
    });
  });

  it('that the vendor does not know are told one by one', () => {
    const unknown = unknownPlaces({ Europe: ['FR', 'XX'], Mars: [] }, { Europe: ['DE', 'FR'] });

    expect(unknown).toEqual([
      'Region "Europe" has no "XX". It has: DE FR',
      'There is no region "Mars". Those there are: steer dns geo regions',
    ]);
  });
});
