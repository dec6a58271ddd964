import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import { RunJournal } from '../../support/run-events.ts';
import { OPERATOR, RESPONDER } from '../../support/run-plan.ts';
import { evacuated } from '../../support/run-stories.ts';
import { never } from '../../support/story.ts';
import { MINUTE, SECOND, Stage } from './stage.ts';

const HOLD: RunEvent = { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'wait' } };
const RESUME: RunEvent = { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } };

describe('two bots at once', () => {
  it('keep one message, and say everything once', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bots = [stage.bot(), stage.bot()];
      await stage.play(evacuated());
      await stage.sleep(2 * MINUTE);
      expect(bots.map((bot) => bot.health().runs)).toEqual([0, 0]);
      await Promise.all(bots.map((bot) => bot.stop()));
    });
    const thread = stage.thread();

    expect(stage.lives()).toHaveLength(1);
    expect(stage.lives()[0]?.text).toMatch(/^DONE/);
    expect(new Set(thread).size).toBe(thread.length);
    expect(stage.closestEdits()).toBeGreaterThanOrEqual(2 * SECOND);
  });

  it('of which one stops hand over at once', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const first = stage.bot();
      await stage.play(new RunJournal().started().events);
      const second = stage.bot();
      await stage.sleep(5 * SECOND);
      await first.stop();
      await stage.ask('run_1', HOLD);
      await stage.sleep(3 * SECOND);
      expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
      await second.stop();
    });

    expect(stage.lives()).toHaveLength(1);
  });

  it('of which one hangs hand over within a minute or so', async () => {
    const stage = new Stage();
    let hangs = false;
    await stage.run(async () => {
      stage.bot({ beforeAppend: async () => (hangs ? never() : undefined) });
      await stage.play(new RunJournal().started().events);
      const second = stage.bot();
      await stage.sleep(5 * SECOND);
      hangs = true;
      await stage.ask('run_1', HOLD);
      await stage.sleep(65 * SECOND);
      expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
      await second.stop();
    });
  });

  it('of which one was asleep for ten minutes in the middle of a call end with one message and the newest state', async () => {
    const stage = new Stage();
    let naps = 0;
    await stage.run(async () => {
      const nap = async (): Promise<void> => {
        if (naps !== 1) return;
        naps = 2;
        await stage.sleep(10 * MINUTE);
      };
      const sleepy = stage.bot({ beforeCall: nap });
      await stage.play(new RunJournal().started().events);
      const other = stage.bot();
      await stage.sleep(5 * SECOND);
      naps = 1;
      await stage.ask('run_1', HOLD);
      await stage.sleep(3 * MINUTE);
      await stage.ask('run_1', RESUME);
      await stage.sleep(20 * MINUTE);
      expect(stage.lives()).toHaveLength(1);
      expect(stage.lives()[0]?.text).toMatch(/^MOVING out/);
      await Promise.all([sleepy.stop(), other.stop()]);
    });

    expect(stage.thread().filter((line) => line.startsWith('! HOLDING')).length).toBeLessThanOrEqual(2);
    expect(stage.thread().filter((line) => line.startsWith('Resumed'))).toHaveLength(1);
  });
});
