import { App, type Receiver } from '@slack/bolt';
import type { Block, KnownBlock } from '@slack/types';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';

const { team, app: seed } = SANDBOX_WORKSPACE;

export const input = (block: string, label: string): KnownBlock => ({
  type: 'input',
  block_id: block,
  label: { type: 'plain_text', text: label },
  element: { type: 'plain_text_input', action_id: 'typed' },
});

export const line = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

export const buttons = (blockId: string, ...verbs: string[]): KnownBlock => ({
  type: 'actions',
  block_id: blockId,
  elements: verbs.map((verb) => ({
    type: 'button',
    action_id: `test.${verb}`,
    text: { type: 'plain_text', text: verb },
    value: JSON.stringify({ verb }),
  })),
});

const modal = (text: string, blocks: (KnownBlock | Block)[]) => ({
  type: 'modal' as const,
  callback_id: 'test.confirm',
  notify_on_close: true,
  private_metadata: '{"run":"run_1"}',
  title: { type: 'plain_text' as const, text },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks,
});

/** What the bot heard, in order. */
export interface Heard {
  readonly what: string;
  readonly [field: string]: unknown;
}

export interface TestBot {
  readonly app: App;
  readonly heard: Heard[];
}

export interface TestBotOptions {
  readonly receiver: Receiver;
  readonly apiUrl: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** A small bot on the real framework: it answers, opens a modal, checks a word, posts, edits and shows a home. */
export const createTestBot = ({ receiver, apiUrl, fetch }: TestBotOptions): TestBot => {
  const heard: Heard[] = [];
  const app = new App({
    receiver,
    authorize: async ({ teamId }) => {
      if (teamId !== team.id) throw new Error('a foreign workspace');
      return { botToken: seed.botToken, botId: seed.botId, botUserId: seed.botUserId, teamId: team.id };
    },
    convoStore: false,
    clientOptions: {
      slackApiUrl: apiUrl,
      timeout: 8000,
      retryConfig: { retries: 0 },
      ...(fetch === undefined ? {} : { fetch }),
    },
  });

  app.error(async (error) => {
    heard.push({ what: 'error', message: error.message });
  });

  app.command(seed.commandName, async ({ command, ack, respond, client, context }) => {
    heard.push({ what: 'command', text: command.text, user: command.user_id, envelope: context['envelopeId'] });
    if (command.text === 'silent') return;
    if (command.text === 'open') {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: modal('First', [input('word', 'Word')]) });
      return;
    }
    if (command.text === 'post') {
      await ack();
      await client.chat.postMessage({
        channel: command.channel_id,
        text: 'state 1',
        blocks: [line('*state* 1'), buttons('test:1', 'hold', 'open')],
      });
      return;
    }
    await ack({ text: `at once: ${command.text}` });
    await respond({ text: 'and later', response_type: 'ephemeral' });
  });

  app.action('test.hold', async ({ ack, body, client, respond }) => {
    await ack();
    heard.push({ what: 'click', body });
    if (body.type !== 'block_actions' || body.container['type'] !== 'message') return;
    await respond({ text: 'held', replace_original: false, response_type: 'ephemeral' });
    await client.chat.update({
      channel: body.channel?.id ?? '',
      ts: String(body.container['message_ts']),
      text: 'state 2',
      blocks: [line('*state* 2'), buttons('test:2', 'resume')],
      parse: 'none',
      link_names: false,
    });
  });

  app.action('test.open', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    await client.views.open({ trigger_id: body.trigger_id, view: modal('Clicked', [input('word', 'Word')]) });
  });

  app.view('test.confirm', async ({ ack, view, body, client }) => {
    const word = view.state.values['word']?.['typed']?.value ?? '';
    heard.push({ what: 'submission', word, metadata: view.private_metadata, user: body.user });
    if (word === 'push') {
      await ack({ response_action: 'push', view: modal('Second', [line('second')]) });
      return;
    }
    if (word !== 'right') {
      await ack({ response_action: 'errors', errors: { word: `Type right. You typed ${word}.` } });
      return;
    }
    await ack({ response_action: 'update', view: modal('Working', [line('working')]) });
    await client.views.update({ view_id: view.id, view: modal('Done', [line('done')]) });
  });

  app.view({ callback_id: 'test.confirm', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    heard.push({ what: 'closed', isCleared: 'is_cleared' in body && body.is_cleared });
  });

  app.event('app_home_opened', async ({ event, client }) => {
    heard.push({ what: 'home', user: event.user });
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [line(`for <@${event.user}>`)] } });
  });

  app.event('app_mention', async ({ event, client, body }) => {
    heard.push({ what: 'mention', text: event.text, eventId: body.event_id });
    await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.thread_ts ?? event.ts,
      text: 'you called',
    });
  });

  app.event('subteam_members_changed', async ({ event }) => {
    heard.push({ what: 'group', group: event.subteam_id });
  });

  return { app, heard };
};
