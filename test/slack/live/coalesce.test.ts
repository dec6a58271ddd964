import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import { RunJournal } from '../../support/run-events.ts';
import { OPERATOR, RESPONDER } from '../../support/run-plan.ts';
import { evacuated } from '../../support/run-stories.ts';
import { HOUR, MINUTE, SECOND, Stage } from './stage.ts';

/** Sixty states: thirty times held and resumed, one change every 25 ms. */
const sixtyStates = (journal: RunJournal, fromSecond: number): RunJournal => {
  for (let n = 0; n < 60; n += 1) {
    const at = fromSecond + n * 0.025;
    if (n % 2 === 0) journal.add(at, { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: `${n}` } });
    else journal.add(at, { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } });
  }
  return journal;
};

const textOf = (stage: Stage, run = 'run_1'): string => stage.lives(run)[0]?.text ?? '';

describe('a live message', () => {
  it('gets sixty states within 1.5 s in few edits, two seconds apart, and ends on the newest', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(sixtyStates(new RunJournal().started(), 150).events);
      await stage.sleep(5 * SECOND);
      const [live] = stage.lives();
      const edits = stage.edits(live?.ts).filter(({ at }) => at >= stage.clock.now() - 7 * SECOND);
      expect(edits.length).toBeLessThanOrEqual(4);
      expect(textOf(stage)).toMatch(/^MOVING out/);
      await bot.stop();
    });

    expect(stage.closestEdits()).toBeGreaterThanOrEqual(2 * SECOND);
  });

  it('waits as long as Slack says, loses nothing but what was in between, and posts meanwhile', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(new RunJournal().started().events);
      await stage.sleep(5 * SECOND);
      stage.workspace.faults.rateLimit('chat.update', 1, 300);
      await stage.ask('run_1', { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'wait' } });
      await stage.sleep(10 * SECOND);
      const limitedAt = stage.edits().find(({ isOk }) => !isOk)?.until ?? 0;
      expect(bot.health().state).toBe('limited');
      expect(stage.thread().at(-1)).toMatch(/^! HOLDING/);
      await stage.ask('run_1', { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } });
      await stage.sleep(6 * MINUTE);
      const next = stage.edits().find(({ at }) => at > limitedAt);
      expect((next?.at ?? 0) - limitedAt).toBeGreaterThanOrEqual(300 * SECOND - 200);
      expect((next?.at ?? 0) - limitedAt).toBeLessThan(303 * SECOND);
      expect(textOf(stage)).toMatch(/^MOVING out/);
      expect(bot.health().state).toBe('ok');
      await bot.stop();
    });
  });

  it('shows a change of state within three seconds', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(new RunJournal().started().events);
      await stage.sleep(20 * SECOND);
      await stage.ask('run_1', { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'wait' } });
      await stage.sleep(3 * SECOND);
      expect(textOf(stage)).toMatch(/^HOLDING out \(person\)/);
      await bot.stop();
    });
  });
});

/** The same story, told by another run. */
const together = async (stage: Stage, runs: readonly string[], events: readonly StoredEvent[]): Promise<void> => {
  await Promise.all(runs.map((run) => stage.play(events, run)));
};

describe('many runs', () => {
  const RUNS = Array.from({ length: 30 }, (_, n) => `run_${100 + n}`);

  it('share forty edits a minute fairly, and every one of them ends on its summary', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await together(stage, RUNS, evacuated());
      await stage.sleep(20 * MINUTE);
      expect(bot.health().runs).toBe(0);
      await bot.stop();
    });
    const edits = RUNS.map((run) => stage.edits(stage.lives(run)[0]?.ts).length);

    expect(stage.mostEditsAMinute()).toBeLessThanOrEqual(40);
    expect(stage.calls.filter(({ isOk }) => !isOk)).toEqual([]);
    expect(RUNS.filter((run) => !textOf(stage, run).startsWith('DONE'))).toEqual([]);
    expect(RUNS.filter((run) => stage.thread(run).filter((line) => line.startsWith('! DONE')).length !== 1)).toEqual(
      [],
    );
    expect(Math.max(...edits) / Math.min(...edits)).toBeLessThan(2);
    expect(stage.closestEdits()).toBeGreaterThanOrEqual(2 * SECOND);
  });

  it('are told of in the order of the journal', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await together(stage, RUNS.slice(0, 5), new RunJournal().started().events);
      await stage.sleep(2 * MINUTE);
      await bot.stop();
    });
    const begun = stage.calls
      .filter(({ method, text }) => method === 'post' && text.startsWith('STARTED'))
      .map(({ text }) => /run_\d+/.exec(text)?.[0]);

    expect(begun).toEqual(RUNS.slice(0, 5));
  });
});

describe('a run of twelve hours', () => {
  it('is shown all the time, says only what is news, and leaves no more behind than a short one', async () => {
    const stage = new Stage();
    const sizes: number[] = [];
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(new RunJournal().started().events);
      await stage.ask('run_1', { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'the night' } });
      for (let hour = 0; hour < 12; hour += 1) {
        await stage.sleep(HOUR);
        sizes.push(stage.sleepers);
      }
      await stage.ask('run_1', { type: 'stop.asked', data: { by: OPERATOR, door: 'cli', because: 'the morning' } });
      await stage.sleep(MINUTE);
      expect(bot.health().runs).toBe(0);
      await bot.stop();
    });
    const edits = stage.edits();
    const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0));

    expect(Math.max(...gaps)).toBeLessThanOrEqual(31 * SECOND);
    expect(stage.calls.filter(({ method }) => method === 'post').length).toBeLessThan(10);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
    expect((await stage.journal.read('slack', 0)).length).toBeLessThan(12 * 125);
  });
});
