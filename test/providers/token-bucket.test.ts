import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, fullBucket, givenBack, refilled, slowed, taken, waitMsOf } from '../../providers/token-bucket.ts';

const OLD = { perSecond: 5, burst: 5 };
const NEW = { perSecond: 10, burst: 50 };

const takeAt = (bucket: Bucket, now: number, count: number): Bucket =>
  Array.from({ length: count }).reduce<Bucket>((left) => taken(left, now), bucket);

describe('a token bucket', () => {
  it('serves its burst at once and then one token after the other', () => {
    const spent = takeAt(fullBucket(OLD, 0), 0, 5);

    expect(waitMsOf(fullBucket(OLD, 0), 0)).toBe(0);
    expect(waitMsOf(spent, 0)).toBe(200);
    expect(waitMsOf(taken(spent, 0), 0)).toBe(400);
    expect(waitMsOf(spent, 200)).toBe(0);
  });

  it('never gives out more than its burst and its pace together, in any window', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 200 }), (gaps) => {
        let bucket = fullBucket(NEW, 0);
        let now = 0;
        const served: number[] = [];
        for (const gap of gaps) {
          now += gap;
          served.push(now + waitMsOf(bucket, now));
          bucket = taken(bucket, now);
        }

        const inWindow = (from: number) => served.filter((at) => at >= from && at < from + 1000).length;
        expect(Math.max(...served.map(inWindow))).toBeLessThanOrEqual(NEW.burst + NEW.perSecond);
      }),
    );
  });

  it('does not fill when the clock goes back', () => {
    const spent = takeAt(fullBucket(OLD, 10_000), 10_000, 5);

    expect(refilled(spent, 0)).toEqual(spent);
  });

  it('halves its pace when it is throttled, drops what was saved, and has it back after a minute', () => {
    const hit = slowed(fullBucket(NEW, 0), 0);

    expect(hit).toMatchObject({ perSecond: 5, tokens: 0 });
    expect(refilled(hit, 30_000).perSecond).toBeCloseTo(7.5);
    expect(refilled(hit, 60_000).perSecond).toBe(10);
    expect(refilled(hit, 600_000)).toMatchObject({ perSecond: 10, tokens: 50 });
  });

  it('takes a burst of refusals for one piece of news', () => {
    const once = slowed(fullBucket(NEW, 0), 0);
    const thrice = slowed(slowed(once, 10), 999);

    expect(thrice.perSecond).toBeLessThan(5.1);
    expect(thrice.perSecond).toBeGreaterThanOrEqual(5);
    expect(slowed(thrice, 1000).perSecond).toBeLessThan(2.6);
  });

  it('never gets slower than one token a second, the longest wait that may be hidden', () => {
    const worn = Array.from({ length: 20 }).reduce<Bucket>(
      (bucket, _, i) => slowed(bucket, i * 1000),
      fullBucket(OLD, 0),
    );

    expect(worn.perSecond).toBeGreaterThanOrEqual(1);
    expect(waitMsOf(worn, 19_000)).toBeLessThanOrEqual(1000);
  });

  it('takes a token back that was not used', () => {
    const spent = takeAt(fullBucket(OLD, 0), 0, 6);

    expect(waitMsOf(givenBack(spent), 0)).toBe(200);
    expect(givenBack(fullBucket(OLD, 0)).tokens).toBe(5);
  });
});
