import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest } from '../../src/config/closest.ts';
import {
  isUnitOf,
  readAmount,
  readDuration,
  readPercent,
  readStatusRange,
  readTimeOfDay,
} from '../../src/config/quantity.ts';
import { durationText, percentText } from '../../src/domain/units.ts';

describe('quantities', () => {
  it('reads every share as it is printed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), (share) => {
        expect(readPercent(percentText(share))).toBe(share);
      }),
    );
  });

  it('reads every duration as it is printed', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000 }), (seconds) => {
        expect(readDuration(durationText(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it.each(['', '60', '0.6', '60 percent', '6O%', '60.123%', '-1%', '1e2%', '60%%', ' 60%'])(
    '%j is no share',
    (text) => {
      expect(readPercent(text)).toBeNull();
    },
  );

  it.each(['', '90', '90 s', '1.5h', '-1s', '1w', 's', '1s1', '99999999999999d'])('%j is no duration', (text) => {
    expect(readDuration(text)).toBeNull();
  });

  it('reads amounts with the unit of the service, in full or from the slash on', () => {
    expect(readAmount('12000/s')).toEqual({ value: 12_000, unit: '/s' });
    expect(readAmount('1.5 requests/s')).toEqual({ value: 1.5, unit: 'requests/s' });
    expect([readAmount('12,000/s'), readAmount('-1'), readAmount(Number.NaN), readAmount('')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([isUnitOf('/s', 'requests/s'), isUnitOf('requests/s', 'requests/s'), isUnitOf('/m', 'requests/s')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('reads times of day and status codes', () => {
    expect([readTimeOfDay('00:00'), readTimeOfDay('23:59'), readTimeOfDay('24:00')]).toEqual([0, 1439, 1440]);
    expect([readTimeOfDay('24:01'), readTimeOfDay('9:00'), readTimeOfDay('')]).toEqual([null, null, null]);
    expect([readStatusRange(204), readStatusRange('200-399')]).toEqual([
      { from: 204, to: 204 },
      { from: 200, to: 399 },
    ]);
    expect([readStatusRange('399-200'), readStatusRange('700')]).toEqual([null, null]);
  });

  it('finds the word that was meant, and none where nothing is near', () => {
    const words = ['firstStep', 'largestStep', 'ttl', 'approvals'];

    expect(
      ['fistStep', 'largstestep', 'ttlSeconds', 'APPROVALS', 'zzz', ''].map((word) => closest(word, words)),
    ).toEqual(['firstStep', 'largestStep', 'ttl', 'approvals', null, null]);
  });
});
