import type { Ids } from '../ids.ts';
import type { JsonObject } from '../json.ts';
import { type Acknowledgement, DeliveryProblem, type Envelope, type Retry, type Transport } from './envelope.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response. */
const ACK_MS = 3000;
/** Slack tries an event again at once, after about a minute and after about five (https://docs.slack.dev/apis/events-api). */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

/** What became of a delivery. */
export interface Delivered {
  /** Null when nothing came within three seconds. */
  readonly acknowledgedMs: number | null;
  readonly problem: string | null;
  readonly answer: Acknowledgement;
}

export interface DispatchParts {
  readonly now: () => number;
  readonly ids: Ids;
  /** Rejects when the workspace is closed or the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The way that is in use now. */
  readonly transport: () => Transport;
  readonly isOut: () => boolean;
}

export interface Dispatch {
  /** Tells the bot of what a person did; nobody tries a second time but the person. */
  act(kind: 'slash_commands' | 'interactive', payload: JsonObject): Promise<Delivered>;
  /** Tells the bot of an event; resolves after the first try, further ones go on by themselves. */
  event(payload: JsonObject): Promise<Delivered>;
  duplicate(times: number): void;
  reorder(times: number): void;
  clear(): void;
}

export const createDispatch = (parts: DispatchParts): Dispatch => {
  let duplicates = 0;
  let reorders = 0;
  let held: (() => void)[] = [];

  /** What the work gives, or null when it takes longer. */
  const within = async <Value>(work: Promise<Value>, ms: number): Promise<{ readonly value: Value } | null> => {
    const over = new AbortController();
    const late = parts.sleep(ms, over.signal).then(
      () => null,
      () => null,
    );
    work.catch(() => {});
    try {
      return await Promise.race([work.then((value) => ({ value })), late]);
    } finally {
      over.abort();
    }
  };

  const carry = async (envelope: Envelope): Promise<Acknowledgement> => {
    if (parts.isOut()) throw new DeliveryProblem('dispatch_failed', 'connection_failed');
    const first = parts.transport()(envelope);
    if (duplicates > 0) {
      duplicates -= 1;
      parts
        .transport()(envelope)
        .catch(() => {});
    }
    return first;
  };

  /** Lets everything that was held back go after the one that has just gone. */
  const release = (): void => {
    const due = held;
    held = [];
    for (const go of due) go();
  };

  const inOrder = async (envelope: Envelope): Promise<Acknowledgement> => {
    if (reorders > 0) {
      reorders -= 1;
      await new Promise<void>((resolve) => held.push(resolve));
      return carry(envelope);
    }
    const sent = carry(envelope);
    release();
    return sent;
  };

  const attempt = async (envelope: Envelope): Promise<Delivered & { readonly reason: Retry['reason'] | null }> => {
    const startedAt = parts.now();
    try {
      const answer = await within(inOrder(envelope), ACK_MS);
      if (answer === null) {
        return { acknowledgedMs: null, problem: 'operation_timeout', answer: null, reason: 'http_timeout' };
      }
      return { acknowledgedMs: parts.now() - startedAt, problem: null, answer: answer.value, reason: null };
    } catch (error) {
      if (!(error instanceof DeliveryProblem)) throw error;
      return { acknowledgedMs: null, problem: error.code, answer: null, reason: error.reason };
    }
  };

  const retry = async (envelope: Envelope, why: Retry['reason']): Promise<void> => {
    let reason: Retry['reason'] | null = why;
    for (const [index, waitMs] of RETRY_AFTER_MS.entries()) {
      await parts.sleep(waitMs, new AbortController().signal);
      if (reason === null) return;
      ({ reason } = await attempt({ ...envelope, retry: { attempt: index + 1, reason } }));
    }
  };

  return {
    act: (kind, payload) => attempt({ id: parts.ids.uuid(), kind, payload, retry: null }),
    event: async (payload) => {
      const envelope: Envelope = { id: parts.ids.uuid(), kind: 'events_api', payload, retry: null };
      const first = await attempt(envelope);
      // A workspace that is closed ends the waits by rejecting them; nothing is left to say then.
      if (first.reason !== null) retry(envelope, first.reason).catch(() => {});
      return first;
    },
    duplicate: (times) => {
      duplicates = times;
    },
    reorder: (times) => {
      reorders = times;
    },
    clear: () => {
      duplicates = 0;
      reorders = 0;
      release();
    },
  };
};
