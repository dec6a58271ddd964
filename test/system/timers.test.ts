import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timers } from '../../src/system/timers.ts';

describe('timers', () => {
  it('fire in the order of their instants, then of being set, whichever of them are cancelled', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ due: fc.nat(50), isCancelled: fc.boolean() }), { maxLength: 300 }), (plans) => {
        const timers = new Timers();
        const fired: number[] = [];
        const cancels = plans.map(({ due }, index) => timers.set(due, () => fired.push(index)));
        for (const [index, cancel] of cancels.entries()) if (plans[index]?.isCancelled) cancel();
        const expected = plans
          .map(({ due, isCancelled }, index) => ({ due, isCancelled, index }))
          .filter(({ isCancelled }) => !isCancelled)
          .toSorted((a, b) => a.due - b.due || a.index - b.index);

        expect(timers.size).toBe(expected.length);
        expect(timers.nextDue()).toBe(expected[0]?.due ?? null);
        while (timers.nextDue() !== null) timers.fireNext();

        expect(fired).toEqual(expected.map(({ index }) => index));
        expect(timers.size).toBe(0);
      }),
    );
  });

  it('may be cancelled twice, and after they have fired', () => {
    const timers = new Timers();
    const cancel = timers.set(1, () => {});
    timers.fireNext();

    cancel();
    cancel();

    expect(timers.size).toBe(0);
  });
});
