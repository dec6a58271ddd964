import { isList, isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import type { Json } from '../types.ts';

/** An interactive element and the block that it stands in. */
export interface Placed {
  readonly blockId: string;
  readonly element: JsonObject;
}

const within = (value: Json, blockId: string): Placed[] => {
  if (isList(value)) return value.flatMap((one) => within(one, blockId));
  if (!isObject(value)) return [];
  const own = textOf(value['block_id']) || blockId;
  const here = typeof value['action_id'] === 'string' ? [{ blockId: own, element: value }] : [];
  return [...here, ...Object.values(value).flatMap((one) => within(one, own))];
};

/** Every element that a person can act on, in the order in which they stand. */
export const elementsOf = (blocks: readonly Json[]): readonly Placed[] => within(blocks, '');

export const findElement = (blocks: readonly Json[], actionId: string, blockId?: string): Placed | undefined =>
  elementsOf(blocks).find(
    ({ element, blockId: at }) => element['action_id'] === actionId && (blockId === undefined || blockId === at),
  );

/** Every option of a menu, of its groups too. */
export const optionsOf = (element: JsonObject): readonly JsonObject[] =>
  [
    ...listOf(element['options']),
    ...listOf(element['option_groups']).flatMap((group) => listOf(objectOf(group)['options'])),
  ].map(objectOf);

const optionBy = (element: JsonObject, value: string): JsonObject => {
  const option = optionsOf(element).find((one) => one['value'] === value);
  if (option === undefined) throw new TypeError(`${textOf(element['action_id'])} has no option with value ${value}`);
  return option;
};

type Chosen = string | readonly string[] | undefined;

const one = (chosen: Chosen): string | undefined => {
  const first = typeof chosen === 'object' ? chosen[0] : chosen;
  return first === '' ? undefined : first;
};
const many = (chosen: Chosen): readonly string[] => (typeof chosen === 'string' ? [chosen] : (chosen ?? []));

/** The field in which the value of an element travels when it is a mere text. */
const TEXT_FIELD: Readonly<Record<string, readonly [field: string, initial: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  users_select: ['selected_user', 'initial_user'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  channels_select: ['selected_channel', 'initial_channel'],
};
const LIST_FIELD: Readonly<Record<string, readonly [field: string, initial: string]>> = {
  multi_users_select: ['selected_users', 'initial_users'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
};
const ONE_OPTION: ReadonlySet<string> = new Set(['static_select', 'external_select', 'radio_buttons', 'overflow']);
const MANY_OPTIONS: ReadonlySet<string> = new Set(['checkboxes', 'multi_static_select', 'multi_external_select']);

/**
 * What an element holds: what a person chose, or what it was given at first. Null for an element that holds nothing,
 * such as a button.
 */
export const heldBy = (element: JsonObject, chosen: Chosen): JsonObject | null => {
  const type = textOf(element['type']);
  const text = TEXT_FIELD[type];
  if (text !== undefined)
    return { type, [text[0]]: one(chosen) ?? (chosen === undefined ? (element[text[1]] ?? null) : null) };
  const list = LIST_FIELD[type];
  if (list !== undefined)
    return { type, [list[0]]: chosen === undefined ? listOf(element[list[1]]) : [...many(chosen)] };
  if (ONE_OPTION.has(type)) {
    const value = one(chosen);
    const initial = chosen === undefined ? (element['initial_option'] ?? null) : null;
    return { type, selected_option: value === undefined ? initial : optionBy(element, value) };
  }
  if (!MANY_OPTIONS.has(type)) return null;
  const initial = listOf(element['initial_options']);
  const options = chosen === undefined ? initial : many(chosen).map((value) => optionBy(element, value));
  return { type, selected_options: [...options] };
};
