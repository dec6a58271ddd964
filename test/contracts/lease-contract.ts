import { describe, expect, it } from 'vitest';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import type { ArrangeStore } from './journal-contract.ts';

const LEASE_MS = 30_000;

/** Every promise of the Lease port, for whichever store `arrange` makes. */
export const leaseContract = (name: string, arrange: ArrangeStore): void => {
  describe(`the lease of ${name}`, () => {
    it('belongs to nobody at first, and the first to ask gets epoch 1', async () => {
      const { lease } = arrange().open();

      const before = await lease.holder();
      const held = await lease.acquire('executor-1', LEASE_MS);

      expect(before).toBeNull();
      expect(held).toEqual({ holder: 'executor-1', epoch: 1, until: MONDAY_MORNING + LEASE_MS });
      expect(await lease.holder()).toEqual(held);
    });

    it('rule 3: while one holds it, another gets nothing, up to the instant at which it ends', async () => {
      const { clock, open } = arrange();
      const [one, other] = [open().lease, open().lease];
      await one.acquire('executor-1', LEASE_MS);

      const atOnce = await other.acquire('executor-2', LEASE_MS);
      await clock.advance(LEASE_MS - 1);
      const justBefore = await other.acquire('executor-2', LEASE_MS);
      await clock.advance(1);
      const after = await other.acquire('executor-2', LEASE_MS);

      expect([atOnce, justBefore]).toEqual([null, null]);
      expect(after).toEqual({ holder: 'executor-2', epoch: 2, until: MONDAY_MORNING + 2 * LEASE_MS });
    });

    it('is renewed by its holder with the same epoch, by asking again too', async () => {
      const { clock, open } = arrange();
      const { lease } = open();
      const held = await lease.acquire('executor-1', LEASE_MS);
      await clock.advance(10_000);

      const renewed = held && (await lease.renew(held, LEASE_MS));
      const asked = await lease.acquire('executor-1', LEASE_MS);

      expect(renewed).toEqual({ holder: 'executor-1', epoch: 1, until: MONDAY_MORNING + 10_000 + LEASE_MS });
      expect(asked).toEqual(renewed);
    });

    it('is renewed after it ran out, as long as nobody has taken it over', async () => {
      const { clock, open } = arrange();
      const { lease } = open();
      const held = await lease.acquire('executor-1', LEASE_MS);
      await clock.advance(10 * LEASE_MS);

      const renewed = held && (await lease.renew(held, LEASE_MS));

      expect(renewed).toMatchObject({ epoch: 1, until: MONDAY_MORNING + 11 * LEASE_MS });
    });

    it('rule 3: who was taken over can neither renew nor give back what is not his', async () => {
      const { clock, open } = arrange();
      const [one, other] = [open().lease, open().lease];
      const held = await one.acquire('executor-1', LEASE_MS);
      await clock.advance(LEASE_MS);
      const taken = await other.acquire('executor-2', LEASE_MS);

      const renewed = held && (await one.renew(held, LEASE_MS));
      if (held !== null) await one.release(held);

      expect(renewed).toBeNull();
      expect(await one.holder()).toEqual(taken);
      expect(await one.acquire('executor-1', LEASE_MS)).toBeNull();
    });

    it.each(['executor-1', 'executor-2'])(
      'rule 3: after a release %s gets it at once, with a new epoch',
      async (next) => {
        const { open } = arrange();
        const [one, other] = [open().lease, open().lease];
        const held = await one.acquire('executor-1', LEASE_MS);
        if (held !== null) await one.release(held);

        const acquired = await other.acquire(next, LEASE_MS);

        expect(acquired).toMatchObject({ holder: next, epoch: 2 });
        expect(held && (await one.renew(held, LEASE_MS))).toBeNull();
      },
    );

    it('rule 3: epochs grow by one with every change of holder and never fall, also when the clock is set back', async () => {
      const { clock, open } = arrange();
      const { lease } = open();
      const epochs: (number | undefined)[] = [];

      for (const holder of ['a', 'b', 'a', 'c']) {
        epochs.push((await lease.acquire(holder, LEASE_MS))?.epoch);
        await clock.advance(LEASE_MS);
        clock.skew(-1000);
        await clock.advance(1000);
      }

      expect(epochs).toEqual([1, 2, 3, 4]);
    });

    it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is never granted for %d ms', async (ms) => {
      const { lease } = arrange().open();

      await expect(lease.acquire('executor-1', ms)).rejects.toMatchObject({ kind: 'malformed' });
      expect(await lease.holder()).toBeNull();
    });

    it('is never granted to somebody without a name', async () => {
      const { lease } = arrange().open();

      await expect(lease.acquire('', LEASE_MS)).rejects.toMatchObject({ kind: 'malformed' });
    });
  });
};
