import { describe, expect, it } from 'vitest';
import { type JsonObject, objectOf, parseJson, textOf } from '../../../src/sandbox/slack/json.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { call, send } from './call.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';

const setUp = async () => {
  const { clock, options } = virtual();
  const workspace = createWorkspace(options);
  const payloads: JsonObject[] = [];
  const end = workspace.connect({
    send: (text) => {
      const envelope = objectOf(parseJson(text));
      if (envelope['envelope_id'] === undefined) return;
      payloads.push(objectOf(envelope['payload']));
      end.receive(JSON.stringify({ envelope_id: envelope['envelope_id'], payload: {} }));
    },
    close: () => {},
  });
  const pathOf = (payload: JsonObject | undefined) => new URL(textOf(payload?.['response_url'])).pathname;
  const respond = (path: string, body: unknown) => send(workspace, path, JSON.stringify(body));
  const command = async (channel = OPS) => {
    await workspace.command(OPERATOR, channel, 'x');
    return pathOf(payloads.at(-1));
  };
  const click = async (ts: unknown, actionId: string, user = OPERATOR, blockId?: string) => {
    await workspace.click(user, { channel: OPS, ts: String(ts) }, actionId, blockId);
    return { payload: objectOf(payloads.at(-1)), path: pathOf(payloads.at(-1)) };
  };
  return { clock, workspace, respond, command, click };
};

const withButton = (blockId: string) => [
  {
    type: 'actions',
    block_id: blockId,
    elements: [{ type: 'button', action_id: 'hold', text: { type: 'plain_text', text: 'Hold' }, value: blockId }],
  },
];

describe('the address of an answer', () => {
  it('answers one person, also where the bot is not, or everybody where it says so', async () => {
    const { workspace, respond, command } = await setUp();
    const path = await command('C0GENERAL');

    await respond(path, { text: 'for you' });
    await respond(path, { text: 'for all', response_type: 'in_channel' });

    expect(workspace.messages(OPERATOR, 'C0GENERAL').map(({ text }) => text)).toEqual(['for you', 'for all']);
    expect(workspace.messages('U0ADMIN', 'C0GENERAL').map(({ text }) => text)).toEqual(['for all']);
  });

  it('can be used five times', async () => {
    const { respond, command } = await setUp();
    const path = await command();

    const answers = [];
    for (let use = 0; use < 6; use += 1) answers.push(await respond(path, { text: 'x' }));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404]);
    expect(answers.at(-1)?.body).toContain('used_url');
  });

  it('lives for half an hour', async () => {
    const { clock, respond, command } = await setUp();
    const path = await command();

    await clock.advance(30 * 60_000);
    const last = await respond(path, { text: 'x' });
    await clock.advance(1);
    const late = await respond(path, { text: 'x' });
    const guessed = await respond('/commands/T0SANDBOX/1/1', { text: 'x' });

    expect([last.status, late.status, guessed.status]).toEqual([200, 404, 404]);
    expect(late.body).toContain('expired_url');
  });

  it('is not used up by what Slack refuses', async () => {
    const { respond, command } = await setUp();
    const path = await command();

    const refused = await Promise.all(Array.from({ length: 6 }, () => respond(path, { blocks: [{ type: 'banner' }] })));
    const empty = await respond(path, {});
    const good = await respond(path, { text: 'x' });

    expect(refused.map(({ status, body }) => [status, body.includes('invalid_blocks')])).toEqual(
      Array.from({ length: 6 }, () => [400, true]),
    );
    expect([empty.status, good.status]).toEqual([400, 200]);
  });

  it('of a click replaces or deletes what was clicked on, for one person too', async () => {
    const { workspace, respond, click } = await setUp();
    const blocks = withButton('b');
    const { ts } = await call(workspace, 'chat.postMessage', { channel: OPS, text: 'live', blocks });
    const whisper = await call(workspace, 'chat.postEphemeral', { channel: OPS, user: OPERATOR, text: 'plan', blocks });

    const live = await click(ts, 'hold', 'U0ADMIN');
    await respond(live.path, { text: 'held', replace_original: true });
    const own = await click(whisper['message_ts'], 'hold');
    await respond(own.path, { delete_original: true });

    expect(workspace.messages(OPERATOR, OPS).map(({ text }) => text)).toEqual(['held']);
    expect(live.payload['message']).toMatchObject({ ts, text: 'live' });
    expect(own.payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(own.payload['message']).toBeUndefined();
  });
});

describe('a click', () => {
  it('on a button that the message has lost is sent as the person saw it', async () => {
    const { workspace, click } = await setUp();
    const { ts } = await call(workspace, 'chat.postMessage', { channel: OPS, text: 'one', blocks: withButton('r1') });
    await call(workspace, 'chat.update', { channel: OPS, ts, text: 'two', blocks: withButton('r2') });
    await call(workspace, 'chat.update', { channel: OPS, ts, text: 'three' });

    const oldest = await click(ts, 'hold', OPERATOR, 'r1');
    const old = await click(ts, 'hold');

    expect(oldest.payload).toMatchObject({ actions: [{ block_id: 'r1', value: 'r1' }] });
    expect(old.payload).toMatchObject({ actions: [{ block_id: 'r2', value: 'r2' }], message: { text: 'three' } });
  });

  it('needs a person who sees the button', async () => {
    const { workspace } = await setUp();
    const blocks = withButton('b');
    const whisper = await call(workspace, 'chat.postEphemeral', { channel: OPS, user: OPERATOR, text: 'plan', blocks });
    const place = { channel: OPS, ts: String(whisper['message_ts']) };

    await expect(workspace.click('U0ADMIN', place, 'hold')).rejects.toThrow('sees no message');
    await expect(workspace.click('U0STRANGER', place, 'hold')).rejects.toThrow('is not in the channel');
    await expect(workspace.click(OPERATOR, place, 'resume')).rejects.toThrow('has no element resume');
  });

  it('of a stranger names his own workspace', async () => {
    const { workspace, click: _, ...rest } = await setUp();
    const seen: JsonObject[] = [];
    const blocks = withButton('b');
    const { ts } = await call(workspace, 'chat.postMessage', { channel: 'C0SHARED', text: 'live', blocks });
    workspace.faults.dropSockets();
    const end = workspace.connect({
      send: (text) => {
        const envelope = objectOf(parseJson(text));
        if (envelope['envelope_id'] === undefined) return;
        seen.push(objectOf(envelope['payload']));
        end.receive(JSON.stringify({ envelope_id: envelope['envelope_id'] }));
      },
      close: () => {},
    });

    await workspace.click('U0STRANGER', { channel: 'C0SHARED', ts: String(ts) }, 'hold');

    expect(rest.clock.sleepers).toBe(0);
    expect(seen[0]).toMatchObject({ user: { team_id: 'T0ELSEWHERE' }, team: { id: 'T0SANDBOX' } });
  });
});
