import type { Instant } from '../../domain/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../log.ts';
import type { Rendered } from '../rendered.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Lane, Lanes } from './lanes.ts';
import type { Place } from './memory.ts';
import { type Content, QUIET, QUIET_POST, type Reply, type SlackPort } from './port.ts';

export type Told<T = null> =
  | { readonly ok: true; readonly value: T; readonly isPlain: boolean }
  | { readonly ok: false; readonly failure: Failure };

/** The message with or without what only decorates it. */
export type Make = (isDecorated: boolean) => Rendered;

export interface Thread {
  readonly channel: string;
  /** Null at the top of the channel. */
  readonly threadTs: string | null;
  readonly isBroadcast: boolean;
}

export interface SpeakerParts {
  readonly port: SlackPort;
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly log: Log;
}

/** A call that takes longer has lost its answer: the client itself gives up earlier. */
const MOST_CALL_MS = 15_000;
/** Between two looks of one message, so that a refused one costs no limit. */
const NEXT_LOOK_MS = 2100;
const MOST_PLAIN = 3000;

class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

const plainOf = ({ text }: Rendered): Content => ({
  text: text.length <= MOST_PLAIN ? text : `${text.slice(0, MOST_PLAIN).toWellFormed()}…`,
});

const contentOf = (message: Rendered): Content =>
  message.blocks.length === 0 ? plainOf(message) : { text: message.text, blocks: [...message.blocks] };

/** Calls Slack, one call after the other. Never throws: what went wrong is a value, and has taught the lanes. */
export class Speaker {
  readonly #parts: SpeakerParts;
  /** Off from the first time that Slack took a message only without its decoration. */
  #isDecorated = true;

  constructor(parts: SpeakerParts) {
    this.#parts = parts;
  }

  post({ channel, threadTs, isBroadcast }: Thread, make: Make): Promise<Told<Place>> {
    const thread: Reply =
      threadTs === null ? { reply_broadcast: false } : { thread_ts: threadTs, reply_broadcast: isBroadcast };
    return this.#inSomeLook(make, false, (content) =>
      this.call('post', channel, async () => {
        const posted = await this.#parts.port.chat.postMessage({ channel, ...thread, ...QUIET_POST, ...content });
        return { channel: posted.channel ?? channel, ts: posted.ts ?? '' };
      }),
    );
  }

  edit({ channel, ts }: Place, make: Make, isPlain: boolean): Promise<Told> {
    return this.#inSomeLook(make, isPlain, (content) =>
      this.call('edit', channel, async () => {
        await this.#parts.port.chat.update({ channel, ts, ...QUIET, ...content });
        return null;
      }),
    );
  }

  async call<T>(lane: Lane, channel: string, send: () => Promise<T>): Promise<Told<T>> {
    const { clock, lanes } = this.#parts;
    const done = new AbortController();
    const late = clock.sleep(MOST_CALL_MS, done.signal).then(
      () => Promise.reject(new TimedOut(`no answer within ${MOST_CALL_MS} ms`)),
      () => new Promise<never>(() => {}),
    );
    try {
      const value = await Promise.race([send(), late]);
      lanes.worked(channel, this.#now());
      return { ok: true, value, isPlain: false };
    } catch (error) {
      const failure = failureOf(error);
      lanes.failed(lane, channel, failure, this.#now());
      return { ok: false, failure };
    } finally {
      done.abort();
      lanes.spent(lane, this.#now());
    }
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }

  async #inSomeLook<T>(make: Make, isPlain: boolean, send: (content: Content) => Promise<Told<T>>): Promise<Told<T>> {
    const decorated = this.#isDecorated && !isPlain;
    if (!isPlain) {
      const told = await send(contentOf(make(decorated)));
      if (told.ok || told.failure.kind !== 'form') return told;
      this.#complain(told.failure.error);
      await this.#parts.clock.sleep(NEXT_LOOK_MS, new AbortController().signal);
    }
    if (decorated) {
      const told = await send(contentOf(make(false)));
      if (told.ok) this.#isDecorated = false;
      if (told.ok || told.failure.kind !== 'form') return told;
      await this.#parts.clock.sleep(NEXT_LOOK_MS, new AbortController().signal);
    }
    const told = await send(plainOf(make(false)));
    return told.ok ? { ...told, isPlain: true } : told;
  }

  #complain(error: string): void {
    this.#parts.log.warn({ event: 'slack.look-refused', error }, 'Slack did not take the blocks of a message');
  }
}
