import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/system/clock.ts';
import { sha256 } from '../../src/system/hash.ts';
import { timeSortedIds } from '../../src/system/ids.ts';
import { systemRandom } from '../../src/system/random.ts';
import { ManualClock } from '../support/manual-clock.ts';

const never = (): AbortSignal => new AbortController().signal;

describe('the system clock', () => {
  it('tells the time of the machine', () => {
    const [before, now, after] = [Date.now(), systemClock.now(), Date.now()];

    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(after);
  });

  it.each([5, 0, -1])('sleeps for %d ms and wakes', async (ms) => {
    const began = performance.now();

    await systemClock.sleep(ms, never());

    expect(performance.now() - began).toBeGreaterThanOrEqual(ms - 1);
  });

  it.each([1000, 2 ** 40, Number.POSITIVE_INFINITY])(
    'a sleep of %d ms lasts until it is aborted, and rejects with the reason itself',
    async (ms) => {
      const stop = new AbortController();
      const reason = new Error('shutting down');
      const sleeping = systemClock.sleep(ms, stop.signal);
      setImmediate(() => setImmediate(() => stop.abort(reason)));

      await expect(sleeping).rejects.toBe(reason);
    },
  );

  it('does not fall asleep once aborted', async () => {
    await expect(systemClock.sleep(0, AbortSignal.abort('too late'))).rejects.toBe('too late');
  });

  it('does not sleep for what is no number', async () => {
    await expect(systemClock.sleep(Number.NaN, never())).rejects.toThrow(RangeError);
  });
});

describe('the system randomness', () => {
  it('lies in [0, 1) and is spread over it', () => {
    const numbers = Array.from({ length: 10_000 }, () => systemRandom.next());

    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    // 17 standard deviations: fails by chance less than once in 10^60 runs.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('the hash', () => {
  it('is SHA-256 in lower-case hex', () => {
    // The example of FIPS 180-4, https://csrc.nist.gov/pubs/fips/180-4/upd1/final
    expect(sha256.of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('ids', () => {
  it('carry their prefix and sort in the order of making, within a millisecond and when the clock goes back', async () => {
    const clock = new ManualClock();
    const ids = timeSortedIds(clock, systemRandom);
    const made: string[] = [];

    for (const skewMs of [0, 0, 5, -60_000, 0, 120_000]) {
      clock.skew(skewMs);
      for (let again = 0; again < 3; again += 1) made.push(ids.next('run'));
    }

    expect(made).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(18);
    expect(made.every((id) => /^run_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
  });

  it('of two processes differ in the same millisecond', () => {
    const clock = new ManualClock();

    const [one, other] = [
      timeSortedIds(clock, systemRandom).next('run'),
      timeSortedIds(clock, systemRandom).next('run'),
    ];

    expect(one).not.toBe(other);
    expect(one.slice(0, 14)).toBe(other.slice(0, 14));
  });

  it('stay in order when more are made in one millisecond than its serial can count', () => {
    const ids = timeSortedIds(new ManualClock(), { next: () => 0 });
    const made = Array.from({ length: 40_000 }, () => ids.next('step'));

    const isSorted = made.every((id, index) => index === 0 || (made[index - 1] ?? '') < id);

    expect(isSorted).toBe(true);
  });
});

describe('the manual clock', () => {
  it('wakes sleepers at their own instants, those too that fall asleep on the way', async () => {
    const clock = new ManualClock(0);
    const woken: number[] = [];
    const sleeping = (async () => {
      for (const ms of [10, 20, 30]) {
        await clock.sleep(ms, never());
        woken.push(clock.now());
      }
    })();

    await clock.advance(40);
    const early = [...woken];
    await clock.advance(20);
    await sleeping;

    expect(early).toEqual([10, 30]);
    expect(woken).toEqual([10, 30, 60]);
    expect(clock.now()).toBe(60);
  });

  it('set back, it still wakes sleepers after the time that they asked for', async () => {
    const clock = new ManualClock(0);
    const sleeping = clock.sleep(10, never());
    clock.skew(-3_600_000);

    await clock.advance(10);
    await sleeping;

    expect(clock.now()).toBe(10 - 3_600_000);
  });

  it('says so instead of hanging when nobody falls asleep', async () => {
    await expect(new ManualClock().untilSleeping()).rejects.toThrow('expected 1 sleepers, found 0');
  });
});
