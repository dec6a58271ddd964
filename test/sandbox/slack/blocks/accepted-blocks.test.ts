import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../../src/sandbox/slack/blocks/validate-blocks.ts';
import type { Json } from '../../../../src/sandbox/slack/types.ts';
import { actions, button, confirm, input, mrkdwn, option, plain, rich, section, times, x } from './samples.ts';

describe('blocks that Slack takes', () => {
  const good: readonly (readonly [string, Json])[] = [
    ['a header', { type: 'header', text: plain(x(150)) }],
    ['a section of 3000 characters', section(x(3000))],
    ['a section of ten fields', { type: 'section', fields: times(10, () => mrkdwn(x(2000))) }],
    ['a section with a menu', { ...section('x'), accessory: { type: 'overflow', options: [option('a')] } }],
    ['a context of ten', { type: 'context', elements: times(10, () => mrkdwn('x')) }],
    ['25 buttons', actions(...times(25, () => button({ value: x(2000), accessibility_label: x(75) })))],
    ['a button that asks first', actions(button({ style: 'danger', confirm: confirm({ style: 'danger' }) }))],
    ['a divider', { type: 'divider', block_id: x(255) }],
    ['an image', { type: 'image', alt_text: 'shares', image_url: 'https://example.com/a.png' }],
    ['an uploaded image', { type: 'image', alt_text: 'shares', slack_file: { id: 'F1' } }],
    ['a user’s own words', rich({ type: 'text', text: '<!channel>' }, { type: 'user', user_id: 'U1' })],
    ['a date', rich({ type: 'date', timestamp: 1, format: '{time}', fallback: 'then' })],
    ['a table', { type: 'table', rows: times(100, () => times(20, () => ({ type: 'raw_text', text: 'x' }))) }],
    [
      'a plan',
      { type: 'plan', title: 'Steps', tasks: [{ type: 'task_card', task_id: '1', title: 'x', status: 'pending' }] },
    ],
    [
      'a chart',
      {
        type: 'data_visualization',
        title: 'Shares',
        chart: {
          type: 'line',
          series: [{ name: 'a', data: [{ label: 'now', value: 1 }] }],
          axis_config: { categories: ['now'] },
        },
      },
    ],
    ['markdown', { type: 'markdown', text: x(12_000) }],
    [
      'a select with groups',
      {
        ...section('x'),
        accessory: { type: 'static_select', option_groups: [{ label: plain('g'), options: [option('a')] }] },
      },
    ],
  ];

  it.each(good)('%s', (_name, block) => {
    expect(validateBlocks([block], 'message')).toEqual([]);
  });

  it('inputs and alerts in a modal', () => {
    const blocks = [
      input({ type: 'plain_text_input', min_length: 10, max_length: 500, multiline: true }),
      input({ type: 'checkboxes', options: times(10, (index) => option(`o${index}`)) }),
      input({ type: 'number_input', is_decimal_allowed: false }),
      { type: 'alert', text: mrkdwn('Careful'), level: 'warning' },
    ];

    expect(validateBlocks(blocks, 'modal')).toEqual([]);
  });
});
