import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/run/events.ts';
import { RunJournal } from '../../support/run-events.ts';
import { RESPONDER } from '../../support/run-plan.ts';
import { MINUTE, OPS, SECOND, Stage } from './stage.ts';

const HOLD: RunEvent = { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: 'wait' } };

/** What the log was told of live messages, by event, while `trouble` happened to a run. */
const toldOf = async (
  trouble: (stage: Stage) => Promise<void>,
): Promise<{ readonly events: readonly unknown[]; readonly state: string }> => {
  const stage = new Stage();
  let state = '';
  await stage.run(async () => {
    const bot = stage.bot();
    await stage.play(new RunJournal().started().events);
    await stage.sleep(5 * SECOND);
    await trouble(stage);
    state = bot.health().state;
    await bot.stop();
  });
  const events = stage.log.map(({ fields }) => fields['event']);
  return { events: events.filter((event) => String(event).startsWith('slack.live-')), state };
};

describe('the log', () => {
  it('is told once that a channel is closed, and once that it is open again', async () => {
    const told = await toldOf(async (stage) => {
      stage.workspace.archiveChannel(OPS, true);
      await stage.ask('run_1', HOLD);
      await stage.sleep(30 * MINUTE);
      stage.workspace.archiveChannel(OPS, false);
      await stage.sleep(10 * MINUTE);
    });

    expect(told).toEqual({ events: ['slack.live-closed', 'slack.live-ok'], state: 'ok' });
  });

  it('is told once of a token that does not suffice, and once that it does again', async () => {
    const told = await toldOf(async (stage) => {
      stage.workspace.faults.fail('*', 3, 'token_revoked');
      await stage.ask('run_1', HOLD);
      await stage.sleep(20 * MINUTE);
    });

    expect(told).toEqual({ events: ['slack.live-denied', 'slack.live-ok'], state: 'ok' });
  });

  it('is told of an outage that lasts, once, and of its end, once', async () => {
    const told = await toldOf(async (stage) => {
      stage.workspace.faults.outage(true);
      await stage.sleep(10 * MINUTE);
      stage.workspace.faults.outage(false);
      await stage.sleep(MINUTE);
    });

    expect(told).toEqual({ events: ['slack.live-away', 'slack.live-ok'], state: 'ok' });
  });

  it('is told nothing of what passes within a minute', async () => {
    const told = await toldOf(async (stage) => {
      stage.workspace.faults.outage(true);
      await stage.ask('run_1', HOLD);
      await stage.sleep(20 * SECOND);
      stage.workspace.faults.outage(false);
      await stage.sleep(MINUTE);
    });

    expect(told).toEqual({ events: [], state: 'ok' });
  });

  it('is told of a limit that lasts for minutes when it begins', async () => {
    const told = await toldOf(async (stage) => {
      stage.workspace.faults.rateLimit('chat.update', 1, 300);
      await stage.sleep(MINUTE);
    });

    expect(told).toEqual({ events: ['slack.live-limited'], state: 'limited' });
  });

  it('is told that all is well once another channel is kept instead of the closed one', async () => {
    const told = await toldOf(async (stage) => {
      stage.workspace.addToChannel('C0GENERAL', 'U0STEER');
      stage.workspace.removeFromChannel(OPS, 'U0STEER');
      await stage.ask('run_1', HOLD);
      await stage.sleep(MINUTE);
      const { slack } = stage.config;
      if (slack === undefined) throw new Error('no Slack');
      stage.config = { ...stage.config, slack: { ...slack, channel: 'C0GENERAL', channels: ['C0GENERAL'] } };
      await stage.acceptConfig();
      await stage.sleep(15 * MINUTE);
    });

    expect(told).toEqual({ events: ['slack.live-closed', 'slack.live-ok'], state: 'ok' });
  });
});
