import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import { RunJournal } from '../../support/run-events.ts';
import { OPERATOR, RESPONDER } from '../../support/run-plan.ts';
import { evacuated } from '../../support/run-stories.ts';
import { HOUR, MINUTE, OPS, SECOND, Stage } from './stage.ts';

const HOLD: RunEvent = { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'wait' } };
const RESUME: RunEvent = { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } };
const STOP: RunEvent = { type: 'stop.asked', data: { by: OPERATOR, door: 'cli', because: 'enough' } };

const begin = async (stage: Stage): Promise<void> => {
  await stage.play(new RunJournal().started().events);
  await stage.sleep(5 * SECOND);
};

const warnings = (stage: Stage): readonly string[] =>
  stage.log.filter(({ level }) => level !== 'info').map(({ text }) => text);

describe('an outage of Slack', () => {
  it('of ten minutes in the middle of a run ends with the newest state, and what was not said is said once', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      const playing = stage.play(evacuated());
      await stage.sleep(100 * SECOND);
      stage.workspace.faults.outage(true);
      await stage.sleep(10 * MINUTE);
      await playing;
      expect(bot.health().state).toBe('away');
      stage.workspace.faults.outage(false);
      await stage.sleep(2 * MINUTE);
      await bot.stop();
    });
    const thread = stage.thread();

    expect(stage.lives()).toHaveLength(1);
    expect(stage.lives()[0]?.text).toMatch(/^DONE/);
    expect(thread.filter((line) => line.startsWith('!'))).toEqual([
      expect.stringMatching(/^! APPROV/),
      expect.stringMatching(/^! STARTED/),
      expect.stringMatching(/^! HOLDING out \(person\)/),
      expect.stringMatching(/^! DONE/),
    ]);
    expect(new Set(thread).size).toBe(thread.length);
    expect(warnings(stage)).toEqual([
      'Slack cannot be reached. Runs go on; what was not said is said when it is back.',
    ]);
  });

  it('is asked ever more slowly, and never more often than every half minute once it lasts', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      const from = stage.calls.length;
      stage.workspace.faults.outage(true);
      await stage.ask('run_1', HOLD);
      await stage.sleep(HOUR);
      const calls = stage.calls.slice(from);
      expect(calls.length).toBeLessThan(250);
      expect(calls.length).toBeGreaterThan(100);
      stage.workspace.faults.outage(false);
      await stage.sleep(35 * SECOND);
      expect(stage.lives()[0]?.text).toMatch(/^HOLDING out \(person\)/);
      await bot.stop();
    });
  });

  it('calls nobody to a hold that was over before it could be said', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.faults.outage(true);
      await stage.ask('run_1', {
        type: 'run.held',
        data: { cause: 'gate', endsByItself: false, objections: [], because: ['p99'], byHand: [] },
      });
      await stage.sleep(5 * MINUTE);
      await stage.ask('run_1', RESUME);
      await stage.sleep(MINUTE);
      stage.workspace.faults.outage(false);
      await stage.sleep(MINUTE);
      await bot.stop();
    });
    const [live] = stage.lives();
    const called = stage.workspace.thread('U0VIEWER', OPS, live?.ts ?? '').flatMap(({ mentions }) => mentions);

    expect(stage.thread().slice(-2)).toEqual([
      expect.stringMatching(/^! HOLDING out \(gate\)/),
      expect.stringMatching(/^Resumed by operator-1/),
    ]);
    expect(called).toEqual(['S0APPROVERS']);
  });

  it('leaves nothing half said when it swallows the answers', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.faults.breakHttp('chat.postMessage', 3, 503);
      stage.workspace.faults.breakHttp('chat.update', 3, 500);
      await stage.ask('run_1', HOLD);
      await stage.sleep(MINUTE);
      await bot.stop();
    });

    expect(stage.thread().at(-1)).toMatch(/^! HOLDING/);
    expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
  });
});

