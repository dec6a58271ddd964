import type { ModalView } from '@slack/types';
import type { RenderedView } from './rendered.ts';

/** A rendered modal as the Web API takes it. */
export const viewOf = ({ title, callbackId, submit, close, blocks }: RenderedView, metadata: string): ModalView => ({
  type: 'modal',
  callback_id: callbackId,
  private_metadata: metadata,
  title: { type: 'plain_text', text: title },
  ...(submit === null ? {} : { submit: { type: 'plain_text', text: submit } }),
  ...(close === null ? {} : { close: { type: 'plain_text', text: close } }),
  blocks: [...blocks],
});
