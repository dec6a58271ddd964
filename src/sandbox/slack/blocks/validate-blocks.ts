import { isList, isObject, textOf } from '../json.ts';
import type { Json } from '../types.ts';
import { check, type Finding } from './findings.ts';
import { BLOCKS, type Surface } from './surfaces.ts';
import { repeatedIds } from './unique-ids.ts';

/** https://docs.slack.dev/reference/block-kit/blocks, November 2026. */
export const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
/** Not documented; a message of about so many characters in all is refused (slackapi/bolt-js issue 2509). */
const MOST_CHARACTERS = 13_200;
const MOST_MARKDOWN = 12_000;
/** `table`: one a message; charts: two, which was found and not documented (vercel/chat issue 696). */
const MOST_OF_TYPE: Readonly<Record<string, number>> = { table: 1, data_visualization: 2 };

const checkOne = (block: Json, surface: Surface, pointer: string): readonly Finding[] => {
  if (!isObject(block)) return [{ pointer, message: 'must be an object' }];
  const schema = BLOCKS[surface][textOf(block['type'])];
  if (schema === undefined)
    return [{ pointer: `${pointer}/type`, message: `unsupported type: ${textOf(block['type'])}` }];
  return check(schema, block, pointer);
};

const typesOf = (value: Json): string[] => {
  if (isList(value)) return value.flatMap(typesOf);
  return isObject(value) ? [textOf(value['type']), ...Object.values(value).flatMap(typesOf)] : [];
};

const tooMany = (blocks: readonly Json[], pointer: string): readonly Finding[] =>
  Object.entries(MOST_OF_TYPE).flatMap(([type, most]) =>
    typesOf(blocks).filter((one) => one === type).length > most
      ? [{ pointer, message: `no more than ${most} of ${type} allowed` }]
      : [],
  );

const markdownLength = (blocks: readonly Json[]): number =>
  blocks.reduce<number>(
    (sum, block) => sum + (isObject(block) && block['type'] === 'markdown' ? textOf(block['text']).length : 0),
    0,
  );

/** Everything wrong with a list of blocks on a surface; an empty list when Slack would take them. */
export const validateBlocks = (blocks: Json, surface: Surface, pointer = '/blocks'): readonly Finding[] => {
  if (!isList(blocks)) return [{ pointer, message: 'must be an array' }];
  const most = MOST_BLOCKS[surface];
  return [
    ...(blocks.length > most ? [{ pointer, message: `no more than ${most} items allowed` }] : []),
    ...blocks.flatMap((block, index) => checkOne(block, surface, `${pointer}/${index}`)),
    ...repeatedIds(blocks, pointer),
    ...tooMany(blocks, pointer),
    ...(markdownLength(blocks) > MOST_MARKDOWN
      ? [{ pointer, message: `all markdown together must be less than ${MOST_MARKDOWN + 1} characters` }]
      : []),
  ];
};

const TEXT_FIELDS: ReadonlySet<string> = new Set(['text', 'title', 'alt_text', 'caption', 'fallback']);

const characters = (value: Json, key: string): number => {
  if (typeof value === 'string') return TEXT_FIELDS.has(key) ? value.length : 0;
  if (isList(value)) return value.reduce<number>((sum, one) => sum + characters(one, key), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce<number>((sum, [name, one]) => sum + characters(one, name), 0);
};

/** Whether a message's blocks say more than Slack takes in all (`msg_blocks_too_long`). */
export const saysTooMuch = (blocks: readonly Json[]): boolean => characters(blocks, '') > MOST_CHARACTERS;
