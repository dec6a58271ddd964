import type { WorkspaceView } from '../../slack/types.ts';
import { blocks } from './blocks.ts';
import type { PageState, Question } from './page-state.ts';
import { field, stringIn } from './read.ts';
import type { Reading } from './reading.ts';
import { textObject } from './text-object.ts';
import { h, type Tree } from './tree.ts';

const modal = (view: WorkspaceView, reading: Reading, isBusy: boolean): Tree => {
  const titleId = `title-${view.id}`;
  return h(
    'dialog',
    { class: 'modal', key: view.id, 'aria-labelledby': titleId, 'data-view': view.id, 'data-testid': 'modal' },
    h(
      'form',
      { 'data-do': 'submit', 'data-view': view.id, novalidate: true },
      h('h2', { id: titleId }, view.title),
      h(
        'div',
        { class: 'modal-body' },
        blocks(view.blocks, { place: { view: view.id }, surface: 'modal', errors: view.errors }, reading),
      ),
      h(
        'div',
        { class: 'modal-foot' },
        h(
          'button',
          { type: 'button', class: 'button', 'data-do': 'close', 'data-view': view.id, 'data-testid': 'modal-close' },
          view.close ?? 'Close',
        ),
        view.submit !== null &&
          h(
            'button',
            {
              type: 'submit',
              class: 'button primary',
              'data-testid': 'modal-submit',
              disabled: isBusy,
            },
            isBusy ? `${view.submit} …` : view.submit,
          ),
      ),
    ),
  );
};

const question = ({ confirm }: Question, reading: Reading): Tree =>
  h(
    'dialog',
    {
      class: 'modal confirm',
      key: 'question',
      role: 'alertdialog',
      'aria-labelledby': 'question-title',
      'aria-describedby': 'question-text',
      'data-testid': 'confirm',
    },
    h(
      'div',
      {},
      h('h2', { id: 'question-title' }, textObject(field(confirm, 'title'), reading)),
      h('div', { class: 'modal-body', id: 'question-text' }, textObject(field(confirm, 'text'), reading)),
      h(
        'div',
        { class: 'modal-foot' },
        h(
          'button',
          { type: 'button', class: 'button', 'data-do': 'deny', 'data-testid': 'confirm-no', autofocus: true },
          textObject(field(confirm, 'deny'), reading),
        ),
        h(
          'button',
          {
            type: 'button',
            class: stringIn(confirm, 'style') === 'danger' ? 'button danger' : 'button primary',
            'data-do': 'confirm',
            'data-testid': 'confirm-yes',
          },
          textObject(field(confirm, 'confirm'), reading),
        ),
      ),
    ),
  );

/** The dialog that stands above everything: a button's question, or the topmost modal. */
export const dialogs = (state: PageState, reading: Reading): readonly Tree[] => {
  const top = state.workspace?.modals.at(-1);
  return [
    ...(top === undefined ? [] : [modal(top, reading, state.busy.has(top.id))]),
    ...(state.question === null ? [] : [question(state.question, reading)]),
  ];
};
