import { describe, expect, it } from 'vitest';
import { memorySteering } from '../../providers/memory/steering.ts';
import { takeOver } from '../../src/executor/take-over.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST, MODEL } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel, type Model } from '../support/model.ts';

const HOUR = 3_600_000;

const adopt = (model: Model, clock: VirtualClock) => {
  const disk = new MemoryDisk({ storeId: 'store_new', region: 'us-west-2', madeAt: clock.now() });
  const store = openMemoryStore(disk, { clock, hash: sha256 });
  return takeOver(
    {
      store: 'store_new',
      lease: store.lease,
      clock,
      steerings: new Map([[MODEL, memorySteering(model.vendor)]]),
      config: model.config,
      leaseMs: 15_000,
    },
    new AbortController().signal,
  );
};

describe('taking zones over from a lost store', () => {
  it('rule 3: a process of the old store that wakes up afterwards writes nothing', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const story = async () => {
      const model = await buildModel(clock);
      const id = await model.start({ region: EAST });
      const stop = new AbortController();
      const old = model.executor({}, { watcher: { tell: ({ what }) => what === 'batch.landed' && stop.abort() } });
      await old.run(stop.signal);
      const taken = await adopt(model, clock);
      const before = [...model.vendor.zone('zone-0').records.values()];
      const writes = model.vendor.landedWrites;

      const woken = new AbortController();
      const run = model.executor({ untilIdle: false }).run(woken.signal);
      await clock.sleep(10 * 60_000, woken.signal);
      woken.abort();
      await run;

      return {
        taken,
        before,
        after: [...model.vendor.zone('zone-0').records.values()],
        written: model.vendor.landedWrites - writes,
        run: await model.run(id),
      };
    };

    const { taken, before, after, written, run } = await clock.run(story(), MONDAY_MORNING + HOUR);

    expect(taken.from).toEqual(['store_model']);
    expect(written).toBe(0);
    expect(after).toEqual(before);
    expect(phaseOf(run)).toMatchObject({ phase: 'HOLDING', cause: 'foreign-edit' });
  });

  it('rule 14: raises its epoch above the markers it found, waits out the old lease, and counts what is out as removed', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const story = async () => {
      const model = await buildModel(clock);
      model.vendor.editFence('zone-0', { store: 'store_old', epoch: 41 });
      const set = model.config.services[0]?.sets[0];
      const key = { name: set?.ref.name ?? '', type: 'A', member: `m-${EAST}` };
      model.vendor.edit('zone-0', key, {
        ...key,
        weight: 0,
        ttlSeconds: 60,
        healthCheck: null,
        value: '192.0.2.9',
        extra: null,
      });
      const startedAt = clock.now();
      const taken = await adopt(model, clock);
      return { taken, waitedMs: clock.now() - startedAt };
    };

    const { taken, waitedMs } = await clock.run(story(), MONDAY_MORNING + HOUR);

    expect(taken.epoch).toBe(42);
    expect(taken.fences).toEqual({ 'zone-0 at model': { store: 'store_new', epoch: 42 } });
    expect(waitedMs).toBeGreaterThanOrEqual(15_000);
    expect(taken.charges).toHaveLength(1);
    expect(taken.charges[0]?.servedAfter).toBeCloseTo(0.667, 2);
  });
});
