import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/sandbox/slack/json.ts';
import { objectOf, parseJson, textOf } from '../../../src/sandbox/slack/json.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { call } from './call.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';

const modal = (title: string, more: JsonObject = {}): JsonObject => ({
  type: 'modal',
  callback_id: 'test',
  title: { type: 'plain_text', text: title },
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: title } }],
  ...more,
});

/** A workspace whose bot acknowledges everything and keeps the payloads. */
const setUp = () => {
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
  const trigger = async (): Promise<string> => {
    await workspace.command(OPERATOR, OPS, 'x');
    return textOf(payloads.at(-1)?.['trigger_id']);
  };
  const open = async (view: JsonObject) => call(workspace, 'views.open', { trigger_id: await trigger(), view });
  return { clock, workspace, payloads, trigger, open };
};

describe('a trigger', () => {
  it('opens one view within three seconds, and none before or after', async () => {
    const { clock, workspace, trigger } = setUp();
    const [used, late, spared] = [await trigger(), await trigger(), await trigger()];
    const open = (trigger_id: string, view = modal('A')) => call(workspace, 'views.open', { trigger_id, view });

    const unknown = await open('1.1.abc');
    const first = await open(used);
    const again = await open(used);
    const invalid = await open(spared, modal('A title that is much too long'));
    const corrected = await open(spared);
    await clock.advance(3001);
    const expired = await open(late);

    expect([unknown, first, again, invalid, corrected, expired].map(({ error }) => error)).toEqual([
      'invalid_trigger_id',
      undefined,
      'exchanged_trigger_id',
      'invalid_arguments',
      undefined,
      'expired_trigger_id',
    ]);
    expect(invalid).toMatchObject({
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
  });
});

describe('a modal', () => {
  it('is updated by its id while it is open, and with a hash only if nobody else has changed it', async () => {
    const { workspace, open } = setUp();
    const opened = await open(modal('A'));
    const { id, hash } = objectOf(parseJson(JSON.stringify(opened['view'])));
    const update = (more: Readonly<Record<string, unknown>>) =>
      call(workspace, 'views.update', { view_id: id, view: modal('B'), ...more });

    const first = await update({ hash });
    const stale = await update({ hash });
    const careless = await update({});
    await workspace.close(OPERATOR, textOf(id));
    const closed = await update({});

    expect([first, stale, careless, closed].map(({ error }) => error)).toEqual([
      undefined,
      'hash_conflict',
      undefined,
      'not_found',
    ]);
  });

  it('lies on at most two others', async () => {
    const { workspace, open, trigger } = setUp();
    const push = async () => call(workspace, 'views.push', { trigger_id: await trigger(), view: modal('Next') });

    const alone = await push();
    await open(modal('First'));
    const answers = [await push(), await push(), await push()];

    expect(alone.error).toBe('not_found');
    expect(answers.map(({ error }) => error)).toEqual([undefined, undefined, 'push_limit_reached']);
    expect(workspace.modals(OPERATOR)).toHaveLength(3);
  });

  it('weighs at most 250 kB', async () => {
    const { open } = setUp();
    const heavy = Array.from({ length: 90 }, (_, index) => ({
      type: 'section',
      block_id: `b${index}`,
      text: { type: 'plain_text', text: 'x'.repeat(3000) },
    }));

    const answer = await open(modal('Heavy', { blocks: heavy }));

    expect(answer.error).toBe('view_too_large');
  });

  it('tells the bot what stands in every input, chosen, typed or given at first', async () => {
    const { workspace, payloads, open } = setUp();
    const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
    const input = (block_id: string, element: JsonObject, more: JsonObject = {}): JsonObject => ({
      type: 'input',
      block_id,
      label: { type: 'plain_text', text: block_id },
      element: { action_id: 'a', ...element },
      ...more,
    });
    await open(
      modal('Inputs', {
        submit: { type: 'plain_text', text: 'Go' },
        blocks: [
          input('typed', { type: 'plain_text_input', min_length: 3 }),
          input('given', { type: 'plain_text_input', initial_value: 'kept' }),
          input('ticked', { type: 'checkboxes', options: [option('a'), option('b')] }),
          input('one', { type: 'static_select', options: [option('x'), option('y')] }),
          input('who', { type: 'users_select' }, { optional: true }),
        ],
      }),
    );
    const view = workspace.modals(OPERATOR)[0]?.id ?? '';

    const short = await workspace.submit(OPERATOR, view, { typed: 'ab', ticked: [], one: 'x' });
    const errors = workspace.modals(OPERATOR)[0]?.errors;
    const sent = await workspace.submit(OPERATOR, view, { typed: 'abc', ticked: ['b'], one: 'y' });

    expect([short.isSent, sent.isSent]).toEqual([false, true]);
    expect(errors).toEqual({
      typed: 'Please enter at least 3 characters.',
      ticked: 'Please complete this required field.',
    });
    expect(objectOf(objectOf(payloads.at(-1)?.['view'])['state'])['values']).toMatchObject({
      typed: { a: { type: 'plain_text_input', value: 'abc' } },
      given: { a: { type: 'plain_text_input', value: 'kept' } },
      ticked: { a: { type: 'checkboxes', selected_options: [{ value: 'b' }] } },
      one: { a: { type: 'static_select', selected_option: { value: 'y' } } },
      who: { a: { type: 'users_select', selected_user: null } },
    });
    expect(workspace.modals(OPERATOR)).toEqual([]);
  });
});

describe('a home', () => {
  it('is one for each person, and keeps its id', async () => {
    const { workspace } = setUp();
    const home = { type: 'home', blocks: [{ type: 'divider' }] };
    const publish = (user_id: string, view: unknown = home) => call(workspace, 'views.publish', { user_id, view });

    await publish(OPERATOR);
    const before = workspace.home(OPERATOR);
    await publish(OPERATOR, { type: 'home', blocks: [] });
    const after = workspace.home(OPERATOR);
    const wrong = await publish('U0NOBODY');
    const notHome = await publish(OPERATOR, modal('A'));

    expect(after?.id).toBe(before?.id);
    expect(after?.hash).not.toBe(before?.hash);
    expect(workspace.home('U0ADMIN')).toBeNull();
    expect([wrong.error, notHome.error]).toEqual(['invalid_arguments', 'invalid_arguments']);
  });
});
