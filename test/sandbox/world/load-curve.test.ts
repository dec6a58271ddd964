import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorRateAt, latencyP99MsAt } from '../../../src/sandbox/world/load-curve.ts';

const utilisation = fc.double({ min: 0, max: 10, noNaN: true });

describe('the load curve', () => {
  it('never gets better when utilisation rises', () => {
    fc.assert(
      fc.property(utilisation, utilisation, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];

        expect(errorRateAt(high)).toBeGreaterThanOrEqual(errorRateAt(low));
        expect(latencyP99MsAt(high, 80)).toBeGreaterThanOrEqual(latencyP99MsAt(low, 80));
      }),
    );
  });

  it('stays within what can be: rates between 0 and 1, latency between idle and the client’s time-out', () => {
    fc.assert(
      fc.property(utilisation, (u) => {
        expect(errorRateAt(u)).toBeGreaterThanOrEqual(0);
        expect(errorRateAt(u)).toBeLessThanOrEqual(1);
        expect(latencyP99MsAt(u, 80)).toBeGreaterThanOrEqual(80);
        expect(latencyP99MsAt(u, 80)).toBeLessThanOrEqual(30_000);
      }),
    );
  });

  it.each([
    [0.6, 0.0005],
    [1, 0.0205],
    [2, 0.5102],
  ])('at a utilisation of %d the error rate is %d', (u, expected) => {
    expect(errorRateAt(u)).toBeCloseTo(expected, 4);
  });

  it('doubles the idle latency at 80 % utilisation', () => {
    expect(latencyP99MsAt(0.8, 80)).toBeCloseTo(160);
  });
});
