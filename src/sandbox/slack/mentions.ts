import { isList, isObject, textOf } from './json.ts';
import type { Json } from './types.ts';

const MARKUP = /<(?:@(U\w+)(?:\|[^>]*)?|!subteam\^(S\w+)(?:\|[^>]*)?|!(here|channel|everyone)(?:\|[^>]*)?)>/g;

const inMarkup = (text: string): string[] =>
  [...text.matchAll(MARKUP)].map(([, user, group, special]) => user ?? group ?? special ?? '');

const RICH: Readonly<Record<string, string>> = { user: 'user_id', usergroup: 'usergroup_id', broadcast: 'range' };

const inBlock = (value: Json): string[] => {
  if (isList(value)) return value.flatMap(inBlock);
  if (!isObject(value)) return [];
  const type = textOf(value['type']);
  if (type === 'mrkdwn') return inMarkup(textOf(value['text']));
  // A label, a value or a line of preformatted text never calls anybody.
  if (type === 'plain_text' || type === 'text' || type === 'raw_text') return [];
  const field = RICH[type];
  if (field !== undefined) return [textOf(value[field])];
  return Object.values(value).flatMap(inBlock);
};

/** Whom a message calls, by its text or by its blocks: which of the two a client reads out is not for the sender to say. */
export const mentionsOf = (text: string, blocks: readonly Json[]): readonly string[] => [
  ...new Set([...inMarkup(text), ...blocks.flatMap(inBlock)]),
];
