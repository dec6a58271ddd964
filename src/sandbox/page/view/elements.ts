import type { Json, Place } from '../../slack/types.ts';
import { placeAttributes } from './place.ts';
import { field, isTrue, listIn, stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { textObject } from './text-object.ts';
import { h, type Tree } from './tree.ts';

/** Where an element stands. */
export interface Standing {
  readonly place: Place;
  readonly blockId: string;
  /** Makes ids of labels and fields differ between surfaces. */
  readonly id: string;
  readonly reading: Reading;
}

const acts = (element: Json, { place, blockId }: Standing): Readonly<Record<string, string | null>> => {
  const confirm = field(element, 'confirm');
  const actionId = stringIn(element, 'action_id');
  return {
    'data-action': actionId,
    'data-block': blockId,
    'data-confirm': confirm === undefined ? null : JSON.stringify(confirm),
    'data-testid': `action-${actionId}`,
    ...placeAttributes(place),
  };
};

const nothingToNull = (text: string): string | null => (text === '' ? null : text);

const button = (element: Json, standing: Standing): Tree => {
  const style = stringIn(element, 'style');
  const hasConfirm = field(element, 'confirm') !== undefined;
  return h(
    'button',
    {
      // A Hold that has the focus must never turn into a Resume under the finger.
      key: stringIn(element, 'action_id'),
      type: 'button',
      class: `button ${style}`.trim(),
      'data-do': 'click',
      'aria-label': nothingToNull(stringIn(element, 'accessibility_label')),
      'aria-haspopup': hasConfirm ? 'dialog' : null,
      ...acts(element, standing),
    },
    textObject(field(element, 'text'), standing.reading),
  );
};

const optionsOf = (element: Json): readonly Json[] => [
  ...listIn(element, 'options'),
  ...listIn(element, 'option_groups').flatMap((group) => listIn(group, 'options')),
];

const isChosen = (element: Json, option: Json): boolean => {
  const value = stringIn(option, 'value');
  const initial = [field(element, 'initial_option') ?? null, ...listIn(element, 'initial_options')];
  return initial.some((one) => one !== null && stringIn(one, 'value') === value);
};

const menu = (element: Json, standing: Standing): Tree =>
  h(
    'select',
    {
      class: 'menu',
      'aria-label': stringIn(field(element, 'placeholder'), 'text') || 'More actions',
      'data-do': 'choose',
      ...acts(element, standing),
    },
    h('option', { value: '' }, stringIn(field(element, 'placeholder'), 'text') || '⋯'),
    optionsOf(element).map((option) =>
      h('option', { value: stringIn(option, 'value') }, stringIn(field(option, 'text'), 'text')),
    ),
  );

const ticks = (element: Json, standing: Standing, type: 'checkbox' | 'radio', name: string): Tree =>
  h(
    'div',
    { class: 'ticks' },
    optionsOf(element).map((option) =>
      h(
        'label',
        { class: 'tick' },
        h('input', {
          type,
          name,
          value: stringIn(option, 'value'),
          'data-input': standing.blockId,
          'data-many': type === 'checkbox',
          checked: isChosen(element, option),
        }),
        h(
          'span',
          {},
          textObject(field(option, 'text'), standing.reading),
          field(option, 'description') !== undefined &&
            h('small', {}, textObject(field(option, 'description'), standing.reading)),
        ),
      ),
    ),
  );

export const image = (element: Json): Tree => {
  const file = stringIn(field(element, 'slack_file'), 'id');
  const alt = stringIn(element, 'alt_text');
  // Pictures from elsewhere are not fetched: the sandbox stays on this machine.
  return file === ''
    ? h('span', { class: 'no-image' }, alt)
    : h('img', { src: `/file/${encodeURIComponent(file)}`, alt });
};

/** An interactive element, or the little picture or text beside a section. */
export const element = (value: Json, standing: Standing): Tree => {
  switch (stringIn(value, 'type')) {
    case 'button':
    case 'workflow_button':
      return button(value, standing);
    case 'overflow':
    case 'static_select':
      return menu(value, standing);
    case 'checkboxes':
      return ticks(value, standing, 'checkbox', `${standing.id}-${standing.blockId}`);
    case 'radio_buttons':
      return ticks(value, standing, 'radio', `${standing.id}-${standing.blockId}`);
    case 'image':
      return image(value);
    case 'mrkdwn':
    case 'plain_text':
      return h('span', {}, textObject(value, standing.reading));
    default:
      return h('span', { class: 'unknown' }, `[${stringIn(value, 'type') || 'element'}]`);
  }
};

const numberIn = (value: Json, name: string): number | null => {
  const found = field(value, name);
  return typeof found === 'number' ? found : null;
};

/** The field of an input block. `described` names what explains it, `isWrong` that it was refused. */
export const inputElement = (
  value: Json,
  standing: Standing,
  {
    fieldId,
    described,
    isWrong,
    isOptional,
  }: {
    readonly fieldId: string;
    readonly described: string | null;
    readonly isWrong: boolean;
    readonly isOptional: boolean;
  },
): Tree => {
  const type = stringIn(value, 'type');
  const isText = ['plain_text_input', 'number_input', 'email_text_input', 'url_text_input'].includes(type);
  if (type === 'checkboxes' || type === 'radio_buttons') return element(value, standing);
  const common = {
    id: fieldId,
    'data-input': standing.blockId,
    'data-testid': `field-${standing.blockId}`,
    'aria-describedby': described,
    'aria-invalid': isWrong ? 'true' : null,
    'aria-required': isOptional ? null : 'true',
    autofocus: isTrue(value, 'focus_on_load'),
  };
  if (!isText)
    return h(
      'select',
      { ...common, class: 'field' },
      h('option', { value: '' }, 'Choose…'),
      optionsOf(value).map((option) =>
        h(
          'option',
          { value: stringIn(option, 'value'), selected: isChosen(value, option) },
          stringIn(field(option, 'text'), 'text'),
        ),
      ),
    );
  const initial = stringIn(value, 'initial_value');
  const attributes = {
    ...common,
    class: 'field',
    maxlength: numberIn(value, 'max_length'),
    placeholder: nothingToNull(stringIn(field(value, 'placeholder'), 'text')),
    autocomplete: 'off',
    spellcheck: 'false',
  };
  return isTrue(value, 'multiline')
    ? h('textarea', { ...attributes, rows: 3 }, initial)
    : h('input', { ...attributes, type: 'text', value: initial });
};
