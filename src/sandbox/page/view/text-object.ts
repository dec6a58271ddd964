import type { Json } from '../../slack/types.ts';
import { mrkdwn } from './mrkdwn.ts';
import { stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { h, type Tree } from './tree.ts';

const withBreaks = (text: string): readonly Tree[] =>
  text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]));

/** A text object: mrkdwn is read, plain text stands as it is. */
export const textObject = (value: Json | undefined, reading: Reading): readonly Tree[] => {
  const text = stringIn(value, 'text');
  return stringIn(value, 'type') === 'mrkdwn' ? mrkdwn(text, reading) : withBreaks(text);
};
