import { z } from 'zod';
import * as elements from './elements.ts';
import * as inputs from './inputs.ts';
import { anyText, atMost, blockId, characters, mrkdwn, plainText, slackFile, url } from './objects.ts';
import { richTextInput } from './rich-text.ts';

/**
 * The blocks that stand in messages and views alike
 * (https://docs.slack.dev/reference/block-kit/blocks, and `@slack/types` 3.2.0, November 2026).
 */
const id = { block_id: blockId };

const menus = [
  elements.staticSelect,
  elements.multiStaticSelect,
  elements.usersSelect,
  elements.multiUsersSelect,
  elements.conversationsSelect,
  elements.multiConversationsSelect,
  elements.channelsSelect,
  elements.multiChannelsSelect,
] as const;

const clickable = [
  elements.button,
  elements.workflowButton,
  elements.checkboxes,
  elements.radioButtons,
  elements.overflow,
  inputs.datepicker,
  inputs.timepicker,
  ...menus,
] as const;

export const actions = z.strictObject({
  type: z.literal('actions'),
  ...id,
  elements: atMost(z.discriminatedUnion('type', [...clickable, inputs.datetimepicker, richTextInput]), 25),
});

export const section = z
  .strictObject({
    type: z.literal('section'),
    ...id,
    text: anyText(3000).optional(),
    fields: atMost(anyText(2000), 10).optional(),
    accessory: z.discriminatedUnion('type', [...clickable, elements.imageElement]).optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, { error: 'needs text or fields' });

export const context = z.strictObject({
  type: z.literal('context'),
  ...id,
  elements: atMost(z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000), elements.imageElement]), 10),
});

export const divider = z.strictObject({ type: z.literal('divider'), ...id });

export const header = z.strictObject({ type: z.literal('header'), ...id, text: plainText(150) });

export const image = z
  .strictObject({
    type: z.literal('image'),
    ...id,
    alt_text: characters(2000),
    title: plainText(2000).optional(),
    image_url: url.optional(),
    slack_file: slackFile.optional(),
  })
  .refine((block) => (block.image_url === undefined) !== (block.slack_file === undefined), {
    error: 'needs one of image_url and slack_file',
  });

const typed = [
  inputs.plainTextInput,
  inputs.datepicker,
  inputs.timepicker,
  inputs.datetimepicker,
  elements.checkboxes,
  elements.radioButtons,
  ...menus,
] as const;
const modalOnly = [inputs.emailInput, inputs.urlInput, inputs.numberInput, inputs.fileInput, richTextInput] as const;

const inputFields = {
  type: z.literal('input'),
  ...id,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
};
export const input = z.strictObject({ ...inputFields, element: z.discriminatedUnion('type', [...typed]) });
export const modalInput = z.strictObject({
  ...inputFields,
  element: z.discriminatedUnion('type', [...typed, ...modalOnly]),
});
