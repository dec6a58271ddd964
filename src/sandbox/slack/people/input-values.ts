import { isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import type { InputValues, Json } from '../types.ts';
import { elementsOf, heldBy } from './elements.ts';

/** `state.values` of a payload: what every element that holds something holds, by block and action. */
export const stateValues = (blocks: readonly Json[], values: InputValues): JsonObject => {
  const held: Record<string, Record<string, JsonObject>> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    const value = element['type'] === 'overflow' ? null : heldBy(element, values[blockId]);
    if (value === null) continue;
    held[blockId] = { ...held[blockId], [textOf(element['action_id'])]: value };
  }
  return held;
};

const EMPTY = 'Please complete this required field.';
const PATTERNS: Readonly<Record<string, readonly [RegExp, string]>> = {
  email_text_input: [/^[^@\s]+@[^@\s]+$/, 'Please enter a valid email address.'],
  url_text_input: [/^https?:\/\/\S+$/, 'Please enter a valid URL.'],
  number_input: [/^-?\d+(?:\.\d+)?$/, 'Please enter a number.'],
};

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const objection = (element: JsonObject, isOptional: boolean, held: JsonObject): string | null => {
  const { type: _, ...fields } = held;
  const [value] = Object.values(fields);
  if (isEmpty(value)) return isOptional ? null : EMPTY;
  const text = textOf(value);
  const pattern = PATTERNS[textOf(element['type'])];
  if (pattern !== undefined && !pattern[0].test(text)) return pattern[1];
  const shortest = Number(element['min_length'] ?? 0);
  const longest = Number(element['max_length'] ?? 3000);
  if (text.length > 0 && text.length < shortest) return `Please enter at least ${shortest} characters.`;
  if (text.length > longest) return `Please enter at most ${longest} characters.`;
  return null;
};

/** What Slack's own form says before anything is sent: by block id, empty when it lets the form go. */
export const formErrors = (blocks: readonly Json[], values: JsonObject): Readonly<Record<string, string>> => {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (!isObject(block) || block['type'] !== 'input') continue;
    const blockId = textOf(block['block_id']);
    const element = objectOf(block['element']);
    const held = objectOf(objectOf(values[blockId])[textOf(element['action_id'])]);
    const wrong = objection(element, block['optional'] === true, held);
    if (wrong !== null) errors[blockId] = wrong;
  }
  return errors;
};

/** Block ids of the inputs of a view: only there can an error stand. */
export const inputBlockIds = (blocks: readonly Json[]): readonly string[] =>
  listOf(blocks)
    .filter((block) => isObject(block) && block['type'] === 'input')
    .map((block) => textOf(objectOf(block)['block_id']));
