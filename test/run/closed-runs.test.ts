import { describe, expect, it } from 'vitest';
import { FleetTail } from '../../src/executor/fleet-tail.ts';
import { closedRuns } from '../../src/run/closed-runs.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST } from '../support/fleet-config.ts';
import { HOUR, MINUTE, type Story, tell } from '../support/story.ts';

/** What may leave now, by the fold of a process that has just started; drops it like retention does, without the file. */
const drop = async ({ model }: Story, keepMs: number) => {
  const tail = new FleetTail(model.store.journal);
  await tail.catchUp();
  const { closed, referredTo } = closedRuns(tail.view, model.clock.now(), keepMs);
  const leaving = closed.filter((stream) => !referredTo.has(stream));
  const { position, heads } = await model.store.archive.ends();
  const streams = heads.filter(({ stream }) => leaving.includes(stream));
  if (streams.length > 0) await model.store.archive.drop({ streams, decidedAt: position, file: 'export.ndjson' });
  return leaving;
};

describe('what retention may drop', () => {
  it('rule 13: never an open run, whatever it waits for and however old it is', async () => {
    const { waiting, held, words } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST }, false);
      const waiting = await drop(story, 0);
      await story.approve(id, (await story.model.run(id)).digest);
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 1);
      await story.ask(id, 'hold.asked');
      await story.sleep(5 * HOUR);
      const held = await drop(story, 0);
      await story.ask(id, 'resume.asked');
      return { waiting, held, words: phaseOf(await story.ended(id)).words };
    });

    expect(waiting).toEqual([]);
    expect(held).toEqual([]);
    expect(words).toBe('DONE');
  });

  it('rule 13: never the run that a region is out by; once the region is home, it may leave', async () => {
    const { out, later, home, refused } = await tell({}, async (story) => {
      const first = await story.model.start({ region: EAST });
      void story.process();
      await story.ended(first);
      await story.sleep(5 * HOUR);
      const out = await drop(story, HOUR);
      const second = await story.model.plan({ region: story.model.config.regions[1] ?? EAST });
      const refused = second.objections.some(({ code }) => code === 'two-regions-out');
      const restored = await story.model.start({ region: EAST, verb: 'restore', mode: 'planned' });
      await story.ended(restored);
      const home = await drop(story, HOUR);
      await story.sleep(2 * HOUR);
      return { out, refused, home, later: await drop(story, HOUR) };
    });

    expect(out).toEqual([]);
    expect(refused).toBe(true);
    expect(home).toEqual(['run/run_1']);
    expect(later).toEqual([]);
  });

  it('rule 9: never a run whose charges still count', async () => {
    const { soon, later } = await tell({ limits: { drill: { capacityRemovedPerHour: 9000 } } }, async (story) => {
      const id = await story.model.start({ region: EAST, stayMs: MINUTE });
      void story.process();
      await story.ended(id);
      const again = await story.model.start({ region: EAST, stayMs: MINUTE });
      await story.ended(again);
      const soon = await drop(story, 0);
      await story.sleep(2 * HOUR);
      return { soon, later: await drop(story, 0) };
    });

    expect(soon).toEqual([]);
    expect(later).toEqual(['run/run_1']);
  });
});

describe('a process that stood by while a run ended and was dropped', () => {
  it('rule 14: takes over and goes on with the others', async () => {
    const { words, died } = await tell({}, async (story) => {
      const first = await story.model.start({ region: EAST, stayMs: MINUTE });
      const stalled = Promise.withResolvers<void>();
      let isFirst = true;
      let died: unknown = null;
      const standby = story.process({
        beforeWrite: async () => {
          if (!isFirst) return;
          isFirst = false;
          await stalled.promise;
        },
      });
      standby.catch((error: unknown) => {
        died = error;
      });
      await story.until(first, ({ step }) => step?.batches[0]?.state === 'sent');
      const worker = new AbortController();
      const working = story.model.executor({ untilIdle: false }, { holder: 'worker' }).run(worker.signal);
      await story.ended(first);
      const second = await story.model.start({ region: EAST, stayMs: MINUTE });
      await story.ended(second);
      worker.abort();
      await working;
      await story.sleep(3 * HOUR);
      const dropped = await drop(story, HOUR);
      if (dropped.length === 0) throw new Error('nothing was dropped');
      const third = await story.model.start({ region: EAST, stayMs: MINUTE });

      stalled.resolve();

      return { words: phaseOf(await story.ended(third)).words, died };
    });

    expect(died).toBeNull();
    expect(words).toBe('DONE');
  });
});
