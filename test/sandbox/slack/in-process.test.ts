import { describe, expect, it } from 'vitest';
import { createInProcessFetch } from '../../../src/sandbox/slack/in-process-fetch.ts';
import { InProcessReceiver } from '../../../src/sandbox/slack/in-process-receiver.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { createTestBot } from './test-bot.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';
const never = new AbortController().signal;

const setUp = async () => {
  const { clock, options } = virtual();
  const workspace = createWorkspace(options);
  const receiver = new InProcessReceiver(workspace, {
    customProperties: (envelope) => ({ envelopeId: envelope['envelope_id'] ?? null }),
    pause: () => clock.sleep(5000, never),
  });
  const apiUrl = 'https://slack.invalid/api/';
  const { heard } = createTestBot({ receiver, apiUrl, fetch: createInProcessFetch(workspace.handle) });
  await receiver.start();
  return { clock, workspace, receiver, heard };
};

/** Lets the framework do what it does without time: its queues need some turns of the event loop. */
const idle = async (clock: ManualClock): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await clock.advance(0);
};

describe('a bot in the same process, under virtual time', () => {
  it('has the whole conversation without a socket', async () => {
    const { clock, workspace, heard } = await setUp();

    await workspace.command(OPERATOR, OPS, 'post');
    await idle(clock);
    const [message] = workspace.messages(OPERATOR, OPS);
    await workspace.click(OPERATOR, { channel: OPS, ts: message?.ts ?? '' }, 'test.open');
    await idle(clock);
    const [view] = workspace.modals(OPERATOR);
    const submitted = await workspace.submit(OPERATOR, view?.id ?? '', { word: 'right' });
    await idle(clock);

    expect(submitted).toEqual({ isSent: true, acknowledgedMs: 0, problem: null });
    expect(workspace.modals(OPERATOR)[0]?.title).toBe('Done');
    expect(heard.map(({ what }) => what)).toEqual(['command', 'submission']);
    expect(clock.sleepers).toBe(0);
  });

  it('delivers what was held back after the one that follows', async () => {
    const { clock, workspace, heard } = await setUp();
    workspace.faults.reorder(1);

    const first = workspace.command(OPERATOR, OPS, 'first');
    await idle(clock);
    const second = workspace.command(OPERATOR, OPS, 'second');
    await Promise.all([first, second]);

    expect(heard.map(({ text }) => text)).toEqual(['second', 'first']);
  });

  it('loses what people do during an outage, and is back by itself afterwards', async () => {
    const { clock, workspace, heard } = await setUp();

    workspace.faults.outage(true);
    const out = await workspace.command(OPERATOR, OPS, 'lost');
    await clock.advance(600_000);
    const during = workspace.sockets();
    workspace.faults.outage(false);
    await clock.advance(5000);
    const back = await workspace.command(OPERATOR, OPS, 'found');

    expect(out).toEqual({ isSent: true, acknowledgedMs: null, problem: 'dispatch_failed' });
    expect([during, workspace.sockets()]).toEqual([0, 1]);
    expect(back.problem).toBeNull();
    expect(heard.map(({ text }) => text)).toEqual(['found']);
  });

  it('redelivers an event that nobody took with the same envelope', async () => {
    const { clock, workspace, heard } = await setUp();

    workspace.faults.dropSockets();
    await workspace.say(OPERATOR, OPS, '@steer status');
    await clock.advance(70_000);

    expect(heard).toEqual([{ what: 'mention', text: '<@U0STEER> status', eventId: expect.stringMatching(/^Ev/) }]);
  });

  it('is told that ten connections are all', async () => {
    const { workspace } = await setUp();
    const said: string[] = [];

    for (let more = 0; more < 9; more += 1) workspace.connect({ send: () => {}, close: () => {} });
    workspace.connect({ send: (text) => said.push(text), close: () => said.push('closed') });

    expect(workspace.sockets()).toBe(10);
    expect(said).toEqual([expect.stringContaining('too_many_websockets'), 'closed']);
  });
});
