import { describe, expect, it } from 'vitest';
import { runId } from '../../src/domain/ids.ts';
import { fleetReader } from '../../src/operations/fleet-reader.ts';
import { freeze } from '../../src/operations/freeze.ts';
import { status } from '../../src/operations/status.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, desk, granted, proposed } from './arrange.ts';

/** A journal that counts what is read of it as a whole. */
const counted = (journal: Journal) => {
  const read = { events: 0, calls: 0 };
  const readAll: Journal['readAll'] = async (after, limit) => {
    const events = await journal.readAll(after, limit);
    read.events += events.length;
    read.calls += 1;
    return events;
  };
  return { read, journal: { readAll } };
};

const LONG = 50_000;

/** Streams of others make a journal long without a run that lasts for a year. */
const lengthen = async (journal: Journal): Promise<void> => {
  const events = Array.from({ length: LONG }, () => ({ type: 'slack.keeping', data: { by: 'bot_1' } }));
  const appended = await journal.append({ stream: 'slack', expectedVersion: 0, events });
  if (!appended.ok) throw new Error(appended.because);
};

describe('what the journal says', () => {
  it('is read once: a second command on 50,000 events reads only what is new', async () => {
    const made = await desk();
    await lengthen(made.deps.journal);
    const { read, journal } = counted(made.deps.journal);
    const deps = { ...made.deps, fleet: fleetReader(journal) };

    granted(await status(deps, as('viewer-1')));
    const first = { ...read };
    granted(await status(deps, as('viewer-1')));
    const second = { events: read.events - first.events, calls: read.calls - first.calls };

    expect(first.events).toBeGreaterThan(LONG);
    expect(second).toEqual({ events: 0, calls: 1 });
  });

  it('is as it is at the moment of the call, also for many at once, and is what a fresh reader finds', async () => {
    const made = await desk();
    const read = fleetReader(made.deps.journal);
    await read();

    const run = await proposed(made);
    const views = await Promise.all([read(), read(), read()]);

    const fresh = await loadFleet(made.deps.journal);
    expect(views).toEqual([fresh, fresh, fresh]);
    expect(views[0]?.runs.has(run)).toBe(true);
  });

  it('does not change under whoever decides on it, and nobody else sees what he does to it', async () => {
    const made = await desk();
    const read = fleetReader(made.deps.journal);
    const before = await read();
    const kept = structuredClone(before);

    const run = await proposed(made);
    granted(await freeze(made.deps, as('admin-1'), { because: 'a launch', forMs: null }));
    const after = await read();
    after.runs.delete(run);

    expect(before).toEqual(kept);
    expect((await read()).runs.has(run)).toBe(true);
    expect((await read()).freezes).toHaveLength(1);
  });

  it('is refused each time where the stream of the fleet cannot be read, never given out in half', async () => {
    const made = await desk();
    const read = fleetReader(made.deps.journal);
    await read();
    const version = (await made.deps.journal.read('fleet', 0)).length;
    const events = [{ type: 'freeze.invented', data: {} }];
    await made.deps.journal.append({ stream: 'fleet', expectedVersion: version, events });
    await made.deps.journal.append({ stream: 'slack', expectedVersion: 0, events: [{ type: 'slack.left', data: {} }] });

    await expect(read()).rejects.toThrow();
    await expect(read()).rejects.toThrow();
  });

  it('is without the runs that retention has dropped', async () => {
    const made = await desk();
    const run = await proposed(made);
    const read = fleetReader(made.deps.journal);
    const before = await read();
    const { position, heads } = await made.deps.archive.ends();
    const streams = heads.filter(({ stream }) => stream === `run/${run}`);

    const isDropped = await made.model.store.archive.drop({ streams, decidedAt: position, file: 'old.jsonl' });
    const after = await read();

    expect(isDropped).toBe(true);
    expect([before.runs.size, after.runs.size]).toEqual([1, 0]);
  });

  it('is read again after a failure of the store', async () => {
    const made = await desk();
    const run = await proposed(made);
    let isBroken = true;
    const read = fleetReader({
      readAll: async (after, limit) => {
        if (isBroken) throw new Error('disk gone');
        return made.deps.journal.readAll(after, limit);
      },
    });

    await expect(read()).rejects.toThrow('disk gone');
    isBroken = false;

    expect((await read()).runs.has(runId(run))).toBe(true);
  });
});
