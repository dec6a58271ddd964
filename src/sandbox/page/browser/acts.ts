import type { Json, Place } from '../../slack/types.ts';
import type { Act } from '../types.ts';
import { offered, taken } from '../view/composer.ts';
import type { Where } from './address.ts';
import { send } from './send.ts';
import type { Store } from './store.ts';
import { valuesIn } from './values.ts';

/** What the page can do for its reader. */
export interface Page {
  readonly store: Store;
  /** Looks elsewhere: another person, channel, thread or tab. */
  readonly go: (change: Partial<Where>) => void;
}

const attribute = (element: Element, name: string): string => element.getAttribute(name) ?? '';

const placeOf = (element: Element): Place =>
  element.hasAttribute('data-view')
    ? { view: attribute(element, 'data-view') }
    : { channel: attribute(element, 'data-channel'), ts: attribute(element, 'data-ts') };

const perform = async ({ store }: Page, act: Act, busy: string | null): Promise<void> => {
  if (busy !== null) store.set({ busy: new Set([...store.state().busy, busy]) });
  const problem = await send(act);
  const left = [...store.state().busy].filter((id) => id !== busy);
  store.set({ problem, busy: new Set(left) });
};

/** Clicks on a button of a message or view, or asks first where it says so. */
const clicked = (page: Page, element: Element, chosen: string | null): void => {
  const me = page.store.state().workspace?.me ?? '';
  const form = element.closest('form');
  const act: Act = {
    kind: 'click',
    as: me,
    place: placeOf(element),
    actionId: attribute(element, 'data-action'),
    blockId: attribute(element, 'data-block'),
    details: {
      ...(chosen === null ? {} : { chosen }),
      ...(form === null ? {} : { values: valuesIn(form) }),
    },
  };
  const confirm = element.getAttribute('data-confirm');
  if (confirm === null) {
    perform(page, act, null).catch(() => {});
    return;
  }
  const asked: Json = JSON.parse(confirm);
  page.store.set({ question: { confirm: asked, act } });
};

const typed = (page: Page, form: Element, thread: string | null): void => {
  const { workspace } = page.store.state();
  const area = form.querySelector('textarea');
  if (workspace === null || area === null || area.value.trim() === '') return;
  const act: Act = { kind: 'type', as: workspace.me, channel: workspace.channel, thread, text: area.value };
  area.value = '';
  page.store.set({ draft: '', hint: -1 });
  perform(page, act, null).catch(() => {});
};

const take = (page: Page, index: number): void => {
  const { workspace, draft } = page.store.state();
  const area = document.getElementById('composer');
  if (workspace === null || !(area instanceof HTMLTextAreaElement)) return;
  const offer = offered(draft, workspace.commandName, workspace.hints)[index];
  if (offer === undefined) return;
  area.value = taken(offer, workspace.commandName);
  area.focus();
  page.store.set({ draft: area.value, hint: -1 });
};

const closeModal = (page: Page, view: string): void => {
  const as = page.store.state().workspace?.me ?? '';
  perform(page, { kind: 'close', as, view }, null).catch(() => {});
};

const answerQuestion = (page: Page, isYes: boolean): void => {
  const { question } = page.store.state();
  page.store.set({ question: null });
  if (isYes && question !== null) perform(page, question.act, null).catch(() => {});
};

const openHome = (page: Page): void => {
  page.go({ isHome: true, thread: null });
  const as = page.store.state().workspace?.me ?? '';
  perform(page, { kind: 'home', as }, null).catch(() => {});
};

const flip = (page: Page, element: Element): void => {
  const isOn = attribute(element, 'data-on') !== 'yes';
  perform(page, { kind: 'switch', id: attribute(element, 'data-id'), isOn }, null).catch(() => {});
};

type Doing = (page: Page, element: Element) => void;

/** What a click does, by the `data-do` of what was clicked. */
export const ON_CLICK: Readonly<Record<string, Doing>> = {
  click: (page, element) => clicked(page, element, null),
  close: (page, element) => closeModal(page, attribute(element, 'data-view')),
  confirm: (page) => answerQuestion(page, true),
  deny: (page) => answerQuestion(page, false),
  channel: (page, element) => page.go({ channel: attribute(element, 'data-channel'), thread: null, isHome: false }),
  home: openHome,
  thread: (page, element) => page.go({ thread: attribute(element, 'data-ts') }),
  'close-thread': (page) => page.go({ thread: null }),
  take: (page, element) => take(page, Number(attribute(element, 'data-index'))),
  switch: flip,
  dismiss: ({ store }) => store.set({ problem: null }),
  pane: ({ store }, element) =>
    store.set({ pane: attribute(element, 'data-pane') === 'picture' ? 'picture' : 'workspace' }),
};

export const ON_SUBMIT: Readonly<Record<string, Doing>> = {
  send: (page, form) => typed(page, form, null),
  'send-reply': (page, form) => typed(page, form, page.store.state().workspace?.thread?.ts ?? null),
  submit: (page, form) => {
    const view = attribute(form, 'data-view');
    const as = page.store.state().workspace?.me ?? '';
    perform(page, { kind: 'submit', as, view, values: valuesIn(form) }, view).catch(() => {});
  },
};

export const ON_CHANGE: Readonly<Record<string, Doing>> = {
  'act-as': (page, element) => {
    if (element instanceof HTMLSelectElement) page.go({ as: element.value, thread: null });
  },
  choose: (page, element) => {
    if (!(element instanceof HTMLSelectElement) || element.value === '') return;
    const { value } = element;
    element.value = '';
    clicked(page, element, value);
  },
};

/** Escape in a dialog is "no", as in Slack. */
export const cancelled = (page: Page, dialog: Element): void => {
  if (attribute(dialog, 'role') === 'alertdialog') answerQuestion(page, false);
  else closeModal(page, attribute(dialog, 'data-view'));
};

const ARROWS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Keys of a composer; true when the key was used. */
export const composerKey = (page: Page, area: HTMLTextAreaElement, event: KeyboardEvent): boolean => {
  const { workspace, draft, hint } = page.store.state();
  const isComposer = area.id === 'composer';
  const offers = isComposer && workspace !== null ? offered(draft, workspace.commandName, workspace.hints) : [];
  const step = ARROWS[event.key];
  if (step !== undefined && offers.length > 0) {
    page.store.set({ hint: (hint + step + offers.length + (hint < 0 && step < 0 ? 1 : 0)) % offers.length });
    return true;
  }
  if (event.key === 'Tab' && !event.shiftKey && offers.length > 0 && hint >= 0) {
    take(page, hint);
    return true;
  }
  if (event.key === 'Escape' && offers.length > 0) {
    page.store.set({ draft: '', hint: -1 });
    return true;
  }
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return false;
  if (hint >= 0 && offers.length > 0) take(page, hint);
  else area.form?.requestSubmit();
  return true;
};
