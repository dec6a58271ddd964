import { expect, it } from 'vitest';
import type { WorldFault } from '../steering/world.ts';
import { type ArrangeRecords, madeOne, never, type RecordsTraits, setOf } from './world.ts';

const NO: readonly WorldFault[] = ['unauthorised', 'throttled', 'unavailable-before', 'reset-before'];

/** The part of `Records` about getting through at all, and about credentials and endpoint that change while it runs. */
export const connectionContract = (arrange: ArrangeRecords, traits: RecordsTraits): void => {
  it('says yes when credentials and network are good', async () => {
    const world = await arrange();

    expect(await world.records.checkConnection(never())).toEqual({ ok: true });
  });

  it.each(NO.filter((fault) => traits.faults.includes(fault)))(
    'says no with a reason, never throws it: %s',
    async (fault) => {
      const world = await arrange();
      world.fail('read', fault);

      const connection = await world.records.checkConnection(never());

      expect(connection).toEqual({ ok: false, because: expect.stringMatching(/\S{3}/) });
    },
  );

  it.each(traits.rotates)('takes new %s from the very next call on', async (what) => {
    const world = await arrange();
    await madeOne(world, setOf('www', 'A', ['192.0.2.1']));

    await world.rotate(what);

    expect(await world.records.checkConnection(never())).toEqual({ ok: true });
    await madeOne(world, setOf('api', 'A', ['192.0.2.1']));
  });
};
