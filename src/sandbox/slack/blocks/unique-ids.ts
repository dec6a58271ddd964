import { isList, isObject, listOf, textOf } from '../json.ts';
import type { Json } from '../types.ts';
import type { Finding } from './findings.ts';

const repeats = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => value !== '' && values.indexOf(value) !== index)),
];

const actionIds = (value: Json): string[] => {
  if (isList(value)) return value.flatMap(actionIds);
  if (!isObject(value)) return [];
  return [textOf(value['action_id']), ...Object.values(value).flatMap(actionIds)];
};

const focused = (value: Json): number => {
  if (isList(value)) return value.reduce<number>((sum, one) => sum + focused(one), 0);
  if (!isObject(value)) return 0;
  return (
    (value['focus_on_load'] === true ? 1 : 0) + Object.values(value).reduce<number>((sum, one) => sum + focused(one), 0)
  );
};

const innerBlocks = (block: Json): readonly Json[] =>
  isObject(block) ? [block, ...listOf(block['child_blocks'])] : [block];

/** A `block_id` stands once in a message or view, an `action_id` once in its block, the focus once in all. */
export const repeatedIds = (blocks: readonly Json[], pointer: string): readonly Finding[] => {
  const ids = blocks.flatMap(innerBlocks).map((block) => (isObject(block) ? textOf(block['block_id']) : ''));
  return [
    ...repeats(ids).map((id) => ({ pointer, message: `\`block_id\` already exists: ${id}` })),
    ...blocks.flatMap((block, index) =>
      repeats(actionIds(block)).map((id) => ({
        pointer: `${pointer}/${index}`,
        message: `\`action_id\` "${id}" already exists for another element in this block`,
      })),
    ),
    ...(focused(blocks) > 1 ? [{ pointer, message: 'only one element can have focus_on_load' }] : []),
  ];
};
