import type { Json } from '../../../../src/sandbox/slack/types.ts';

/** Blocks and parts of blocks to build samples of. */
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const x = (length: number) => 'x'.repeat(length);
export const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
export const button = (more: Record<string, Json> = {}) => ({ type: 'button', text: plain('Hold'), ...more });
export const actions = (...elements: Json[]) => ({ type: 'actions', elements });
export const option = (value: string) => ({ text: plain(value), value });
export const confirm = (more: Record<string, Json> = {}) => ({
  title: plain('Roll back?'),
  text: mrkdwn('Sends traffic back.'),
  confirm: plain('Roll back'),
  deny: plain('Keep holding'),
  ...more,
});
export const input = (element: Json) => ({ type: 'input', label: plain('Label'), element });
export const rich = (...elements: Json[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
