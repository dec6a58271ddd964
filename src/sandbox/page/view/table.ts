import type { Json } from '../../slack/types.ts';
import { field, isTrue, listIn, stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { richText } from './rich-text.ts';
import { h, type Tree } from './tree.ts';

const cellText = (cell: Json, reading: Reading): readonly Tree[] =>
  stringIn(cell, 'type') === 'rich_text' ? richText(cell, reading) : [String(field(cell, 'text') ?? '')];

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The first row is the head; columns stand as their settings say. */
export const table = (block: Json, reading: Reading): Tree => {
  const settings = listIn(block, 'column_settings');
  const [head, ...body] = listIn(block, 'rows').filter(isList);
  const looks = (column: number): string =>
    `at-${stringIn(settings[column], 'align') || 'left'}${isTrue(settings[column], 'is_wrapped') ? ' wrapped' : ''}`;
  const row = (cells: readonly Json[], tag: 'th' | 'td'): Tree =>
    h(
      'tr',
      {},
      cells.map((cell, column) =>
        h(tag, { class: looks(column), scope: tag === 'th' ? 'col' : null }, cellText(cell, reading)),
      ),
    );
  return h(
    'div',
    { class: 'table', role: 'region', 'aria-label': stringIn(block, 'caption') || 'Table', tabindex: '0' },
    h(
      'table',
      {},
      head !== undefined && h('thead', {}, row(head, 'th')),
      h(
        'tbody',
        {},
        body.map((cells) => row(cells, 'td')),
      ),
    ),
  );
};
