import type { Server } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signedRequest } from '../../../src/sandbox/slack/delivery/signed-http.ts';
import { botAt } from '../../../src/sandbox/slack/http-bot.ts';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import { type ServedWorkspace, serveWorkspace } from '../../../src/sandbox/slack/serve.ts';
import type { WireHandler } from '../../../src/sandbox/wire.ts';
import { createTestBot, type Heard } from './test-bot.ts';
import { real } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';
const { signingSecret } = SANDBOX_WORKSPACE.app;

let served: ServedWorkspace;
let receiver: HTTPReceiver;
let bot: WireHandler;
let heard: Heard[];

const portOf = (server: unknown): number => {
  const address = (server as Server).address();
  if (address === null || typeof address === 'string') throw new TypeError('the bot has no port');
  return address.port;
};

beforeEach(async () => {
  served = await serveWorkspace(real());
  receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events' });
  ({ heard } = createTestBot({ receiver, apiUrl: served.apiUrl }));
  bot = botAt(`http://127.0.0.1:${portOf(await receiver.start({ port: 0, host: '127.0.0.1' }))}`);
});

afterEach(async () => {
  await receiver.stop();
  await served.close();
});

describe('a bot on signed HTTP', () => {
  it('proves its address by the challenge, and then hears commands, clicks, submissions and events', async () => {
    const { workspace } = served;

    await workspace.useHttp(bot);
    const acted = await workspace.command(OPERATOR, OPS, 'post');
    await vi.waitFor(() => expect(workspace.messages(OPERATOR, OPS)).toHaveLength(1));
    const ts = workspace.messages(OPERATOR, OPS)[0]?.ts ?? '';
    await workspace.click(OPERATOR, { channel: OPS, ts }, 'test.open');
    await vi.waitFor(() => expect(workspace.modals(OPERATOR)).toHaveLength(1));
    const view = workspace.modals(OPERATOR)[0]?.id ?? '';
    await workspace.submit(OPERATOR, view, { word: 'wrong' });
    const errors = workspace.modals(OPERATOR)[0]?.errors;
    await workspace.submit(OPERATOR, view, { word: 'right' });
    await vi.waitFor(() => expect(workspace.modals(OPERATOR)[0]?.title).toBe('Done'));
    await workspace.openHome(OPERATOR);
    await vi.waitFor(() => expect(workspace.home(OPERATOR)).not.toBeNull());

    expect(acted.problem).toBeNull();
    expect(errors).toEqual({ word: 'Type right. You typed wrong.' });
    expect(heard.map(({ what }) => what)).toEqual(['command', 'submission', 'submission', 'home']);
  });

  it('shows the text of an acknowledgement, and does not connect to a stranger', async () => {
    const { workspace } = served;
    const stranger: WireHandler = async () => ({ status: 200, headers: {}, body: 'who are you' });

    const refused = workspace.useHttp(stranger).catch((error: Error) => error.message);
    await workspace.useHttp(bot);
    await workspace.command(OPERATOR, OPS, 'hello');

    expect(await refused).toContain('did not give back the challenge');
    await vi.waitFor(() =>
      expect(workspace.messages(OPERATOR, OPS).map(({ text }) => text)).toEqual(['at once: hello', 'and later']),
    );
  });

  it('is refused by the bot where the signature or its time is false', async () => {
    const envelope = { id: '1', kind: 'slash_commands', payload: { command: '/steer' }, retry: null } as const;
    const seconds = Math.floor(Date.now() / 1000);

    const forged = await bot(signedRequest(envelope, 'another secret', seconds));
    const old = await bot(signedRequest(envelope, signingSecret, seconds - 360));

    expect(forged).toMatchObject({ status: 401 });
    expect(old).toMatchObject({ status: 401 });
    expect(heard).toEqual([]);
  });

  it('sends the same signed request twice when it is told to', async () => {
    await served.workspace.useHttp(bot);
    served.workspace.faults.duplicate(1);

    await served.workspace.command(OPERATOR, OPS, 'hello');

    await vi.waitFor(() => expect(heard.map(({ what }) => what)).toEqual(['command', 'command']));
  });

  it('says that a command timed out, or that nobody is there', async () => {
    const { workspace } = served;
    await workspace.useHttp(bot);

    const silent = await workspace.command(OPERATOR, OPS, 'silent');
    workspace.faults.outage(true);
    const out = await workspace.command(OPERATOR, OPS, 'hello');

    expect(silent.problem).toBe('operation_timeout');
    expect(out.problem).toBe('dispatch_failed');
  });
});
