import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderFailure } from '../../providers/errors.ts';
import { RateLimited } from '../../providers/rate-limit.ts';
import { type Attempt, barePolicy, guardedPolicy, USUAL_POLICY } from '../../providers/resilience.ts';
import { kindOf, never } from '../contracts/steering/world.ts';

/** As usual, but with waits too short to notice. */
const QUICK = { ...USUAL_POLICY, timeoutMs: 20, firstWaitMs: 1, longestWaitMs: 1, breakMs: 60_000 };

const failing = (kind: ProviderFailure, times: number) => {
  let calls = 0;
  const attempt: Attempt<string> = async () => {
    calls += 1;
    if (calls <= times) throw new ProviderError(kind, 'as told');
    return 'done';
  };
  return { attempt, calls: () => calls };
};

const hanging: Attempt<never> = () => new Promise(() => {});

describe('the guarded policy', () => {
  it.each(['throttled', 'busy', 'unavailable'] as const)('repeats a read that was %s', async (kind) => {
    const { attempt, calls } = failing(kind, 2);

    const answer = await guardedPolicy(QUICK).read(attempt, never());

    expect([answer, calls()]).toEqual(['done', 3]);
  });

  it.each(['throttled', 'busy'] as const)('repeats a write that was refused for the moment: %s', async (kind) => {
    const { attempt, calls } = failing(kind, 2);

    const answer = await guardedPolicy(QUICK).write(attempt, never());

    expect([answer, calls()]).toEqual(['done', 3]);
  });

  it.each([
    'unknown-outcome',
    'unavailable',
    'conflict',
    'rejected',
    'unauthorised',
    'never-empty',
    'too-large',
    'unreadable',
  ] as const)('rule 4: sends a write once when it ends with %s', async (kind) => {
    const { attempt, calls } = failing(kind, 1);

    const met = await kindOf(guardedPolicy(QUICK).write(attempt, never()));

    expect([met, calls()]).toEqual([kind, 1]);
  });

  it('leaves a wait for our own request budget to the caller', async () => {
    let calls = 0;

    const met = await kindOf(
      guardedPolicy(QUICK).read(async () => {
        calls += 1;
        throw new RateLimited('ListResourceRecordSets', 5000);
      }, never()),
    );

    expect([met, calls]).toEqual(['throttled', 1]);
  });

  it('rule 4: calls a write without an answer an unknown outcome, and a read unavailable', async () => {
    const policy = guardedPolicy({ ...QUICK, repeats: 0 });

    const kinds = [await kindOf(policy.write(hanging, never())), await kindOf(policy.read(hanging, never()))];

    expect(kinds).toEqual(['unknown-outcome', 'unavailable']);
  });

  it('says in seconds when a vendor is asked again', async () => {
    const policy = guardedPolicy({ ...QUICK, repeats: 0, breakMs: 10_000 });
    const { attempt } = failing('unavailable', 100);
    for (let tries = 0; tries < 5; tries += 1) await kindOf(policy.read(attempt, never()));

    await expect(policy.read(attempt, never())).rejects.toThrow(
      'not asked: 5 calls in a row failed, and it is tried again every 10 s',
    );
  });

  it('stops asking a vendor that failed five times in a row', async () => {
    const policy = guardedPolicy({ ...QUICK, repeats: 0 });
    const { attempt, calls } = failing('unavailable', 100);

    for (let tries = 0; tries < 8; tries += 1) await kindOf(policy.read(attempt, never()));

    expect(calls()).toBe(5);
  });

  it('goes on asking a vendor that answers, whatever it answers', async () => {
    const policy = guardedPolicy(QUICK);
    const { attempt, calls } = failing('conflict', 100);

    for (let tries = 0; tries < 8; tries += 1) await kindOf(policy.write(attempt, never()));

    expect(calls()).toBe(8);
  });

  it('refuses more calls at once than the account can take, before sending them', async () => {
    const policy = guardedPolicy({ ...QUICK, parallel: 1, repeats: 0 });

    const kinds = await Promise.all(Array.from({ length: 5 }, () => kindOf(policy.read(async () => 'done', never()))));

    expect(kinds.toSorted()).toEqual(['busy', 'busy', 'ok', 'ok', 'ok']);
  });

  it('hides no wait of a second or more', () => {
    expect(USUAL_POLICY.repeats * USUAL_POLICY.longestWaitMs).toBeLessThan(1000);
  });
});

describe('the bare policy', () => {
  it('tries once and lets everything through', async () => {
    const read = failing('throttled', 1);
    const write = failing('busy', 1);

    const kinds = [
      await kindOf(barePolicy.read(read.attempt, never())),
      await kindOf(barePolicy.write(write.attempt, never())),
    ];

    expect([...kinds, read.calls(), write.calls()]).toEqual(['throttled', 'busy', 1, 1]);
  });
});
