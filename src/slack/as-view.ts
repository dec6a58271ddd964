import type { Rendered, RenderedView } from './rendered.ts';

const MOST_TITLE = 24;

/** An answer shown in a modal, with nothing left to send. */
export const asView = (title: string, callbackId: string, { text, blocks }: Rendered): RenderedView => ({
  title: title.slice(0, MOST_TITLE),
  callbackId,
  submit: null,
  close: 'Close',
  blocks: blocks.length > 0 ? blocks : [{ type: 'section', text: { type: 'plain_text', text: text.slice(0, 3000) } }],
});
