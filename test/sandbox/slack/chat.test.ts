import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { call } from './call.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';
const line = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

const setUp = () => {
  const { clock, options } = virtual();
  const workspace = createWorkspace({ ...options, postBurst: 50 });
  const post = (args: Readonly<Record<string, unknown>>) =>
    call(workspace, 'chat.postMessage', { channel: OPS, ...args });
  return { clock, workspace, post };
};

describe('posting', () => {
  it('is refused where the bot is not, may not know, or nobody may write', async () => {
    const { workspace, post } = setUp();
    workspace.archiveChannel('C0SHARED', true);

    const errors = await Promise.all(
      ['C0GENERAL', 'C0PRIVATE', 'C0NOWHERE', 'C0SHARED', ''].map((channel) => post({ channel, text: 'x' })),
    );

    expect(errors.map(({ error }) => error)).toEqual([
      'not_in_channel',
      'channel_not_found',
      'channel_not_found',
      'is_archived',
      'channel_not_found',
    ]);
  });

  it('needs a text or blocks, neither too long', async () => {
    const { post } = setUp();

    const errors = [
      await post({}),
      await post({ text: 'x'.repeat(40_001) }),
      await post({ text: 'x', blocks: '[' }),
      await post({ text: 'x', blocks: { type: 'section' } }),
      await post({ text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }),
      await post({ text: 'x', blocks: Array.from({ length: 5 }, () => line('x'.repeat(2900))) }),
    ];

    expect(errors.map(({ error }) => error)).toEqual([
      'no_text',
      'msg_too_long',
      'invalid_blocks_format',
      'invalid_blocks_format',
      'invalid_blocks',
      'msg_blocks_too_long',
    ]);
    expect(errors[4]).toMatchObject({ errors: ['no more than 50 items allowed [json-pointer:/blocks]'] });
  });

  it('into a thread shows in the channel only when it is broadcast, and needs a thread that is there', async () => {
    const { workspace, post } = setUp();
    const { ts } = await post({ text: 'top' });

    await post({ text: 'quiet', thread_ts: ts });
    await post({ text: 'loud', thread_ts: ts, reply_broadcast: true });
    const lost = await post({ text: 'lost', thread_ts: '1.000001' });

    expect(workspace.messages(OPERATOR, OPS).map(({ text }) => text)).toEqual(['top', 'loud']);
    expect(workspace.thread(OPERATOR, OPS, String(ts)).map(({ text }) => text)).toEqual(['top', 'quiet', 'loud']);
    expect(lost.error).toBe('thread_not_found');
  });

  it('to a user goes into the direct message with him', async () => {
    const { workspace, post } = setUp();

    const answer = await post({ channel: OPERATOR, text: 'for you' });
    const opened = await call(workspace, 'conversations.open', { users: OPERATOR });

    expect(answer).toMatchObject({ ok: true, channel: workspace.direct(OPERATOR) });
    expect(opened).toMatchObject({ ok: true, channel: { id: workspace.direct(OPERATOR) } });
  });

  it('says whom a message calls: markup in its text and blocks, never in plain text', async () => {
    const { workspace, post } = setUp();

    await post({ text: '<!channel> <@U0ADMIN>', blocks: [line('<!subteam^S0ONCALL|@on-call>')] });
    await post({
      text: '&lt;!channel&gt; @channel',
      blocks: [{ type: 'header', text: { type: 'plain_text', text: '<!here>' } }],
    });

    expect(workspace.messages(OPERATOR, OPS).map(({ mentions }) => mentions)).toEqual([
      ['channel', 'U0ADMIN', 'S0ONCALL'],
      [],
    ]);
  });
});

