import { ApiError } from '../api-error.ts';
import { isList, isObject, type JsonObject, listOf, objectOf, textOf } from '../json.ts';
import type { StoredView } from '../state.ts';
import type { Acted, InputValues, Json } from '../types.ts';
import { changeView, checkedView, closeModal, findModal, pushModal, showErrors, viewJson } from '../views.ts';
import { actedOf, interactionBase, NOTHING_SENT, type Stage, userOf } from './actor.ts';
import { formErrors, inputBlockIds, stateValues } from './input-values.ts';

const topmost = ({ state }: Stage, user: string, id: string): StoredView => {
  const view = state.modals.get(user)?.at(-1);
  if (view?.id !== id) throw new TypeError(`the topmost modal of ${user} is not ${id}`);
  return view;
};

const blocksOf = (view: StoredView): readonly Json[] => listOf(view.content['blocks']);

/** `errors` must name inputs of the view that was sent; otherwise nothing can be shown. */
const applyErrors = (stage: Stage, view: StoredView, given: Json | undefined): string | null => {
  const errors = Object.entries(objectOf(given));
  const known = inputBlockIds(blocksOf(view));
  const isUsable = errors.length > 0 && errors.every(([id, text]) => known.includes(id) && textOf(text) !== '');
  if (!isUsable) return 'invalid_view_response: errors must be sentences by the block_id of inputs';
  showErrors(stage.state, view, Object.fromEntries(errors.map(([id, text]) => [id, textOf(text)])));
  return null;
};

const apply = (stage: Stage, user: string, view: StoredView, answer: JsonObject): string | null => {
  const { state } = stage;
  switch (answer['response_action']) {
    case undefined:
      closeModal(state, user, false);
      return null;
    case 'clear':
      closeModal(state, user, true);
      return null;
    case 'errors':
      return applyErrors(stage, view, answer['errors']);
    case 'update':
      changeView(state, view, checkedView(state, answer['view'], 'modal'));
      return null;
    case 'push':
      pushModal(state, user, checkedView(state, answer['view'], 'modal'));
      return null;
    default:
      return 'invalid_view_response: unknown response_action';
  }
};

const detailOf = ({ code, details }: ApiError): string => {
  const messages = objectOf(details['response_metadata'])['messages'];
  return isList(messages) ? `${code}: ${messages.map(textOf).join('; ')}` : code;
};

/** Does to the modal what the acknowledgement says; the sentence is what Slack would show where it cannot. */
const applyAnswer = (stage: Stage, user: string, id: string, answer: Json): string | null => {
  const found = findModal(stage.state, (view) => view.id === id);
  // Its user closed it while the bot thought.
  if (found === undefined) return null;
  try {
    return apply(stage, user, found[1], isObject(answer) ? answer : {});
  } catch (error) {
    if (error instanceof ApiError) return detailOf(error);
    throw error;
  }
};

/** The submit button of the topmost modal. */
export const submit = async (stage: Stage, userId: string, id: string, values: InputValues): Promise<Acted> => {
  const { state } = stage;
  const user = userOf(state, userId);
  const view = topmost(stage, userId, id);
  if (view.content['submit'] === undefined) throw new TypeError(`the modal ${id} has nothing to submit`);
  const held = stateValues(blocksOf(view), values);
  const errors = formErrors(blocksOf(view), held);
  showErrors(state, view, errors);
  if (Object.keys(errors).length > 0) return NOTHING_SENT;
  const payload: JsonObject = {
    type: 'view_submission',
    ...interactionBase(state, user),
    trigger_id: stage.triggers.make(user.id),
    view: viewJson(state, view, held),
    response_urls: [],
  };
  const applied = (answer: Json): string | null => applyAnswer(stage, userId, id, answer);
  return actedOf(await stage.dispatch.act('interactive', payload, applied));
};

/** The close button of the topmost modal. */
export const close = async (stage: Stage, userId: string, id: string): Promise<void> => {
  const { state } = stage;
  const user = userOf(state, userId);
  const view = topmost(stage, userId, id);
  const isAll = view.content['clear_on_close'] === true;
  closeModal(state, userId, isAll);
  if (view.content['notify_on_close'] !== true) return;
  await stage.dispatch.act('interactive', {
    type: 'view_closed',
    ...interactionBase(state, user),
    view: viewJson(state, view),
    is_cleared: isAll,
  });
};
