import { isList, isObject, type JsonObject, textOf } from './json.ts';
import type { Json } from './types.ts';

const INTERACTIVE =
  /^(?:button|checkboxes|datepicker|datetimepicker|timepicker|overflow|radio_buttons|icon_button|feedback_buttons|workflow_button|file_input|.*_select|.*_input)$/;

const element = (value: Json, secret: (length: number) => string): Json => {
  if (isList(value)) return value.map((one) => element(one, secret));
  if (!isObject(value)) return value;
  const inner: JsonObject = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, element(one, secret)]));
  const type = textOf(value['type']);
  if (type === 'plain_text') return { ...inner, emoji: value['emoji'] ?? true };
  if (type === 'mrkdwn') return { ...inner, verbatim: value['verbatim'] ?? false };
  if (INTERACTIVE.test(type) && textOf(value['action_id']) === '') return { ...inner, action_id: secret(5) };
  return inner;
};

/** Blocks as Slack keeps them and sends them back: with a `block_id`, an `action_id` and the defaults of text filled in. */
export const normaliseBlocks = (blocks: readonly Json[], secret: (length: number) => string): readonly Json[] =>
  blocks.map((block) => {
    const inner = element(block, secret);
    if (!isObject(inner)) return inner;
    return textOf(inner['block_id']) === '' ? { ...inner, block_id: secret(5) } : inner;
  });
