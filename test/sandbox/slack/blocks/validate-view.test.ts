import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../../src/sandbox/slack/blocks/findings.ts';
import { validateView } from '../../../../src/sandbox/slack/blocks/validate-view.ts';
import type { Json } from '../../../../src/sandbox/slack/types.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const input = { type: 'input', label: plain('Label'), element: { type: 'plain_text_input' } };
const modal = (more: Record<string, Json> = {}): Json => ({
  type: 'modal',
  title: plain('x'.repeat(24)),
  blocks: [{ type: 'divider' }],
  ...more,
});
const wrong = (view: Json, type: 'modal' | 'home' = 'modal') => validateView(view, type).map(sentenceOf);

describe('a view', () => {
  it('that keeps every limit is taken', () => {
    const view = modal({
      submit: plain('x'.repeat(24)),
      close: plain('Cancel'),
      callback_id: 'x'.repeat(255),
      private_metadata: 'x'.repeat(3000),
      notify_on_close: true,
      blocks: [input],
    });

    expect(wrong(view)).toEqual([]);
    expect(wrong({ type: 'home', blocks: [] }, 'home')).toEqual([]);
  });

  it.each([
    [
      'a long title',
      modal({ title: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a long submit',
      modal({ submit: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    [
      'long metadata',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'inputs without submit',
      modal({ blocks: [input] }),
      'missing required field: submit, since it has inputs [json-pointer:/view]',
    ],
    ['no blocks', { type: 'modal', title: plain('x') }, 'must be an array [json-pointer:/view/blocks]'],
    ['another type', { type: 'home', blocks: [] }, 'must be one of modal [json-pointer:/view/type]'],
    ['an unknown field', modal({ footer: 'x' }), 'invalid additional property: footer [json-pointer:/view]'],
    ['no object', 'modal', 'must be an object [json-pointer:/view]'],
  ] as const)('with %s is refused', (_name, view, sentence) => {
    expect(wrong(view)).toContain(sentence);
  });
});
