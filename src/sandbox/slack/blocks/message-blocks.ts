import { z } from 'zod';
import { button, imageElement } from './elements.ts';
import { actions, context, divider, header, image, section } from './layout.ts';
import { actionId, anyText, atMost, blockId, characters, confirm, mrkdwn, plainText, url } from './objects.ts';
import { richText } from './rich-text.ts';

/** The newer blocks, which stand in messages only (same sources as `layout.ts`). */
const id = { block_id: blockId };

export const markdown = z.strictObject({ type: z.literal('markdown'), ...id, text: characters(12_000) });

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: characters(10_000) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: characters(10_000) }),
  richText,
]);
const sameWidth = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.every((row) => row.length === rows[0]?.length);
const SAME_WIDTH = { error: 'all rows must have as many cells as the first' };

export const table = z.strictObject({
  type: z.literal('table'),
  ...id,
  rows: atMost(atMost(cell, 20), 100).refine(sameWidth, SAME_WIDTH),
  column_settings: atMost(
    z.strictObject({ align: z.enum(['left', 'center', 'right']).optional(), is_wrapped: z.boolean().optional() }),
    20,
    0,
  ).optional(),
});

export const dataTable = z.strictObject({
  type: z.literal('data_table'),
  ...id,
  // A hundred rows and the header.
  rows: atMost(atMost(cell, 20), 101).refine(sameWidth, SAME_WIDTH),
  caption: characters(2000),
  page_size: z.int().min(1).max(100).optional(),
  row_header_column_index: z.int().min(0).max(19).optional(),
});

export const taskCard = z.strictObject({
  type: z.literal('task_card'),
  ...id,
  task_id: characters(255),
  title: characters(3000),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url, text: characters(3000) })).optional(),
});

export const plan = z.strictObject({
  type: z.literal('plan'),
  ...id,
  title: characters(3000),
  tasks: atMost(taskCard, 50, 0).optional(),
});

export const card = z
  .strictObject({
    type: z.literal('card'),
    ...id,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(150).optional(),
    subtitle: mrkdwn(150).optional(),
    body: mrkdwn(200).optional(),
    actions: atMost(button, 25).optional(),
  })
  .refine((one) => [one.hero_image, one.title, one.actions, one.body].some((part) => part !== undefined), {
    error: 'needs one of hero_image, title, actions and body',
  });

export const carousel = z.strictObject({ type: z.literal('carousel'), ...id, elements: atMost(card, 10) });

export const container = z
  .strictObject({
    type: z.literal('container'),
    ...id,
    title: plainText(150).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(150).optional(),
    child_blocks: atMost(
      z.discriminatedUnion('type', [actions, context, divider, header, image, richText, section, table]),
      10,
    ),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((one) => one.title !== undefined || one.rich_text_title !== undefined, {
    error: 'needs title or rich_text_title',
  })
  .refine((one) => one.default_collapsed !== true || one.is_collapsible === true, {
    error: 'default_collapsed needs is_collapsible',
  });

const feedback = z.strictObject({
  text: plainText(75),
  value: characters(2000),
  accessibility_label: characters(75).optional(),
});
export const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...id,
  elements: atMost(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('feedback_buttons'),
        action_id: actionId,
        positive_button: feedback,
        negative_button: feedback,
      }),
      z.strictObject({
        type: z.literal('icon_button'),
        action_id: actionId,
        icon: characters(75),
        text: plainText(75),
        accessibility_label: characters(75).optional(),
        value: characters(2000).optional(),
        visible_to_user_ids: z.array(z.string()).optional(),
        confirm,
      }),
    ]),
    5,
  ),
});
