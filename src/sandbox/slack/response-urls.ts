import type { WireRequest, WireResponse } from '../wire.ts';
import { ApiError } from './api-error.ts';
import { createArguments } from './arguments.ts';
import { readContent } from './content.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import { editMessage, postMessage, removeMessage } from './messages.ts';
import type { State, StoredChannel, StoredMessage } from './state.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: five uses within half an hour. */
const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;
const MOST_TEXT = 40_000;

interface ResponseUrl {
  readonly user: string;
  readonly channel: StoredChannel;
  /** The message that was acted on; null for a command. */
  readonly message: StoredMessage | null;
  readonly madeAt: number;
  uses: number;
}

export interface ResponseUrls {
  /** An address at which the bot can answer one act of a user. */
  make(user: string, channel: StoredChannel, message: StoredMessage | null): string;
  /** What was posted to an address of this workspace, by its path. */
  handle(path: string, request: WireRequest): WireResponse;
}

const NAMES = [
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'parse',
  'link_names',
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
];

/** Posts what an answer says: for all or for one person, in place of the original or beside it. Throws `ApiError`. */
export const respond = (state: State, to: Omit<ResponseUrl, 'madeAt' | 'uses'>, body: JsonObject): void => {
  const args = createArguments(body, NAMES);
  const { channel, message, user } = to;
  const original = message !== null && channel.messages.includes(message) && !message.isDeleted ? message : null;
  if (args.flag('delete_original', false)) {
    if (original !== null) removeMessage(state, channel, original);
    return;
  }
  const content = readContent(args, { mostText: MOST_TEXT, parseByDefault: 'none' });
  if (args.flag('replace_original', false) && original !== null) {
    editMessage(state, original, content);
    return;
  }
  const isForAll = args.text('response_type') === 'in_channel';
  if (isForAll && channel.isArchived) throw new ApiError('is_archived');
  postMessage(state, {
    ...content,
    channel,
    user: state.app.botUserId,
    threadTs: args.text('thread_ts') ?? message?.threadTs ?? null,
    isBroadcast: false,
    ephemeralTo: isForAll ? null : user,
    files: [],
  });
};

const refusal = (status: number, error: string): WireResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ ok: false, error }),
});

export const createResponseUrls = (state: State): ResponseUrls => {
  const made = new Map<string, ResponseUrl>();
  const forget = (): void => {
    // Dead ones are kept for a while, so that the refusal can say that they are.
    for (const [path, { madeAt }] of made) {
      if (state.now() - madeAt <= 2 * LIFE_MS) return;
      made.delete(path);
    }
  };

  return {
    make: (user, channel, message) => {
      forget();
      const kind = message === null ? 'commands' : 'actions';
      const path = `/${kind}/${state.team.id}/${made.size + 1}${state.ids.secret(8)}/${state.ids.secret(24)}`;
      made.set(path, { user, channel, message, madeAt: state.now(), uses: 0 });
      return `${state.origin}${path}`;
    },
    handle: (path, request) => {
      const url = made.get(path);
      if (url === undefined) return refusal(404, 'no_service');
      if (state.now() - url.madeAt > LIFE_MS) return refusal(404, 'expired_url');
      if (url.uses >= MOST_USES) return refusal(404, 'used_url');
      const body = parseJson(request.body);
      if (!isObject(body)) return refusal(400, 'invalid_payload');
      try {
        respond(state, url, body);
      } catch (error) {
        if (error instanceof ApiError) return refusal(400, error.code);
        throw error;
      }
      url.uses += 1;
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
    },
  };
};
