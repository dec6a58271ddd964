import { z } from 'zod';
import { atMost, blockId, url } from './objects.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block, November 2026. */
const flags = z
  .strictObject({
    bold: z.boolean().optional(),
    code: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();

const nonEmpty = z.string().min(1, { error: 'must be more than 0 characters' });
const text = z.strictObject({ type: z.literal('text'), text: nonEmpty, style: flags });
const link = z.strictObject({
  type: z.literal('link'),
  url,
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  style: flags,
});

const inline = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({ type: z.literal('user'), user_id: nonEmpty, style: flags }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: nonEmpty, style: flags }),
  z.strictObject({ type: z.literal('channel'), channel_id: nonEmpty, style: flags }),
  z.strictObject({ type: z.literal('team'), team_id: nonEmpty, style: flags }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style: flags }),
  z.strictObject({ type: z.literal('color'), value: nonEmpty, style: flags }),
  z.strictObject({
    type: z.literal('emoji'),
    name: nonEmpty,
    unicode: z.string().optional(),
    url: url.optional(),
    style: flags,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: nonEmpty,
    url: url.optional(),
    fallback: z.string().optional(),
    style: flags,
  }),
]);

const border = { border: z.union([z.literal(0), z.literal(1)]).optional() };
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(inline) });

const parts = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section).min(1),
    indent: z.int().min(0).max(8).optional(),
    offset: z.int().min(0).optional(),
    ...border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline), ...border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    ...border,
  }),
]);

export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: atMost(parts, 100, 0),
});

export const richTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  action_id: z.string().max(255).optional(),
  initial_value: richText.optional(),
  focus_on_load: z.boolean().optional(),
  min_lines: z.int().min(1).optional(),
  max_lines: z.int().min(1).optional(),
});
