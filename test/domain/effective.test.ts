import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answerer, answering, effectiveShares, type FailOpen } from '../../src/domain/effective.ts';
import { regionId, setId } from '../../src/domain/ids.ts';
import { sum } from '../../src/domain/records.ts';

const ROUTE53: FailOpen = { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true };
const CLOSED: FailOpen = { allDrained: 'nothing', drainedIsLastResort: false, noneHealthyServesAll: false };

const member = (weight: number | null, check: Answerer['check'] = 'none', present = true): Answerer => ({
  weight,
  present,
  check,
});

describe('who answers, by the rules of Route 53', () => {
  it.each<[string, readonly Answerer[], readonly number[]]>([
    ['weights divide the answers', [member(30), member(10)], [0.75, 0.25]],
    ['a drained member gets nothing while another can answer', [member(null), member(10)], [0, 1]],
    ['all drained means all equally', [member(null), member(null)], [0.5, 0.5]],
    ['an unhealthy member loses its answers', [member(30, 'unhealthy'), member(10, 'healthy')], [0, 1]],
    [
      'a drained member answers again once every serving one is unhealthy',
      [member(null), member(10, 'unhealthy')],
      [1, 0],
    ],
    [
      'the drained members that are healthy share equally',
      [member(null, 'healthy'), member(null, 'unhealthy'), member(null), member(9, 'unhealthy')],
      [0.5, 0, 0.5, 0],
    ],
    ['a member without a check is always healthy', [member(30, 'unhealthy'), member(10, 'none')], [0, 1]],
    ['when none is healthy, all are', [member(30, 'unhealthy'), member(10, 'unhealthy')], [0.75, 0.25]],
    [
      'an unhealthy drained member stays drained when none is healthy',
      [member(null, 'unhealthy'), member(10, 'unhealthy')],
      [0, 1],
    ],
    [
      'a check whose state is unknown does not take a member out',
      [member(1, 'unknown'), member(1, 'healthy')],
      [0.5, 0.5],
    ],
    ['a record that was taken away is no last resort', [member(null, 'none', false), member(10, 'unhealthy')], [0, 1]],
    ['a set without records answers nothing', [member(null, 'none', false)], [0]],
  ])('%s', (_, members, expected) => {
    expect(answering(members, ROUTE53)).toEqual(expected);
  });

  it('a vendor that never fails open answers nothing rather than a drained or unhealthy member', () => {
    expect(answering([member(null), member(null)], CLOSED)).toEqual([0, 0]);
    expect(answering([member(null), member(10, 'unhealthy')], CLOSED)).toEqual([0, 0]);
  });

  it('the parts add up to one or to nothing', () => {
    const anyMember = fc.record({
      weight: fc.option(fc.integer({ min: 1, max: 255 }), { nil: null }),
      present: fc.boolean(),
      check: fc.constantFrom<Answerer['check']>('healthy', 'unhealthy', 'unknown', 'none'),
    });
    fc.assert(
      fc.property(fc.array(anyMember, { maxLength: 5 }), fc.constantFrom(ROUTE53, CLOSED), (members, rules) => {
        const whole = sum(answering(members, rules));

        expect(whole === 0 || Math.abs(whole - 1) < 1e-9).toBe(true);
        if (rules === ROUTE53 && members.some(({ present }) => present)) expect(whole).toBeCloseTo(1);
      }),
    );
  });
});

it('effective shares are by region, in whole basis points', () => {
  const A = regionId('a');
  const B = regionId('b');
  const base = { present: true, ttlSeconds: 60, kept: null, cost: { elements: 2, characters: 10 } };
  const state = {
    set: setId('www'),
    members: [
      { ...base, member: 'east', weight: 1, healthCheck: 'hc-east' },
      { ...base, member: 'west', weight: 2, healthCheck: 'hc-west' },
    ],
  };
  const members = { [A]: 'east', [B]: 'west' };

  expect(effectiveShares(state, members, { 'hc-east': 'healthy' }, ROUTE53)).toEqual({ [A]: 3333, [B]: 6667 });
  expect(effectiveShares(state, members, { 'hc-east': 'unhealthy' }, ROUTE53)).toEqual({ [A]: 0, [B]: 10_000 });
});
