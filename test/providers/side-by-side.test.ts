import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../providers/side-by-side.ts';
import { settle } from '../support/manual-clock.ts';

describe('working side by side', () => {
  it('keeps the order of the items and never has more than the width in work', async () => {
    let inWork = 0;
    let most = 0;

    const results = await sideBySide([5, 4, 3, 2, 1], 2, async (item) => {
      inWork += 1;
      most = Math.max(most, inWork);
      for (let turn = 0; turn < item; turn += 1) await settle();
      inWork -= 1;
      return item * 10;
    });

    expect(results).toEqual([50, 40, 30, 20, 10]);
    expect(most).toBe(2);
  });

  it('throws the first failure after what was begun has ended, and begins nothing new', async () => {
    const ended: number[] = [];

    const work = sideBySide([1, 2, 3, 4], 2, async (item) => {
      if (item === 1) throw new Error('the first');
      await settle();
      ended.push(item);
    });

    await expect(work).rejects.toThrow('the first');
    expect(ended).toEqual([2]);
  });
});
