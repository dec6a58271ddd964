import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../../src/sandbox/slack/blocks/findings.ts';
import { saysTooMuch, validateBlocks } from '../../../../src/sandbox/slack/blocks/validate-blocks.ts';
import type { Json } from '../../../../src/sandbox/slack/types.ts';
import { actions, button, confirm, input, mrkdwn, option, plain, rich, section, times, x } from './samples.ts';

const wrong = (block: Json) => validateBlocks([block], 'message').map(sentenceOf);

describe('blocks that Slack refuses', () => {
  const bad: readonly (readonly [string, Json, string])[] = [
    ['no text', { type: 'header' }, 'missing required field [json-pointer:/blocks/0/text]'],
    ['an empty text', section(''), 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a long header',
      { type: 'header', text: plain(x(151)) },
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'markup in a header',
      { type: 'header', text: mrkdwn('x') },
      'must be one of plain_text [json-pointer:/blocks/0/text/type]',
    ],
    ['a long section', section(x(3001)), 'must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a long field',
      { type: 'section', fields: [plain(x(2001))] },
      'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
    ],
    [
      'eleven fields',
      { type: 'section', fields: times(11, () => plain('x')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    ['a section of nothing', { type: 'section' }, 'needs text or fields [json-pointer:/blocks/0]'],
    [
      'a field nobody knows',
      { ...section('x'), colour: 'red' },
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    ['a type nobody knows', { type: 'banner' }, 'unsupported type: banner [json-pointer:/blocks/0/type]'],
    ['no object', 'text', 'must be an object [json-pointer:/blocks/0]'],
    [
      'eleven in a context',
      { type: 'context', elements: times(11, () => plain('x')) },
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      '26 buttons',
      actions(...times(26, () => button())),
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    ['no button', actions(), 'must have at least 1 items [json-pointer:/blocks/0/elements]'],
    [
      'a long button',
      actions(button({ text: plain(x(76)) })),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      actions(button({ value: x(2001) })),
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'a long action_id',
      actions(button({ action_id: x(256) })),
      'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
    ],
    [
      'a style nobody knows',
      actions(button({ style: 'warning' })),
      'must be one of primary, danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a question without an answer',
      actions(button({ confirm: { title: plain('?'), text: plain('?') } })),
      'missing required field [json-pointer:/blocks/0/elements/0/confirm/confirm]',
    ],
    [
      'a long question',
      actions(button({ confirm: confirm({ title: plain(x(101)) }) })),
      'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
    ],
    [
      'a long explanation',
      actions(button({ confirm: confirm({ text: mrkdwn(x(301)) }) })),
      'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
    ],
    [
      'a long answer',
      actions(button({ confirm: confirm({ deny: plain(x(31)) }) })),
      'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]',
    ],
    [
      'six in an overflow',
      actions({ type: 'overflow', options: times(6, (index) => option(`o${index}`)) }),
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      '101 options',
      actions({ type: 'static_select', options: times(101, (index) => option(`o${index}`)) }),
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a long option',
      actions({ type: 'static_select', options: [option(x(76))] }),
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
    ],
    [
      'a choice that is no option',
      actions({ type: 'checkboxes', options: [option('a')], initial_options: [option('b')] }),
      'initial options must be among the options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an image without words',
      { type: 'image', image_url: 'https://example.com/a.png' },
      'missing required field [json-pointer:/blocks/0/alt_text]',
    ],
    [
      'an image of nothing',
      { type: 'image', alt_text: 'x' },
      'needs one of image_url and slack_file [json-pointer:/blocks/0]',
    ],
    [
      'a task that is paused',
      { type: 'plan', title: 'x', tasks: [{ type: 'task_card', task_id: '1', title: 'x', status: 'paused' }] },
      'must be one of pending, in_progress, complete, error [json-pointer:/blocks/0/tasks/0/status]',
    ],
    [
      'a ragged table',
      { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }], times(2, () => ({ type: 'raw_text', text: 'x' }))] },
      'all rows must have as many cells as the first [json-pointer:/blocks/0/rows]',
    ],
    [
      '21 columns',
      { type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'x' }))] },
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ],
    [
      'an empty cell',
      { type: 'table', rows: [[{ type: 'raw_text', text: '' }]] },
      'must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]',
    ],
    ['an unknown element', actions({ type: 'slider' }), 'unsupported type [json-pointer:/blocks/0/elements/0/type]'],
    [
      'empty words',
      rich({ type: 'text', text: '' }),
      'must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]',
    ],
    [
      'an alert in a message',
      { type: 'alert', text: plain('x') },
      'unsupported type: alert [json-pointer:/blocks/0/type]',
    ],
    [
      'a file',
      { type: 'file', source: 'remote', external_id: 'x' },
      'unsupported type: file [json-pointer:/blocks/0/type]',
    ],
  ];

  it.each(bad)('%s', (_name, block, sentence) => {
    expect(wrong(block)).toContain(sentence);
  });

  it('a table, a plan or markdown in a view', () => {
    const blocks = [
      { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] },
      { type: 'plan', title: 'x' },
      { type: 'markdown', text: 'x' },
    ];

    const findings = [...validateBlocks(blocks, 'modal'), ...validateBlocks(blocks, 'home')];

    expect(findings.map(({ message }) => message)).toEqual([
      ...['table', 'plan', 'markdown'].map((type) => `unsupported type: ${type}`),
      ...['table', 'plan', 'markdown'].map((type) => `unsupported type: ${type}`),
    ]);
  });

  it('ids that stand twice, and two that want the focus', () => {
    const blocks = [
      { ...section('x'), block_id: 'same' },
      { type: 'divider', block_id: 'same' },
      actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
      input({ type: 'plain_text_input', focus_on_load: true }),
      input({ type: 'plain_text_input', focus_on_load: true }),
    ];

    expect(validateBlocks(blocks, 'modal').map(({ message }) => message)).toEqual([
      '`block_id` already exists: same',
      '`action_id` "a" already exists for another element in this block',
      'only one element can have focus_on_load',
    ]);
  });

  it('the same action in two blocks is fine', () => {
    const blocks = [actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))];

    expect(validateBlocks(blocks, 'message')).toEqual([]);
  });

  it('more blocks than a surface holds, more than one table, more markdown than fits', () => {
    const dividers = (count: number) => times(count, () => ({ type: 'divider' }));
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };

    const messages = [
      validateBlocks(dividers(51), 'message'),
      validateBlocks(dividers(101), 'modal'),
      validateBlocks([table, table], 'message'),
      validateBlocks(
        times(2, () => ({ type: 'markdown', text: x(6001) })),
        'message',
      ),
    ].map((findings) => findings.map(({ message }) => message));

    expect(messages).toEqual([
      ['no more than 50 items allowed'],
      ['no more than 100 items allowed'],
      ['no more than 1 of table allowed'],
      ['all markdown together must be less than 12001 characters'],
    ]);
  });

  it('more characters than a message holds in all', () => {
    expect(saysTooMuch(times(4, () => section(x(3000))))).toBe(false);
    expect(saysTooMuch(times(5, () => section(x(3000))))).toBe(true);
  });
});
