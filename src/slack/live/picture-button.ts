import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { Run } from '../../run/state.ts';
import type { Rendered } from '../rendered.ts';
import { actions } from '../views/blocks.ts';
import { runValue } from '../views/button-value.ts';
import { ACTIONS } from '../views/ids.ts';

const isActions = (block: KnownBlock): block is ActionsBlock => block.type === 'actions';

/** The message with one more button, beside the others: only where somebody is there who draws. */
export const withPictureButton = (message: Rendered, run: Run): Rendered => {
  const hasStarted = run.stage === 'running' || run.stage === 'staying';
  if (!hasStarted) return message;
  const isDrill = run.envelope.request.mode === 'drill';
  const button = {
    action: ACTIONS.picture,
    label: isDrill ? 'Picture of drill' : 'Picture',
    says: 'Draw shares and traffic into the thread',
    value: runValue(run),
  };
  const blocks = message.blocks.map((block) =>
    isActions(block)
      ? { ...block, elements: [...block.elements, ...actions([button], block.block_id ?? 'steer').elements] }
      : block,
  );
  return { ...message, blocks };
};