describe('updating', () => {
  it('takes the blocks away when only a text is given, and then leaves the mark', async () => {
    const { clock, workspace, post } = setUp();
    const { ts } = await post({ text: 'one', blocks: [line('one')] });

    await call(workspace, 'chat.update', { channel: OPS, ts, text: 'two', blocks: [line('two')] });
    const [withBlocks] = workspace.messages(OPERATOR, OPS);
    await call(workspace, 'chat.update', { channel: OPS, ts, text: 'three' });
    const [withText] = workspace.messages(OPERATOR, OPS);

    expect(withBlocks).toMatchObject({ text: 'two', editedAt: null });
    expect(withText).toMatchObject({ text: 'three', blocks: [], editedAt: clock.now() });
  });

  it('reads names in the text unless it is told not to', async () => {
    const { workspace, post } = setUp();
    const { ts } = await post({ text: 'one' });

    const careless = await call(workspace, 'chat.update', { channel: OPS, ts, text: 'hey @channel' });
    const careful = await call(workspace, 'chat.update', { channel: OPS, ts, text: 'hey @channel', parse: 'none' });

    expect([careless['text'], careful['text']]).toEqual(['hey <!channel>', 'hey @channel']);
  });

  it('is refused for what is gone, what is another’s, what one person sees, and what is too long', async () => {
    const { workspace, post } = setUp();
    const gone = String((await post({ text: 'gone' }))['ts']);
    const mine = String((await post({ text: 'mine' }))['ts']);
    const secret = await call(workspace, 'chat.postEphemeral', { channel: OPS, user: OPERATOR, text: 'psst' });
    await workspace.say(OPERATOR, OPS, 'a person');
    const theirs = workspace.messages(OPERATOR, OPS).at(-1)?.ts ?? '';
    workspace.deleteMessage(OPS, gone);
    const update = (ts: unknown, text = 'x') => call(workspace, 'chat.update', { channel: OPS, ts, text });

    const errors = [
      await update(gone),
      await update(theirs),
      await update(secret['message_ts']),
      await update(mine, 'x'.repeat(4001)),
    ];

    expect(errors.map(({ error }) => error)).toEqual([
      'message_not_found',
      'cant_update_message',
      'message_not_found',
      'msg_too_long',
    ]);
  });

  it('of a deleted message fails although its thread goes on', async () => {
    const { workspace, post } = setUp();
    const ts = String((await post({ text: 'top' }))['ts']);
    await post({ text: 'reply', thread_ts: ts });
    workspace.deleteMessage(OPS, ts);

    const updated = await call(workspace, 'chat.update', { channel: OPS, ts, text: 'x' });
    const replied = await post({ text: 'still here', thread_ts: ts });

    expect(updated.error).toBe('message_not_found');
    expect(replied.ok).toBe(true);
    expect(workspace.messages(OPERATOR, OPS)).toMatchObject([{ ts, isDeleted: true, text: '', blocks: [] }]);
  });
});

describe('the other methods of chat', () => {
  it('delete only the bot’s own, link to what is there, and whisper only to members', async () => {
    const { workspace, post } = setUp();
    const ts = String((await post({ text: 'mine' }))['ts']);
    await workspace.say(OPERATOR, OPS, 'a person');
    const theirs = workspace.messages(OPERATOR, OPS).at(-1)?.ts ?? '';

    const link = await call(workspace, 'chat.getPermalink', { channel: OPS, message_ts: ts });
    const refused = await call(workspace, 'chat.delete', { channel: OPS, ts: theirs });
    const removed = await call(workspace, 'chat.delete', { channel: OPS, ts });
    const noLink = await call(workspace, 'chat.getPermalink', { channel: OPS, message_ts: ts });
    const outside = await call(workspace, 'chat.postEphemeral', { channel: OPS, user: 'U0STRANGER', text: 'psst' });

    expect(link['permalink']).toBe(`https://sandbox.slack.com/archives/${OPS}/p${ts.replace('.', '')}`);
    expect([refused.error, removed.ok, noLink.error]).toEqual(['cant_delete_message', true, 'message_not_found']);
    expect(outside.error).toBe('user_not_in_channel');
  });

  it('pin a message once', async () => {
    const { workspace, post } = setUp();
    const { ts } = await post({ text: 'mine' });
    const pin = (timestamp: unknown) => call(workspace, 'pins.add', { channel: OPS, timestamp });

    const answers = [await pin(ts), await pin(ts), await pin('1.000001')];

    expect(answers.map(({ error }) => error)).toEqual([undefined, 'already_pinned', 'message_not_found']);
  });
});
