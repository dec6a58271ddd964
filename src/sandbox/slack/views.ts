import { ApiError, argumentError } from './api-error.ts';
import { sentenceOf } from './blocks/findings.ts';
import { validateView, weighsTooMuch } from './blocks/validate-view.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { normaliseBlocks } from './normalise.ts';
import type { State, StoredView } from './state.ts';
import type { Json, WorkspaceView } from './types.ts';

/** Modals lie on one another at most so high (https://docs.slack.dev/surfaces/modals). */
const MOST_MODALS = 3;

/** A view as Slack would take it, or its refusal. */
export const checkedView = (state: State, view: Json | undefined, type: 'modal' | 'home'): JsonObject => {
  if (!isObject(view)) throw argumentError(['missing required field: view']);
  const findings = validateView(view, type);
  if (findings.length > 0) throw argumentError(findings.map(sentenceOf));
  if (weighsTooMuch(view)) throw new ApiError('view_too_large');
  return { ...view, blocks: [...normaliseBlocks(listOf(view['blocks']), state.ids.secret)] };
};

const hashOf = (state: State): string => `${Math.floor(state.now() / 1000)}.${state.ids.secret(8)}`;

const store = (state: State, content: JsonObject, type: 'modal' | 'home', below: StoredView | null): StoredView => {
  const id = state.ids.id('V');
  return {
    id,
    type,
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    content,
    hash: hashOf(state),
    errors: {},
  };
};

/** Opens a modal as the only one of a user. */
export const openModal = (state: State, user: string, content: JsonObject): StoredView => {
  const view = store(state, content, 'modal', null);
  state.modals.set(user, [view]);
  state.changed();
  return view;
};

/** Puts a modal on top of the user's others. */
export const pushModal = (state: State, user: string, content: JsonObject): StoredView => {
  const stack = state.modals.get(user) ?? [];
  const below = stack.at(-1);
  if (below === undefined) throw new ApiError('not_found');
  if (stack.length >= MOST_MODALS) throw new ApiError('push_limit_reached');
  const view = store(state, content, 'modal', below);
  state.modals.set(user, [...stack, view]);
  state.changed();
  return view;
};

/** Takes the topmost modal away, or all of them. */
export const closeModal = (state: State, user: string, isAll: boolean): void => {
  const rest = isAll ? [] : (state.modals.get(user) ?? []).slice(0, -1);
  if (rest.length === 0) state.modals.delete(user);
  else state.modals.set(user, rest);
  state.changed();
};

export const changeView = (state: State, view: StoredView, content: JsonObject): void => {
  view.content = content;
  view.hash = hashOf(state);
  view.errors = {};
  state.changed();
};

export const showErrors = (state: State, view: StoredView, errors: Readonly<Record<string, string>>): void => {
  view.errors = errors;
  state.changed();
};

export const publishHome = (state: State, user: string, content: JsonObject): StoredView => {
  const before = state.homes.get(user);
  const view = before ?? store(state, content, 'home', null);
  if (before !== undefined) changeView(state, before, content);
  state.homes.set(user, view);
  state.changed();
  return view;
};

/** A modal that is open, and whose it is. */
export const findModal = (state: State, is: (view: StoredView) => boolean): [string, StoredView] | undefined => {
  for (const [user, stack] of state.modals) {
    const view = stack.find(is);
    if (view !== undefined) return [user, view];
  }
  return undefined;
};

/** A view as the bot is told of it. */
export const viewJson = (state: State, view: StoredView, values: JsonObject = {}): JsonObject => ({
  id: view.id,
  team_id: state.team.id,
  private_metadata: '',
  callback_id: '',
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  submit: null,
  external_id: '',
  title: { type: 'plain_text', text: 'View Title', emoji: true },
  ...view.content,
  state: { values },
  hash: view.hash,
  previous_view_id: view.previousId,
  root_view_id: view.rootId,
  app_id: state.app.id,
  app_installed_team_id: state.team.id,
  bot_id: state.app.botId,
});

const labelOf = (content: JsonObject, field: string): string | null =>
  content[field] === undefined ? null : textOf(objectOf(content[field])['text']);

/** A view as a person sees it. */
export const seenView = (view: StoredView): WorkspaceView => ({
  id: view.id,
  hash: view.hash,
  type: view.type,
  callbackId: textOf(view.content['callback_id']),
  title: labelOf(view.content, 'title') ?? '',
  submit: labelOf(view.content, 'submit'),
  close: labelOf(view.content, 'close'),
  blocks: listOf(view.content['blocks']),
  privateMetadata: textOf(view.content['private_metadata']),
  errors: view.errors,
});
