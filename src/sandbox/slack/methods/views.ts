import { ApiError, argumentError } from '../api-error.ts';
import type { Arguments } from '../arguments.ts';
import type { JsonObject } from '../json.ts';
import type { State, StoredView } from '../state.ts';
import { changeView, checkedView, findModal, openModal, publishHome, pushModal, viewJson } from '../views.ts';
import type { Method } from './method.ts';

const VIEW = { tier: 4, token: 'bot', scopes: [] } as const;

const checkHash = (args: Arguments, view: StoredView | undefined): void => {
  const hash = args.text('hash');
  if (hash !== undefined && hash !== '' && view !== undefined && view.hash !== hash)
    throw new ApiError('hash_conflict');
};

const checkExternalId = (state: State, content: JsonObject, except?: StoredView): void => {
  const id = content['external_id'];
  if (id === undefined || id === '') return;
  const taken = findModal(state, (view) => view !== except && view.content['external_id'] === id);
  if (taken !== undefined) throw new ApiError('duplicate_external_id');
};

/** Opening and pushing need a person's act: it is checked first, and used up only by a call that succeeds. */
const byTrigger = (open: (state: State, user: string, content: JsonObject) => StoredView): Method => ({
  ...VIEW,
  arguments: ['trigger_id', 'view', 'interactivity_pointer'],
  run: (args, { state, triggers }) => {
    const trigger = args.required('trigger_id');
    const user = triggers.check(trigger);
    const content = checkedView(state, args.structure('view'), 'modal');
    checkExternalId(state, content);
    const view = open(state, user, content);
    triggers.use(trigger);
    return { view: viewJson(state, view) };
  },
});

const update: Method = {
  ...VIEW,
  arguments: ['view_id', 'external_id', 'view', 'hash'],
  run: (args, { state }) => {
    const id = args.text('view_id') ?? '';
    const externalId = args.text('external_id') ?? '';
    if ((id === '') === (externalId === '')) throw argumentError(['needs one of view_id and external_id']);
    const found = findModal(state, (view) => (id === '' ? view.content['external_id'] === externalId : view.id === id));
    // Its user has closed it, or it never was.
    if (found === undefined) throw new ApiError('not_found');
    const [, view] = found;
    const content = checkedView(state, args.structure('view'), 'modal');
    checkExternalId(state, content, view);
    checkHash(args, view);
    changeView(state, view, content);
    return { view: viewJson(state, view) };
  },
};

const publish: Method = {
  ...VIEW,
  arguments: ['user_id', 'view', 'hash'],
  run: (args, { state }) => {
    const user = args.required('user_id');
    if (!state.users.has(user)) throw argumentError(['invalid `user_id`']);
    const content = checkedView(state, args.structure('view'), 'home');
    checkHash(args, state.homes.get(user));
    return { view: viewJson(state, publishHome(state, user, content)) };
  },
};

export const VIEWS: Readonly<Record<string, Method>> = {
  'views.open': byTrigger(openModal),
  'views.push': byTrigger(pushModal),
  'views.update': update,
  'views.publish': publish,
};
