import { z } from 'zod';
import {
  actionId,
  atMost,
  characters,
  confirm,
  menuOption,
  optionGroup,
  overflowOption,
  plainText,
  slackFile,
  tickOption,
  url,
} from './objects.ts';

/**
 * The elements of Block Kit (https://docs.slack.dev/reference/block-kit/block-elements, and `@slack/types` 3.2.0,
 * November 2026). A field that no element of that type has is refused, as Slack does.
 */
const acts = { action_id: actionId, confirm };
const focus = { focus_on_load: z.boolean().optional() };
const hint = { placeholder: plainText(150).optional() };
const style = { style: z.enum(['primary', 'danger']).optional() };
const label = { accessibility_label: characters(75).optional() };

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  value: characters(2000).optional(),
  url: url.optional(),
  ...style,
  ...label,
  ...acts,
});

export const workflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  text: plainText(75),
  workflow: z.strictObject({
    trigger: z.strictObject({
      url,
      customizable_input_parameters: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
    }),
  }),
  ...style,
  ...label,
  ...acts,
});

const image = { type: z.literal('image'), alt_text: characters(2000) };
export const imageElement = z
  .strictObject({ ...image, image_url: url.optional(), slack_file: slackFile.optional() })
  .refine((one) => (one.image_url === undefined) !== (one.slack_file === undefined), {
    error: 'needs one of image_url and slack_file',
  });

interface Choices {
  readonly options?: readonly unknown[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly unknown[] }[] | undefined;
  readonly initial_option?: unknown;
  readonly initial_options?: readonly unknown[] | undefined;
}

/** What is chosen beforehand must be one of the options, field by field. */
const initialIsAnOption = (one: Choices): boolean => {
  const options = [...(one.options ?? []), ...(one.option_groups ?? []).flatMap((group) => group.options)];
  const texts = new Set(options.map((option) => JSON.stringify(option)));
  const initial = [...(one.initial_options ?? []), ...(one.initial_option === undefined ? [] : [one.initial_option])];
  return initial.every((option) => texts.has(JSON.stringify(option)));
};
const hasOneSource = (one: Choices): boolean => (one.options === undefined) !== (one.option_groups === undefined);
const NOT_AN_OPTION = { error: 'initial options must be among the options' };
const ONE_SOURCE = { error: 'needs one of options and option_groups' };

export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    options: atMost(tickOption, 10),
    initial_options: atMost(tickOption, 10).optional(),
    ...acts,
    ...focus,
  })
  .refine(initialIsAnOption, NOT_AN_OPTION);

export const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    options: atMost(tickOption, 10),
    initial_option: tickOption.optional(),
    ...acts,
    ...focus,
  })
  .refine(initialIsAnOption, NOT_AN_OPTION);

export const overflow = z.strictObject({ type: z.literal('overflow'), options: atMost(overflowOption, 5), ...acts });

const choices = {
  options: atMost(menuOption, 100).optional(),
  option_groups: atMost(optionGroup, 100).optional(),
  ...acts,
  ...focus,
  ...hint,
};
const several = { max_selected_items: z.int().min(1).optional() };

export const staticSelect = z
  .strictObject({ type: z.literal('static_select'), initial_option: menuOption.optional(), ...choices })
  .refine(hasOneSource, ONE_SOURCE)
  .refine(initialIsAnOption, NOT_AN_OPTION);

export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    initial_options: atMost(menuOption, 100).optional(),
    ...several,
    ...choices,
  })
  .refine(hasOneSource, ONE_SOURCE)
  .refine(initialIsAnOption, NOT_AN_OPTION);

const menu = { ...acts, ...focus, ...hint };
const conversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: atMost(z.enum(['im', 'mpim', 'private', 'public']), 4).optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
};
const respondable = { response_url_enabled: z.boolean().optional() };

export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  initial_user: z.string().optional(),
  ...menu,
});
export const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  initial_users: z.array(z.string()).optional(),
  ...several,
  ...menu,
});
export const conversationsSelect = z.strictObject({
  type: z.literal('conversations_select'),
  initial_conversation: z.string().optional(),
  ...conversations,
  ...respondable,
  ...menu,
});
export const multiConversationsSelect = z.strictObject({
  type: z.literal('multi_conversations_select'),
  initial_conversations: z.array(z.string()).optional(),
  ...conversations,
  ...several,
  ...menu,
});
export const channelsSelect = z.strictObject({
  type: z.literal('channels_select'),
  initial_channel: z.string().optional(),
  ...respondable,
  ...menu,
});
export const multiChannelsSelect = z.strictObject({
  type: z.literal('multi_channels_select'),
  initial_channels: z.array(z.string()).optional(),
  ...several,
  ...menu,
});
