import { SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import { type ServedWorkspace, serveWorkspace } from '../../../src/sandbox/slack/serve.ts';
import { createTestBot, type Heard } from './test-bot.ts';
import { real } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';

let served: ServedWorkspace;
let receiver: SocketModeReceiver;
let heard: Heard[];

/** Waits until something can be seen, as a person would. */
const seen = <Value>(look: () => Value | undefined): Promise<Value> =>
  vi.waitFor(() => {
    const value = look();
    if (value === undefined) throw new Error('not yet');
    return value;
  }, 5000);

beforeEach(async () => {
  served = await serveWorkspace(real());
  receiver = new SocketModeReceiver({
    appToken: SANDBOX_WORKSPACE.app.appToken,
    customPropertiesExtractor: ({ envelope_id }) => ({ envelopeId: envelope_id }),
    installerOptions: { clientOptions: { slackApiUrl: served.apiUrl } },
  });
  ({ heard } = createTestBot({ receiver, apiUrl: served.apiUrl }));
  await receiver.start();
});

afterEach(async () => {
  await receiver.client.disconnect();
  await served.close();
});

describe('a bot on Socket Mode', () => {
  it('hears a command, acknowledges it in time and answers only the person who typed it', async () => {
    const { workspace } = served;

    const acted = await workspace.command(OPERATOR, OPS, 'hello @approver');
    const answers = await seen(() => {
      const mine = workspace.messages(OPERATOR, OPS);
      return mine.length === 2 ? mine : undefined;
    });

    expect(acted.problem).toBeNull();
    expect(acted.acknowledgedMs).toBeLessThan(1000);
    expect(answers.map(({ text }) => text)).toEqual(['at once: hello <@U0APPROVER>', 'and later']);
    expect(answers.every(({ ephemeralTo }) => ephemeralTo === OPERATOR)).toBe(true);
    expect(workspace.messages('U0APPROVER', OPS)).toEqual([]);
  });

  it('goes through a modal: a field error, an update by acknowledgement, an update by call, and closing', async () => {
    const { workspace } = served;
    await workspace.command(OPERATOR, OPS, 'open');
    const view = await seen(() => workspace.modals(OPERATOR)[0]);

    const empty = await workspace.submit(OPERATOR, view.id, {});
    const afterEmpty = workspace.modals(OPERATOR)[0]?.errors;
    await workspace.submit(OPERATOR, view.id, { word: 'wrong' });
    const afterWrong = workspace.modals(OPERATOR)[0]?.errors;
    await workspace.submit(OPERATOR, view.id, { word: 'right' });
    const done = await seen(() => workspace.modals(OPERATOR).find(({ title }) => title === 'Done'));
    await workspace.close(OPERATOR, done.id);

    expect(empty.isSent).toBe(false);
    expect(afterEmpty).toEqual({ word: 'Please complete this required field.' });
    expect(afterWrong).toEqual({ word: 'Type right. You typed wrong.' });
    expect(done).toMatchObject({ id: view.id, callbackId: 'test.confirm', privateMetadata: '{"run":"run_1"}' });
    expect(workspace.modals(OPERATOR)).toEqual([]);
    expect(heard.at(-1)).toEqual({ what: 'closed', isCleared: false });
    expect(heard.at(1)).toMatchObject({ word: 'wrong', user: { id: OPERATOR, team_id: workspace.teamId } });
  });

  it('pushes a modal on another, and takes it away again', async () => {
    const { workspace } = served;
    await workspace.command(OPERATOR, OPS, 'open');
    const first = await seen(() => workspace.modals(OPERATOR)[0]);

    await workspace.submit(OPERATOR, first.id, { word: 'push' });
    const stack = workspace.modals(OPERATOR);
    await workspace.close(OPERATOR, stack.at(-1)?.id ?? '');

    expect(stack.map(({ title }) => title)).toEqual(['First', 'Second']);
    expect(workspace.modals(OPERATOR).map(({ title }) => title)).toEqual(['First']);
  });

  it('hears a click, answers one person and edits the message for all', async () => {
    const { workspace } = served;
    await workspace.command(OPERATOR, OPS, 'post');
    const message = await seen(() => workspace.messages(OPERATOR, OPS)[0]);

    const acted = await workspace.click('U0APPROVER', { channel: OPS, ts: message.ts }, 'test.hold');
    const edited = await seen(() => workspace.messages(OPERATOR, OPS).find(({ text }) => text === 'state 2'));

    expect(acted.problem).toBeNull();
    expect(edited).toMatchObject({ ts: message.ts, editedAt: null });
    expect(workspace.messages('U0APPROVER', OPS).map(({ text }) => text)).toEqual(['state 2', 'held']);
    expect(heard.at(-1)).toMatchObject({
      what: 'click',
      body: {
        user: { id: 'U0APPROVER', team_id: workspace.teamId },
        channel: { id: OPS, name: 'ops' },
        container: { type: 'message', message_ts: message.ts, channel_id: OPS, is_ephemeral: false },
        actions: [{ action_id: 'test.hold', block_id: 'test:1', type: 'button', value: '{"verb":"hold"}' }],
      },
    });
  });

  it('shows a home, hears its name, and hears that a group has changed', async () => {
    const { workspace } = served;

    await workspace.openHome(OPERATOR);
    const home = await seen(() => workspace.home(OPERATOR) ?? undefined);
    await workspace.say(OPERATOR, OPS, '@steer status');
    const [asked] = workspace.messages(OPERATOR, OPS);
    const thread = await seen(() => {
      const all = workspace.thread(OPERATOR, OPS, asked?.ts ?? '');
      return all.length === 2 ? all : undefined;
    });
    workspace.setGroup('S0APPROVERS', ['U0APPROVER']);
    const group = await seen(() => heard.find(({ what }) => what === 'group'));

    expect(home.blocks[0]).toMatchObject({ text: { text: `for <@${OPERATOR}>` } });
    expect(thread.map(({ text }) => text)).toEqual(['<@U0STEER> status', 'you called']);
    expect(group['group']).toBe('S0APPROVERS');
  });

  it('times out where nobody acknowledges, and says so as Slack does', async () => {
    const acted = await served.workspace.command(OPERATOR, OPS, 'silent');

    expect(acted).toEqual({ isSent: true, acknowledgedMs: null, problem: 'operation_timeout' });
  });

  it('loses a command while no socket is open, and hears the next one when the bot is back', async () => {
    const { workspace } = served;

    workspace.faults.refresh();
    await seen(() => (workspace.sockets() === 0 ? true : undefined));
    const lost = await workspace.command(OPERATOR, OPS, 'hello');
    await vi.waitFor(() => expect(workspace.sockets()).toBe(1), 15_000);
    const found = await workspace.command(OPERATOR, OPS, 'hello');

    expect(lost.problem).toBe('dispatch_failed');
    expect(found.problem).toBeNull();
    expect(heard.filter(({ what }) => what === 'command')).toHaveLength(1);
  });

  it('delivers twice with the same envelope id when it is told to', async () => {
    served.workspace.faults.duplicate(1);

    await served.workspace.command(OPERATOR, OPS, 'hello');
    await vi.waitFor(() => expect(heard).toHaveLength(2));

    expect(heard[0]?.['envelope']).toBe(heard[1]?.['envelope']);
  });
});
