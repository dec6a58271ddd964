import { expect, test } from 'vitest';
import { memoryCapabilities } from '../../providers/memory/steering.ts';
import { pacedWrites } from '../../providers/paced-writes.ts';
import type { Steering, SteeringWrite } from '../../providers/steering.ts';
import { FENCE_1, kindOf, never, writeOf } from '../contracts/steering/world.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';

/** Writes end when the test says so. */
const arrange = (parallel: number) => {
  const clock = new ManualClock();
  const begun: { readonly zone: string; readonly end: (failure?: Error) => void }[] = [];
  const steering: Steering = {
    capabilities: memoryCapabilities({ conditionalWrite: 'emulated', fence: 'waited' }, 0),
    read: async () => [],
    replace: ({ zone }: SteeringWrite) =>
      new Promise((resolve, reject) => {
        const end = (failure?: Error): void =>
          failure === undefined ? resolve({ change: null, sets: [], fence: FENCE_1 }) : reject(failure);
        begun.push({ zone, end });
      }),
    propagation: async () => new Map(),
  };
  const limiter = { parallel: () => parallel };
  return { clock, begun, limiter, paced: pacedWrites(steering, limiter, clock) };
};

test('no more writes are under way than the pace has tokens for, and the next begins when one has ended', async () => {
  const { clock, begun, paced } = arrange(2);
  const writes = ['a', 'b', 'c'].map((zone) => paced.replace(writeOf(zone, []), never()));

  await clock.advance(1000);
  const before = begun.map(({ zone }) => zone);
  begun[0]?.end();
  await clock.advance(1000);

  expect(before).toEqual(['a', 'b']);
  expect(begun.map(({ zone }) => zone)).toEqual(['a', 'b', 'c']);
  for (const { end } of begun) end();
  await Promise.all(writes);
});

test('a write that fails makes room as one that lands does', async () => {
  const { clock, begun, paced } = arrange(1);
  const failing = kindOf(paced.replace(writeOf('a', []), never()));
  const next = paced.replace(writeOf('b', []), never());

  await settle();
  begun[0]?.end(new Error('reset'));
  await clock.advance(1000);

  expect(await failing).toMatch('reset');
  expect(begun.map(({ zone }) => zone)).toEqual(['a', 'b']);
  begun[1]?.end();
  await next;
});

test('a write whose time is over before its turn was not sent, and says so', async () => {
  const { clock, begun, paced } = arrange(1);
  const deadline = new AbortController();
  const first = paced.replace(writeOf('a', []), never());
  const waiting = kindOf(paced.replace(writeOf('b', []), deadline.signal));

  await clock.advance(1000);
  deadline.abort();

  expect(await waiting).toBe('busy');
  expect(begun.map(({ zone }) => zone)).toEqual(['a']);
  begun[0]?.end();
  await first;
});
