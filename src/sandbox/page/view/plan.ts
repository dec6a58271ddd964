import type { Json } from '../../slack/types.ts';
import { field, listIn, stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { richText } from './rich-text.ts';
import { h, type Tree } from './tree.ts';

/** A sign and its word: neither colour nor the sign alone says how a task stands. */
const STATUS: Readonly<Record<string, readonly [sign: string, word: string]>> = {
  pending: ['○', 'to come'],
  in_progress: ['◐', 'under way'],
  complete: ['●', 'done'],
  error: ['✕', 'failed'],
};

const task = (card: Json, reading: Reading): Tree => {
  const status = stringIn(card, 'status');
  const [sign, word] = STATUS[status] ?? ['○', status];
  const more = [field(card, 'details'), field(card, 'output')].filter((part) => part !== undefined);
  return h(
    'li',
    { class: `task ${status}`, key: stringIn(card, 'task_id') },
    h('span', { class: 'sign', role: 'img', 'aria-label': word }, sign),
    h(
      'span',
      {},
      stringIn(card, 'title'),
      more.flatMap((part) => richText(part, reading)),
    ),
  );
};

/** The list of steps. */
export const plan = (block: Json, reading: Reading): Tree =>
  h(
    'div',
    { class: 'plan' },
    h('p', { class: 'plan-title' }, stringIn(block, 'title')),
    h(
      'ol',
      { class: 'tasks' },
      listIn(block, 'tasks').map((card) => task(card, reading)),
    ),
  );

export const taskCard = (block: Json, reading: Reading): Tree => h('ol', { class: 'tasks' }, task(block, reading));
