import { type FetchFunction, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Log } from './log.ts';
import type { Rendered, RenderedView } from './rendered.ts';
import { viewOf } from './view-of.ts';

/** Where a person stands, so that an answer finds him. */
export interface Place {
  readonly user: string;
  /** Null in App Home and modals. */
  readonly channel: string | null;
  readonly threadTs: string | null;
  /** Takes five answers within half an hour. */
  readonly responseUrl: string | null;
}

export interface AnswerParts {
  readonly client: WebClient;
  readonly fetch: FetchFunction;
  readonly log: Log;
  /** Null for Slack's own: then only its hosts are answered to. */
  readonly endpoint: string | null;
}

const RESPONSE_MS = 5000;

/** What keeps text text: nothing is turned into a link or a mention; what all can see shows no picture of a link either. */
const PLAIN = { parse: 'none', link_names: false } as const;
const PLAIN_POST = { ...PLAIN, unfurl_links: false, unfurl_media: false } as const;

/** Blocks that Slack does not take cost the decoration, not the answer. */
const BLOCK_ERRORS: ReadonlySet<string> = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

const isBlockError = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && BLOCK_ERRORS.has(String(error.data.error));

const kindOf = (error: unknown): string => {
  if (error instanceof WebAPIPlatformError) return String(error.data.error);
  return error instanceof Error ? error.name : 'unknown';
};

/** Answers one person, alone. An answer that cannot be given is logged and never undoes what was done. */
export class Answers {
  readonly #parts: AnswerParts;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  /** Tries where the person is first: by the interaction itself, in the channel, and last in a direct message. */
  async tell(place: Place, message: Rendered): Promise<void> {
    if (place.responseUrl !== null && (await this.#respond(place.responseUrl, { ...this.#body(message) }))) return;
    if (place.channel !== null && (await this.#inChannel(place.channel, place, message))) return;
    if (await this.#post(place.user, message)) return;
    this.#parts.log.warn({ event: 'slack.unanswered', user: place.user }, 'an answer could not be given');
  }

  /** Takes an ephemeral message away. */
  async remove({ responseUrl }: Place): Promise<void> {
    if (responseUrl !== null) await this.#respond(responseUrl, { delete_original: true });
  }

  /** Opens a modal; null when the trigger was too old or Slack would not. */
  async open(triggerId: string, view: RenderedView, metadata: string): Promise<string | null> {
    try {
      const { view: opened } = await this.#parts.client.views.open({
        trigger_id: triggerId,
        view: viewOf(view, metadata),
      });
      return opened?.id ?? null;
    } catch (error) {
      this.#failed('views.open', error);
      return null;
    }
  }

  /** Shows a modal's next state; false when it is not open any more. */
  async update(viewId: string, view: RenderedView, metadata: string): Promise<boolean> {
    try {
      await this.#parts.client.views.update({ view_id: viewId, view: viewOf(view, metadata) });
      return true;
    } catch (error) {
      this.#failed('views.update', error);
      return false;
    }
  }

  async publishHome(user: string, view: RenderedView): Promise<void> {
    try {
      const { blocks, callbackId } = view;
      await this.#parts.client.views.publish({
        user_id: user,
        view: { type: 'home', callback_id: callbackId, blocks: [...blocks] },
      });
    } catch (error) {
      this.#failed('views.publish', error);
    }
  }

  #body({ text, blocks }: Rendered): Record<string, unknown> {
    const shown = blocks.length === 0 ? {} : { blocks };
    return { ...PLAIN, text, ...shown, response_type: 'ephemeral', replace_original: false };
  }

  #mayRespondTo(responseUrl: string): boolean {
    const url = URL.parse(responseUrl);
    if (this.#parts.endpoint !== null) return url?.host === URL.parse(this.#parts.endpoint)?.host;
    return url?.protocol === 'https:' && /(^|\.)slack\.com$/.test(url.hostname);
  }

  async #respond(responseUrl: string, body: Record<string, unknown>): Promise<boolean> {
    if (!this.#mayRespondTo(responseUrl)) return false;
    try {
      const answer = await this.#parts.fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(RESPONSE_MS),
      });
      return answer.ok;
    } catch (error) {
      this.#failed('response_url', error);
      return false;
    }
  }

  async #inChannel(channel: string, { user, threadTs }: Place, message: Rendered): Promise<boolean> {
    const thread = threadTs === null ? {} : { thread_ts: threadTs };
    return this.#withPlainTextLast('chat.postEphemeral', message, (shown) =>
      this.#parts.client.chat.postEphemeral({ channel, user, ...thread, ...PLAIN, ...shown }),
    );
  }

  async #post(channel: string, message: Rendered): Promise<boolean> {
    return this.#withPlainTextLast('chat.postMessage', message, (shown) =>
      this.#parts.client.chat.postMessage({ channel, ...PLAIN_POST, ...shown }),
    );
  }

  async #withPlainTextLast(
    method: string,
    { text, blocks }: Rendered,
    send: (shown: { text: string; blocks?: Rendered['blocks'][number][] }) => Promise<unknown>,
  ): Promise<boolean> {
    try {
      await send(blocks.length === 0 ? { text } : { text, blocks: [...blocks] });
      return true;
    } catch (error) {
      this.#failed(method, error);
      if (!isBlockError(error)) return false;
    }
    try {
      await send({ text });
      return true;
    } catch (error) {
      this.#failed(method, error);
      return false;
    }
  }

  #failed(method: string, error: unknown): void {
    this.#parts.log.warn({ event: 'slack.call-failed', method, kind: kindOf(error) }, 'Slack did not take a call');
  }
}
