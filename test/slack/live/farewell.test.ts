import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import { FAREWELL_MS } from '../../../src/slack/live/farewell.ts';
import { RunJournal } from '../../support/run-events.ts';
import { OPERATOR, RESPONDER } from '../../support/run-plan.ts';
import { never } from '../../support/story.ts';
import { MINUTE, SECOND, Stage } from './stage.ts';

const HOLD: RunEvent = { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'wait' } };
const STOP: RunEvent = { type: 'stop.asked', data: { by: OPERATOR, door: 'cli', because: 'enough' } };
const LEFT = 'Bot restarting; the engine continues: steer status run_1';

const textOf = (stage: Stage, run = 'run_1'): string => stage.lives(run)[0]?.text ?? '';

/** How long the bot took to stop, in virtual time. */
const stopped = async (stage: Stage, bot: { stop(): Promise<void> }): Promise<number> => {
  const from = stage.clock.now();
  await bot.stop();
  return stage.clock.now() - from;
};

describe('a bot that stops', () => {
  it('says so in the message of a run under way, without a button, and the next one goes on with the same message', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const first = stage.bot();
      await stage.play(new RunJournal().started().events);
      await stage.sleep(5 * SECOND);
      await first.stop();
      const [left] = stage.lives();
      expect(left?.text).toMatch(/^MOVING out/);
      expect(left?.text).toContain(LEFT);
      expect(left?.text).toContain('To hold it now: steer hold run_1');
      expect(JSON.stringify(left?.blocks)).not.toContain('"button"');

      await stage.sleep(20 * SECOND);
      const second = stage.bot();
      await stage.sleep(5 * SECOND);
      expect(stage.lives().map(({ ts }) => ts)).toEqual([left?.ts]);
      expect(textOf(stage)).not.toContain(LEFT);
      expect(JSON.stringify(stage.lives()[0]?.blocks)).toContain('steer.hold');
      await stage.ask('run_1', HOLD);
      await stage.sleep(5 * SECOND);
      expect(textOf(stage)).toMatch(/^HOLDING out \(person\)/);
      await second.stop();
    });

    expect(stage.closestEdits()).toBeGreaterThanOrEqual(2 * SECOND);
  });

  it('says nothing of it where a run has ended, or where another process keeps the messages', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const keeper = stage.bot();
      await stage.play(new RunJournal().started().events);
      const standby = stage.bot();
      await stage.sleep(5 * SECOND);
      await standby.stop();
      expect(textOf(stage)).not.toContain(LEFT);
      await stage.ask('run_1', STOP);
      await stage.sleep(MINUTE);
      await keeper.stop();
    });

    expect(textOf(stage)).toMatch(/^STOPPED/);
    expect(textOf(stage)).not.toContain(LEFT);
  });

  it('waits neither for a Slack that is away, nor long for one that does not answer', async () => {
    const [away, silent] = [new Stage(), new Stage()];
    let isSilent = false;
    const begun = async (stage: Stage) => {
      const bot = stage.bot({ beforeCall: async () => (isSilent ? never() : undefined) });
      await stage.play(new RunJournal().started().events);
      await stage.sleep(5 * SECOND);
      return bot;
    };
    await away.run(async () => {
      const bot = await begun(away);
      away.workspace.faults.outage(true);
      await away.sleep(10 * MINUTE);
      expect(await stopped(away, bot)).toBeLessThanOrEqual(FAREWELL_MS);
    });
    await silent.run(async () => {
      const bot = await begun(silent);
      isSilent = true;
      expect(await stopped(silent, bot)).toBeLessThanOrEqual(FAREWELL_MS);
    });

    expect(await silent.memory()).toContain('slack.left');
  });

  it('of many runs says it in as many messages as its time and the limits of Slack allow', async () => {
    const stage = new Stage();
    const runs = Array.from({ length: 30 }, (_, n) => `run_${100 + n}`);
    await stage.run(async () => {
      const bot = stage.bot();
      await Promise.all(runs.map((run) => stage.play(new RunJournal().started().events, run)));
      await stage.sleep(10 * MINUTE);
      expect(await stopped(stage, bot)).toBeLessThanOrEqual(FAREWELL_MS + SECOND);
    });
    const said = runs.filter((run) => textOf(stage, run).includes('Bot restarting'));

    expect(said.length).toBeGreaterThan(0);
    expect(stage.mostEditsAMinute()).toBeLessThanOrEqual(40);
    expect(stage.closestEdits()).toBeGreaterThanOrEqual(2 * SECOND);
  });
});
