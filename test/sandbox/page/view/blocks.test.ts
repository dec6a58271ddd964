import { describe, expect, it } from 'vitest';
import { blocks } from '../../../../src/sandbox/page/view/blocks.ts';
import { textOf } from '../../../../src/sandbox/page/view/tree.ts';
import type { Json } from '../../../../src/sandbox/slack/types.ts';
import { elementsIn, markup } from './markup.ts';
import { READING } from './reading.ts';

const MESSAGE = { place: { channel: 'C1', ts: '1.0' }, surface: 'channel', errors: {} } as const;

const show = (...list: Json[]) => blocks(list, MESSAGE, READING);
const plain = (text: string) => ({ type: 'plain_text', text });

const HOSTILE = '<script>alert(1)</script>"onclick="alert(1)';

describe('blocks', () => {
  it('gives a button its name, its place, its deed, and the question that it asks', () => {
    const confirm = { title: plain('Sure?'), text: plain('x'), confirm: plain('Yes'), deny: plain('No') };
    const button = {
      type: 'button',
      action_id: 'steer.stop',
      style: 'danger',
      text: plain('Stop…'),
      accessibility_label: 'Stop the evacuation',
      confirm,
    };

    const [tree] = elementsIn(show({ type: 'actions', block_id: 'steer:run_1:3', elements: [button] })).filter(
      ({ tag }) => tag === 'button',
    );

    expect(tree?.attributes).toMatchObject({
      'data-do': 'click',
      'data-action': 'steer.stop',
      'data-block': 'steer:run_1:3',
      'data-channel': 'C1',
      'data-ts': '1.0',
      'aria-label': 'Stop the evacuation',
      class: 'button danger',
      type: 'button',
    });
    expect(JSON.parse(tree?.attributes['data-confirm'] ?? '')).toEqual(confirm);
  });

  it('never lets one button become another when a message changes', () => {
    const keysOf = (...verbs: string[]) => {
      const elements = verbs.map((verb) => ({ type: 'button', action_id: `steer.${verb}`, text: plain(verb) }));
      return elementsIn(show({ type: 'actions', block_id: 'b', elements }))
        .filter(({ tag }) => tag === 'button')
        .map(({ key }) => key);
    };

    expect(keysOf('resume', 'stop')).toEqual(['steer.resume', 'steer.stop']);
    expect(keysOf('hold')).not.toContain(keysOf('resume')[0]);
  });

  it('names every field by its label, and tells what is wrong with it', () => {
    const input = {
      type: 'input',
      block_id: 'word',
      label: plain('Type us-east-1'),
      hint: plain('exactly'),
      element: { type: 'plain_text_input', action_id: 'typed', focus_on_load: true, max_length: 30 },
    };

    const trees = elementsIn(
      blocks([input], { place: { view: 'V1' }, surface: 'modal', errors: { word: 'You typed us-east1.' } }, READING),
    );
    const label = trees.find(({ tag }) => tag === 'label');
    const field = trees.find(({ tag }) => tag === 'input');
    const described = (field?.attributes['aria-describedby'] ?? '').split(' ');
    const error = trees.find(({ attributes }) => attributes['id'] === described[0]);

    expect(label?.attributes['for']).toBe(field?.attributes['id']);
    expect(field?.attributes).toMatchObject({ 'aria-invalid': 'true', 'data-input': 'word', maxlength: '30' });
    expect(error && textOf(error)).toBe('You typed us-east1.');
    expect(error?.attributes['role']).toBe('alert');
    expect(described).toHaveLength(2);
  });

  it('keeps a group of ticks together under its legend', () => {
    const option = { value: 'budget', text: plain('budget'), description: plain('60 % an hour') };
    const trees = elementsIn(
      show({
        type: 'input',
        block_id: 'overrides',
        label: plain('Break glass'),
        element: { type: 'checkboxes', action_id: 'a', options: [option], initial_options: [option] },
      }),
    );

    expect(trees.find(({ tag }) => tag === 'legend')).toBeDefined();
    expect(trees.find(({ attributes }) => attributes['type'] === 'checkbox')?.attributes).toMatchObject({
      value: 'budget',
      checked: '',
      'data-input': 'overrides',
    });
  });

  it('shows a table with a head, and steps with a word for how they stand', () => {
    const cell = (text: string) => ({ type: 'raw_text', text });
    const trees = show(
      { type: 'table', rows: [[cell('Region')], [cell('us-east-1')]] },
      { type: 'plan', title: 'Steps', tasks: [{ task_id: '1', title: 'first', status: 'complete' }] },
    );

    expect(markup(trees)).toContain('<thead><tr><th>Region</th></tr></thead>');
    expect(markup(trees)).toContain('<td>us-east-1</td>');
    expect(elementsIn(trees).find(({ attributes }) => attributes['aria-label'] === 'done')).toBeDefined();
  });

  it('shows what users wrote as they wrote it', () => {
    const trees = show({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_quote', elements: [{ type: 'text', text: '<!here> *x* <@U1>\nnext' }] },
        { type: 'rich_text_list', style: 'bullet', elements: [{ elements: [{ type: 'user', user_id: 'U1' }] }] },
      ],
    });

    expect(markup(trees)).toContain('<blockquote><!here> *x* <@U1>⏎next</blockquote>');
    expect(textOf(trees)).toContain('@operator');
  });

  it('names a block that it cannot draw', () => {
    expect(textOf(show({ type: 'carousel', elements: [] }))).toContain('carousel');
  });

  it.each([null, 7, 'text', [], {}, { type: 'section', text: 7, fields: 'x' }, { type: 'actions', elements: [null] }])(
    'survives %j',
    (block) => {
      expect(() => show(block)).not.toThrow();
    },
  );

  it('makes nothing but text and attribute values of hostile text, wherever it stands', () => {
    const text = { type: 'mrkdwn', text: HOSTILE };
    const trees = show(
      { type: 'header', text: plain(HOSTILE) },
      { type: 'section', block_id: HOSTILE, text, fields: [text] },
      { type: 'context', elements: [text, { type: 'image', image_url: HOSTILE, alt_text: HOSTILE }] },
      { type: 'image', slack_file: { id: `../${HOSTILE}` }, alt_text: HOSTILE, title: plain(HOSTILE) },
      { type: 'actions', block_id: HOSTILE, elements: [{ type: 'button', action_id: HOSTILE, text: plain(HOSTILE) }] },
      { type: 'rich_text', elements: [{ elements: [{ type: 'link', url: 'javascript:alert(1)', text: HOSTILE }] }] },
      { type: 'alert', level: HOSTILE, text },
      { type: HOSTILE },
    );
    const names = new Set(elementsIn(trees).flatMap(({ attributes }) => Object.keys(attributes)));

    expect(elementsIn(trees).map(({ tag }) => tag)).not.toContain('script');
    expect([...names].filter((name) => name.startsWith('on') || name === 'style')).toEqual([]);
    expect(elementsIn(trees).find(({ tag }) => tag === 'a')).toBeUndefined();
    for (const { tag, attributes } of elementsIn(trees))
      if (tag === 'img') expect(attributes['src']).toMatch(/^\/file\/[^/]*$/);
  });
});
