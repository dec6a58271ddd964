import { describe, expect, it } from 'vitest';
import { runStream } from '../../src/run/events.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST, WEST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel } from '../support/model.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A drill with a stay of six hours; `breakAfterMs` into the stay a destination fails. */
const drill = async (breakAfterMs: number | null) => {
  const clock = new VirtualClock(MONDAY_MORNING);
  let looks = 0;
  const work = async () => {
    const model = await buildModel(clock);
    const id = await model.start({ region: EAST, stayMs: 6 * HOUR });
    const stop = new AbortController();
    let brokeAt = Number.POSITIVE_INFINITY;
    const deps = model.deps();
    const executor = model.executor(
      {},
      {
        gather: (question, signal) => {
          looks += 1;
          return deps.gather(question, signal);
        },
        watcher: {
          tell: ({ what }) => {
            if (what === 'run.held') stop.abort();
            if (what !== 'stay.begun' || breakAfterMs === null) return;
            clock.sleep(breakAfterMs, stop.signal).then(
              () => {
                brokeAt = clock.now();
                model.world.failing.add(WEST);
              },
              () => {},
            );
          },
        },
      },
    );
    await executor.run(stop.signal);
    const events = await model.store.journal.read(runStream(id), 0);
    const began = events.find(({ type }) => type === 'stay.begun')?.at ?? 0;
    const turned = events.find(({ type }) => type === 'direction.turned')?.at ?? Number.POSITIVE_INFINITY;
    const lines = events.filter(({ type, at }) => type === 'observed' && at > began && at < turned).length;
    return { run: await model.run(id), lines, heldAfterMs: (events.at(-1)?.at ?? 0) - brokeAt };
  };
  return { ...(await clock.run(work())), looks };
};

describe('a stay of hours', () => {
  it('is looked at every minute, and one look in ten is written down while all is well', async () => {
    const { run, lines, looks } = await drill(null);

    expect(run.stage).toBe('done');
    expect(looks).toBeGreaterThan(6 * 60);
    expect(lines).toBeLessThanOrEqual(6 * 6 + 1);
    expect(lines).toBeGreaterThanOrEqual(6 * 6 - 2);
  });

  it('holds within one look after a destination fails', async () => {
    const { run, heldAfterMs } = await drill(3 * HOUR + 17_000);

    expect(run.stage).toBe('staying');
    expect(run.engineHold?.cause).toBe('gate');
    expect(heldAfterMs).toBeLessThanOrEqual(MINUTE);
  });
});
