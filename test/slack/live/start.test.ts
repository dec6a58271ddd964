import { describe, expect, it } from 'vitest';
import { RunJournal } from '../../support/run-events.ts';
import { evacuated, stopped } from '../../support/run-stories.ts';
import { HOUR, MINUTE, SECOND, Stage } from './stage.ts';

describe('a bot that starts', () => {
  it('in a store where nobody kept messages shows what is under way, and leaves what has ended', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      await stage.play(evacuated(), 'run_old');
      await stage.play(new RunJournal().started().events);
      const bot = stage.bot();
      await stage.sleep(MINUTE);
      await bot.stop();
    });

    expect(stage.lives('run_old')).toEqual([]);
    expect(stage.lives()).toHaveLength(1);
    expect(stage.lives()[0]?.text).toMatch(/^MOVING out/);
    expect(stage.thread()).toEqual([
      'Approved by approver-1 (slack), plan sha256:plan',
      '! STARTED: evacuate us-east-1',
    ]);
  });

  it('after a run that began and ended while it was away posts its summary once, and nothing of the day before', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      await stage.bot().stop();
      await stage.play(evacuated(), 'run_early');
      await stage.sleep(25 * HOUR);
      await stage.play(evacuated(), 'run_late');
      for (let restarts = 0; restarts < 3; restarts += 1) {
        const bot = stage.bot();
        await stage.sleep(2 * MINUTE);
        await bot.stop();
      }
    });

    expect(stage.lives('run_early')).toEqual([]);
    expect(stage.lives('run_late').map(({ text }) => text.split(':')[0])).toEqual(['DONE']);
    expect(stage.thread('run_late')).toEqual([]);
  });

  it('finds the message that it kept before, and edits that one', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const events = stopped();
      const first = stage.bot();
      await stage.play(events.slice(0, 6));
      await stage.sleep(5 * SECOND);
      await first.stop();
      for (const event of events.slice(6)) await stage.ask('run_1', event as never);
      await stage.sleep(HOUR);
      const second = stage.bot();
      await stage.sleep(MINUTE);
      await second.stop();
    });

    expect(stage.lives()).toHaveLength(1);
    expect(stage.lives()[0]?.text).toMatch(/^STOPPED \(person\)/);
    expect(stage.thread().at(-1)).toMatch(/^! STOPPED \(person\)|^Note/);
  });

  it('while Slack is away begins when it is back', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      stage.workspace.faults.outage(true);
      const bot = stage.bot();
      await stage.play(new RunJournal().started().events);
      await stage.sleep(HOUR);
      stage.workspace.faults.outage(false);
      await stage.sleep(MINUTE);
      await bot.stop();
    });

    expect(stage.lives()).toHaveLength(1);
    expect(stage.thread().filter((line) => line.startsWith('! STARTED'))).toHaveLength(1);
  });

  it('says so of a run that it cannot read any further, and then leaves it', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(new RunJournal().started().events);
      await stage.sleep(5 * SECOND);
      await stage.ask('run_1', { type: 'step.imagined', data: {} } as never);
      await stage.sleep(MINUTE);
      expect(bot.health().runs).toBe(0);
      await bot.stop();
    });

    expect(stage.thread().at(-1)).toMatch(/^! FAILED: evacuate us-east-1/);
  });
});