describe('a live message', () => {
  it('that somebody deletes is posted anew, and its thread goes on below the new one', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      const [first] = stage.lives();
      stage.workspace.deleteMessage(OPS, first?.ts ?? '');
      await stage.ask('run_1', HOLD);
      await stage.sleep(10 * SECOND);
      expect(stage.lives()).toHaveLength(1);
      expect(stage.lives()[0]?.ts).not.toBe(first?.ts);
      expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
      await stage.ask('run_1', RESUME);
      await stage.sleep(10 * SECOND);
      expect(stage.thread().at(-1)).toMatch(/^Resumed/);
      await bot.stop();
    });
  });

  it('that is deleted again and again comes back ever more slowly', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      for (let times = 0; times < 120; times += 1) {
        for (const { ts } of stage.lives()) stage.workspace.deleteMessage(OPS, ts);
        await stage.sleep(30 * SECOND);
      }
      await bot.stop();
    });

    expect(stage.calls.filter(({ method, text }) => method === 'post' && text.startsWith('RUN')).length).toBeLessThan(
      30,
    );
  });

  it('that may not be edited any more is posted anew', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.faults.fail('chat.update', 1, 'edit_window_closed');
      await stage.ask('run_1', HOLD);
      await stage.sleep(10 * SECOND);
      await bot.stop();
    });

    expect(stage.lives().at(-1)?.text).toMatch(/^HOLDING/);
    expect(stage.lives()).toHaveLength(2);
  });

  it.each(['invalid_blocks', 'msg_blocks_too_long', 'msg_too_long'])(
    'of which Slack says %s is shown without what it does not take',
    async (error) => {
      const stage = new Stage();
      await stage.run(async () => {
        const bot = stage.bot();
        await begin(stage);
        stage.workspace.faults.fail('chat.update', 2, error);
        await stage.ask('run_1', HOLD);
        await stage.sleep(12 * SECOND);
        const [live] = stage.lives();
        expect(live?.text).toMatch(/^HOLDING/);
        expect(live?.text).toContain('Type: /steer resume run_1');
        expect(live?.blocks).toEqual([]);
        await stage.sleep(12 * MINUTE);
        expect(stage.lives()[0]?.blocks.length).toBeGreaterThan(3);
        await bot.stop();
      });
      expect(stage.closestEdits()).toBeGreaterThanOrEqual(2 * SECOND);
    },
  );

  it('does not care how its channel is called', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.renameChannel(OPS, 'something-else');
      await stage.ask('run_1', HOLD);
      await stage.sleep(5 * SECOND);
      await bot.stop();
    });

    expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
    expect(stage.calls.every(({ isOk }) => isOk)).toBe(true);
  });
});

describe('a channel that nobody can write in', () => {
  it('is named in the log once and in the health, is asked slowly, and is caught up with when it opens', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      const from = stage.calls.length;
      stage.workspace.archiveChannel(OPS, true);
      await stage.ask('run_1', HOLD);
      await stage.sleep(HOUR);
      expect(bot.health()).toMatchObject({
        state: 'closed',
        because: expect.stringContaining('The bot cannot write in channel C0OPS: is_archived'),
      });
      expect(stage.calls.length - from).toBeLessThan(25);
      stage.workspace.archiveChannel(OPS, false);
      await stage.sleep(6 * MINUTE);
      expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
      expect(bot.health().state).toBe('ok');
      await bot.stop();
    });

    expect(stage.thread().filter((line) => line.startsWith('! HOLDING'))).toHaveLength(1);
    expect(warnings(stage)).toHaveLength(1);
  });

  it('is left when the config names another one', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.addToChannel('C0GENERAL', 'U0STEER');
      stage.workspace.removeFromChannel(OPS, 'U0STEER');
      await stage.ask('run_1', HOLD);
      await stage.sleep(MINUTE);
      const slack = stage.config.slack;
      if (slack === undefined) throw new Error('no Slack');
      stage.config = { ...stage.config, slack: { ...slack, channel: 'C0GENERAL', channels: ['C0GENERAL'] } };
      await stage.acceptConfig();
      await stage.sleep(MINUTE);
      await bot.stop();
    });

    const there = stage.workspace.messages('U0VIEWER', 'C0GENERAL').filter(({ user }) => user === 'U0STEER');
    expect(there[0]?.text).toMatch(/^HOLDING/);
    expect(there.some(({ isBroadcast, text }) => isBroadcast && text.startsWith('HOLDING'))).toBe(true);
  });

  it('keeps no run in memory for longer than a day after its end', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.archiveChannel(OPS, true);
      await stage.ask('run_1', STOP);
      await stage.sleep(23 * HOUR);
      expect(bot.health().runs).toBe(1);
      await stage.sleep(2 * HOUR);
      expect(bot.health().runs).toBe(0);
      await bot.stop();
    });
  });
});

describe('a token that does not suffice', () => {
  it('is said once, with the command that says what to do', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await begin(stage);
      stage.workspace.faults.fail('*', 3, 'token_revoked');
      await stage.ask('run_1', HOLD);
      await stage.sleep(MINUTE / 2);
      expect(bot.health()).toMatchObject({ state: 'denied', because: expect.stringContaining('steer slack check') });
      await stage.sleep(15 * MINUTE);
      expect(bot.health().state).toBe('ok');
      await bot.stop();
    });

    expect(stage.lives()[0]?.text).toMatch(/^HOLDING/);
    expect(warnings(stage)).toHaveLength(1);
  });
});
