import { ApiError, argumentError } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import { sentenceOf } from './blocks/findings.ts';
import { saysTooMuch, validateBlocks } from './blocks/validate-blocks.ts';
import { isList } from './json.ts';
import type { Json } from './types.ts';

export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
}

/** What Slack shows where a message with blocks has no text of its own. */
const NO_FALLBACK = "This content can't be displayed.";

/** Blocks that Slack would take, or its refusal. */
export const checkedBlocks = (blocks: Json | undefined): readonly Json[] => {
  if (blocks === undefined) return [];
  if (!isList(blocks)) throw new ApiError('invalid_blocks_format');
  const findings = validateBlocks(blocks, 'message');
  if (findings.length > 0) {
    const error = argumentError(findings.map(sentenceOf), 'invalid_blocks');
    throw new ApiError(error.code, { ...error.details, errors: findings.map(sentenceOf) });
  }
  if (saysTooMuch(blocks)) throw new ApiError('msg_blocks_too_long');
  return blocks;
};

/** Words that call everybody; a client that reads names turns them into mentions. */
const CALLS = /(^|\s)@(here|channel|everyone)\b/g;

export interface ContentRules {
  /** The longest text, in characters. */
  readonly mostText: number;
  /** `chat.update` reads names in the text unless it is told not to; `chat.postMessage` does when it is told to. */
  readonly parseByDefault: 'none' | 'client';
}

export const readContent = (args: Arguments, rules: ContentRules): Content => {
  const blocks = checkedBlocks(args.structure('blocks', 'invalid_blocks_format'));
  const given = args.text('text') ?? '';
  if (given === '' && blocks.length === 0) throw new ApiError('no_text');
  if (given.length > rules.mostText) throw new ApiError('msg_too_long');
  const text = given === '' ? NO_FALLBACK : given;
  const readsNames = (args.text('parse') ?? rules.parseByDefault) !== 'none' || args.flag('link_names', false);
  return { text: readsNames ? text.replace(CALLS, '$1<!$2>') : text, blocks };
};
