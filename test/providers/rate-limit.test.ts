import { describe, expect, it } from 'vitest';
import { createRateLimiter, RateLimited, type RateLimiter } from '../../providers/rate-limit.ts';
import { requestLimits } from '../../providers/route53/limits.ts';
import { ManualClock } from '../support/manual-clock.ts';

const WRITE = 'ChangeResourceRecordSets';
const HEALTH = 'GetHealthCheckStatus';
const never = () => new AbortController().signal;

const takeMany = async (limiter: RateLimiter, action: string, count: number): Promise<void> => {
  for (let taken = 0; taken < count; taken += 1) await limiter.take(action, never());
};

describe('the rate limiter', () => {
  it('lets the burst of the scheme through at once', async () => {
    const clock = new ManualClock();
    const [old, fresh] = [requestLimits('old'), requestLimits('new')].map((limits) => createRateLimiter(limits, clock));

    await takeMany(old ?? expect.fail(), WRITE, 5);
    await takeMany(fresh ?? expect.fail(), WRITE, 50);

    expect(clock.sleepers).toBe(0);
  });

  it('makes whoever comes after the burst wait for a token, in the order of asking', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(requestLimits('old'), clock);
    await takeMany(limiter, WRITE, 5);
    const served: string[] = [];

    const waiting = ['first', 'second'].map(async (who) => {
      await limiter.take(WRITE, never());
      served.push(who);
    });
    await clock.advance(200);
    const afterOne = [...served];
    await clock.advance(200);
    await Promise.all(waiting);

    expect(afterOne).toEqual(['first']);
    expect(served).toEqual(['first', 'second']);
  });

  it('refuses a wait of more than a second and says how long it is, and those who wait already are served', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(requestLimits('old'), clock);
    await takeMany(limiter, WRITE, 5);
    const waiting = Array.from({ length: 5 }, () => limiter.take(WRITE, never()));

    const refused: unknown = await limiter.take(WRITE, never()).catch((failure: unknown) => failure);
    await clock.advance(1000);
    await Promise.all(waiting);

    expect(refused).toBeInstanceOf(RateLimited);
    expect(refused).toMatchObject({ kind: 'throttled', waitMs: 1200 });
  });

  it('serves 200 batches one after the other at 5 a second without refusing one', async () => {
    const clock = new ManualClock();
    const selfMoving = { now: () => clock.now(), sleep: (ms: number) => clock.advance(ms) };
    const limiter = createRateLimiter(requestLimits('old'), selfMoving);
    const started = clock.now();

    await takeMany(limiter, WRITE, 200);

    expect((clock.now() - started) / 1000).toBeCloseTo(39, 0);
  });

  it('gives an aborted caller its reason and the next one its token', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(requestLimits('old'), clock);
    await takeMany(limiter, WRITE, 5);
    const abort = new AbortController();

    const aborted = limiter.take(WRITE, abort.signal).catch((failure: unknown) => failure);
    abort.abort('held by a person');
    const reason = await aborted;
    let served = false;
    const next = limiter.take(WRITE, never()).then(() => {
      served = true;
    });
    await clock.advance(200);
    await next;

    expect(reason).toBe('held by a person');
    expect(served).toBe(true);
  });

  it('keeps the status of health checks on a bucket of its own, and the others off it', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(requestLimits('new'), clock);
    await takeMany(limiter, HEALTH, 4);

    const fifth = limiter.take(HEALTH, never());
    const sleepersForHealth = clock.sleepers;
    await limiter.take(WRITE, never());
    await clock.advance(1000);
    await fifth;

    expect(sleepersForHealth).toBe(1);
  });

  it('slows the whole account down after a throttled read, and lets fewer ask at once', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(requestLimits('new'), clock);
    const before = limiter.parallel();

    limiter.throttled('ListResourceRecordSets');
    const after = limiter.parallel();
    const waiting = limiter.take(WRITE, never());
    const sleepers = clock.sleepers;
    await clock.advance(200);
    await waiting;

    expect([before, after, sleepers]).toEqual([10, 5, 1]);
  });

  it('slows writes alone down after a throttled write under the new scheme', async () => {
    const clock = new ManualClock();
    const limiter = createRateLimiter(requestLimits('new'), clock);

    limiter.throttled(WRITE);
    await limiter.take('ListResourceRecordSets', never());
    const sleepersForRead = clock.sleepers;
    const waiting = limiter.take(WRITE, never());
    const sleepersForWrite = clock.sleepers;
    await clock.advance(200);
    await waiting;

    expect([sleepersForRead, sleepersForWrite, limiter.parallel()]).toEqual([0, 1, 10]);
  });
});
