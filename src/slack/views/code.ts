import type { RunId } from '../../domain/ids.ts';
import type { RenderedView } from '../rendered.ts';
import { FIELDS } from './ids.ts';

/** `callback_id` of the modal that asks for a one-time code before an approval. */
export const CODE = 'steer.code';

/** Asks for the code that an approval takes. */
export const renderCode = (run: RunId, digest: string): RenderedView => ({
  title: 'Approve',
  callbackId: CODE,
  submit: 'Approve',
  close: 'Cancel',
  blocks: [
    {
      type: 'section',
      text: {
        type: 'plain_text',
        text: `To approve ${run} (plan ${digest.slice(0, 12)}) takes your one-time code as well.`,
      },
    },
    {
      type: 'input',
      block_id: FIELDS.code.block,
      label: { type: 'plain_text', text: 'One-time code' },
      element: {
        type: 'plain_text_input',
        action_id: FIELDS.code.action,
        min_length: 6,
        max_length: 10,
        focus_on_load: true,
      },
    },
  ],
});

/** What came of it, in place of the question. */
export const renderCodeOutcome = (text: string): RenderedView => ({
  title: 'Approve',
  callbackId: CODE,
  submit: null,
  close: 'Close',
  blocks: [{ type: 'section', text: { type: 'plain_text', text: text.slice(0, 3000) } }],
});
