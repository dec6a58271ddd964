import { z } from 'zod';
import { dataVisualization } from './chart-block.ts';
import * as layout from './layout.ts';
import * as newer from './message-blocks.ts';
import { anyText, blockId } from './objects.ts';
import { richText } from './rich-text.ts';

/** Where blocks stand. */
export type Surface = 'message' | 'modal' | 'home';

const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: anyText(3000),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const everywhere = {
  actions: layout.actions,
  section: layout.section,
  context: layout.context,
  divider: layout.divider,
  header: layout.header,
  image: layout.image,
  rich_text: richText,
};

/**
 * The blocks that each surface takes, by type. Where the documents disagree about a block the narrower reading holds:
 * `alert` only in modals. `file` comes from Slack only, `video` needs a scope of its own: neither can be posted.
 */
export const BLOCKS: Readonly<Record<Surface, Readonly<Record<string, z.ZodType>>>> = {
  message: {
    ...everywhere,
    input: layout.input,
    markdown: newer.markdown,
    table: newer.table,
    data_table: newer.dataTable,
    data_visualization: dataVisualization,
    plan: newer.plan,
    task_card: newer.taskCard,
    card: newer.card,
    carousel: newer.carousel,
    container: newer.container,
    context_actions: newer.contextActions,
  },
  modal: { ...everywhere, input: layout.modalInput, alert },
  home: { ...everywhere, input: layout.input, data_table: newer.dataTable },
};
