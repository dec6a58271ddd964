import { describe, expect, it } from 'vitest';
import { loadFleet } from '../../src/operations/load-fleet.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { FLEET_STREAM } from '../../src/run/events.ts';
import { desk, proposed } from './arrange.ts';

/** A journal that says from where on it was read. */
const watched = (journal: Journal) => {
  const after: number[] = [];
  const readAll: Journal['readAll'] = (position, limit) => {
    after.push(position);
    return journal.readAll(position, limit);
  };
  return { after, journal: { readAll } };
};

describe('what the store knows at this moment', () => {
  it('reads an event once, however often it is asked', async () => {
    const made = await desk();
    const first = await proposed(made);
    const { after, journal } = watched(made.deps.journal);

    await loadFleet(journal);
    const second = await proposed(made);
    const fleet = await loadFleet(journal);

    expect([...fleet.runs.keys()]).toEqual([first, second]);
    expect(after).toEqual([0, fleet.position - 1]);
  });

  it('gives each who asks a view that later events do not change', async () => {
    const made = await desk();
    const before = await loadFleet(made.deps.journal);

    await proposed(made);
    const after = await loadFleet(made.deps.journal);

    expect([before.runs.size, after.runs.size]).toEqual([0, 1]);
    expect(before.position).toBeLessThan(after.position);
  });

  it('folds nothing twice when many ask at once', async () => {
    const made = await desk();
    const run = await proposed(made);
    const { journal } = watched(made.deps.journal);

    const fleets = await Promise.all([loadFleet(journal), loadFleet(journal), loadFleet(journal)]);

    expect(fleets.map(({ runs }) => runs.get(run)?.version)).toEqual([1, 1, 1]);
    expect(fleets.map(({ broken }) => broken.size)).toEqual([0, 0, 0]);
  });

  it('refuses again what cannot be read, whoever else asks at the same time', async () => {
    const made = await desk();
    const { journal } = made.deps;
    const { fleetVersion } = await loadFleet(journal);
    const events = [{ type: 'no-such-thing', data: {} }];
    await journal.append({ stream: FLEET_STREAM, expectedVersion: fleetVersion, events });

    const asked = await Promise.allSettled([loadFleet(journal), loadFleet(journal)]);
    const again = await Promise.allSettled([loadFleet(journal)]);

    expect([...asked, ...again].map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('forgets the runs that retention has dropped', async () => {
    const made = await desk();
    const run = await proposed(made);
    const before = await loadFleet(made.deps.journal);
    const stream = `run/${run}`;
    const { position, heads } = await made.deps.archive.ends();
    const streams = heads.filter((head) => head.stream === stream);

    const isDropped = await made.model.store.archive.drop({ streams, decidedAt: position, file: 'old.jsonl' });
    const after = await loadFleet(made.deps.journal);

    expect(isDropped).toBe(true);
    expect([before.runs.size, after.runs.size]).toEqual([1, 0]);
  });
});
