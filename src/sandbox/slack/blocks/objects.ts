import { z } from 'zod';

/**
 * The composition objects of Block Kit with their limits
 * (https://docs.slack.dev/reference/block-kit/composition-objects, and `@slack/types` 3.2.0, November 2026).
 * Characters are counted as UTF-16 units, which is never fewer than Slack counts.
 */
export const characters = (maximum: number, minimum = 1) =>
  z
    .string({ error: 'must be a string' })
    .min(minimum, { error: `must be more than ${minimum - 1} characters` })
    .max(maximum, { error: `must be less than ${maximum + 1} characters` });

export const plainText = (maximum: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: characters(maximum), emoji: z.boolean().optional() });

export const mrkdwn = (maximum: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: characters(maximum), verbatim: z.boolean().optional() });

export const anyText = (maximum: number) => z.discriminatedUnion('type', [plainText(maximum), mrkdwn(maximum)]);

export const blockId = characters(255).optional();
export const actionId = characters(255).optional();
export const url = characters(3000).regex(/^https?:\/\//, { error: 'must be an http or https URL' });

export const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

const optionOf = <Text extends z.ZodType>(text: Text) =>
  z.strictObject({ text, value: characters(75), description: plainText(75).optional() });

/** An option of a menu. */
export const menuOption = optionOf(plainText(75));
/** An option of checkboxes or radio buttons: its words may be formatted. */
export const tickOption = z.strictObject({
  text: anyText(75),
  value: characters(75),
  description: anyText(75).optional(),
});
/** An option of an overflow menu: it may be a link. */
export const overflowOption = menuOption.extend({ url: url.optional() });

export const atMost = <Item extends z.ZodType>(item: Item, maximum: number, minimum = 1) =>
  z
    .array(item)
    .min(minimum, { error: `must have at least ${minimum} items` })
    .max(maximum, { error: `no more than ${maximum} items allowed` });

export const optionGroup = z.strictObject({ label: plainText(75), options: atMost(menuOption, 100) });

export const slackFile = z
  .strictObject({ id: z.string().optional(), url: z.string().optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), { error: 'needs one of id and url' });
