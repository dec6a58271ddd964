import type { Json, Place } from '../../slack/types.ts';
import { element, image, inputElement, type Standing } from './elements.ts';
import { placeId } from './place.ts';
import { plan, taskCard } from './plan.ts';
import { field, isTrue, listIn, stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { richText } from './rich-text.ts';
import { table } from './table.ts';
import { textObject } from './text-object.ts';
import { h, type Tree } from './tree.ts';

/** Where blocks are shown. */
export interface Shown {
  readonly place: Place;
  /** `channel`, `thread`, `modal`, `home`: one message may stand at two places of the page. */
  readonly surface: string;
  /** Field errors by block id. */
  readonly errors: Readonly<Record<string, string>>;
}

const section = (block: Json, standing: Standing): Tree => {
  const { reading } = standing;
  const accessory = field(block, 'accessory');
  const fields = listIn(block, 'fields');
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-text' },
      field(block, 'text') !== undefined && h('p', {}, textObject(field(block, 'text'), reading)),
      fields.length > 0 &&
        h(
          'div',
          { class: 'fields' },
          fields.map((one) => h('p', {}, textObject(one, reading))),
        ),
    ),
    accessory !== undefined && h('div', { class: 'accessory' }, element(accessory, standing)),
  );
};

const input = (block: Json, standing: Standing, error: string | undefined): Tree => {
  const { reading } = standing;
  const own = field(block, 'element') ?? null;
  const isGroup = ['checkboxes', 'radio_buttons'].includes(stringIn(own, 'type'));
  const fieldId = `${standing.id}-${standing.blockId}`;
  const hintId = field(block, 'hint') === undefined ? null : `${fieldId}-hint`;
  const errorId = error === undefined ? null : `${fieldId}-error`;
  const described = [errorId, hintId].filter((id) => id !== null).join(' ') || null;
  const isOptional = isTrue(block, 'optional');
  const label = [...textObject(field(block, 'label'), reading), ...(isOptional ? [' (optional)'] : [])];
  return h(
    isGroup ? 'fieldset' : 'div',
    { class: 'input', 'aria-describedby': isGroup ? described : null },
    isGroup ? h('legend', {}, label) : h('label', { for: fieldId }, label),
    inputElement(own, standing, { fieldId, described, isWrong: error !== undefined, isOptional }),
    errorId !== null && h('p', { class: 'field-error', id: errorId, role: 'alert' }, error ?? ''),
    hintId !== null && h('p', { class: 'hint', id: hintId }, textObject(field(block, 'hint'), reading)),
  );
};

const elementsOf = (block: Json, standing: Standing): readonly Tree[] =>
  listIn(block, 'elements').map((one) => element(one, standing));

const picture = (block: Json, reading: Reading): Tree =>
  h(
    'figure',
    {},
    image(block),
    field(block, 'title') !== undefined && h('figcaption', {}, textObject(field(block, 'title'), reading)),
  );

const one = (block: Json, standing: Standing, { errors }: Shown): Tree => {
  const { reading, blockId } = standing;
  const type = stringIn(block, 'type');
  switch (type) {
    case 'header':
      return h('h3', { class: 'header' }, textObject(field(block, 'text'), reading));
    case 'section':
      return section(block, standing);
    case 'context':
      return h('div', { class: 'context' }, elementsOf(block, standing));
    case 'actions':
      return h('div', { class: 'actions', role: 'group', 'aria-label': 'Actions' }, elementsOf(block, standing));
    case 'divider':
      return h('hr');
    case 'input':
      return input(block, standing, errors[blockId]);
    case 'rich_text':
      return h('div', { class: 'rich-text' }, richText(block, reading));
    case 'table':
    case 'data_table':
      return table(block, reading);
    case 'plan':
      return plan(block, reading);
    case 'task_card':
      return taskCard(block, reading);
    case 'image':
      return picture(block, reading);
    case 'alert':
      return h('div', { class: `alert ${stringIn(block, 'level')}` }, textObject(field(block, 'text'), reading));
    case 'markdown':
      return h('pre', { class: 'markdown' }, stringIn(block, 'text'));
    default:
      // What this page cannot draw is named, so that nobody takes a gap for the whole message.
      return h('p', { class: 'unknown' }, `[a block of type ${type || 'unknown'} is not drawn here]`);
  }
};

/** Block Kit as elements. */
export const blocks = (list: readonly Json[], shown: Shown, reading: Reading): readonly Tree[] =>
  list.map((block, index) => {
    const blockId = stringIn(block, 'block_id');
    const standing: Standing = { place: shown.place, blockId, id: placeId(shown.place, shown.surface), reading };
    const type = stringIn(block, 'type');
    // What was typed into a field outlives an update of the view around it, as in Slack.
    const key = type === 'input' ? `input ${blockId}` : `${index} ${type}`;
    return h('div', { class: 'block', key }, one(block, standing, shown));
  });
