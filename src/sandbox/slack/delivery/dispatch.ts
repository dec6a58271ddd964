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
}

/** Does what an acknowledgement says; gives the sentence that a person is shown where that is impossible. */
export type Apply = (answer: Acknowledgement) => string | null;

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
  act(kind: 'slash_commands' | 'interactive', payload: JsonObject, apply?: Apply): Promise<Delivered>;
  /** Tells the bot of an event; resolves after the first try, further ones go on by themselves. */
  event(payload: JsonObject): Promise<Delivered>;
  duplicate(times: number): void;
  reorder(times: number): void;
  clear(): void;
}

interface Tried extends Delivered {
  /** Why it is to be tried again; null when it need not be. */
  readonly reason: Retry['reason'] | null;
}

const nothing: Apply = () => null;

export const createDispatch = (parts: DispatchParts): Dispatch => {
  let duplicates = 0;
  let reorders = 0;
  let held: (() => void)[] = [];

  /** Whether the work is done in time. */
  const isWithin = async (work: Promise<void>, ms: number): Promise<boolean> => {
    const over = new AbortController();
    const late = parts.sleep(ms, over.signal).then(
      () => false,
      () => false,
    );
    work.catch(() => {});
    try {
      return await Promise.race([work.then(() => true), late]);
    } finally {
      over.abort();
    }
  };

  const carry = async (envelope: Envelope): Promise<void> => {
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

  const inOrder = async (envelope: Envelope): Promise<void> => {
    if (reorders > 0) {
      reorders -= 1;
      await new Promise<void>((resolve) => held.push(resolve));
      return carry(envelope);
    }
    const sent = carry(envelope);
    release();
    return sent;
  };

  const attempt = async (sent: Omit<Envelope, 'acknowledged'>, apply: Apply): Promise<Tried> => {
    const startedAt = parts.now();
    let isOpen = true;
    let problem: string | null = null;
    // Only the first acknowledgement counts, and only while somebody waits for it.
    const acknowledged = (answer: Acknowledgement): void => {
      if (isOpen) problem = apply(answer);
      isOpen = false;
    };
    try {
      const isDone = await isWithin(inOrder({ ...sent, acknowledged }), ACK_MS);
      if (isDone) return { acknowledgedMs: parts.now() - startedAt, problem, reason: null };
      return { acknowledgedMs: null, problem: 'operation_timeout', reason: 'http_timeout' };
    } catch (error) {
      if (!(error instanceof DeliveryProblem)) throw error;
      return { acknowledgedMs: null, problem: error.code, reason: error.reason };
    } finally {
      isOpen = false;
    }
  };

  const retry = async (envelope: Omit<Envelope, 'acknowledged'>, why: Retry['reason']): Promise<void> => {
    let reason: Retry['reason'] | null = why;
    for (const [index, waitMs] of RETRY_AFTER_MS.entries()) {
      await parts.sleep(waitMs, new AbortController().signal);
      if (reason === null) return;
      ({ reason } = await attempt({ ...envelope, retry: { attempt: index + 1, reason } }, nothing));
    }
  };

  return {
    act: (kind, payload, apply = nothing) => attempt({ id: parts.ids.uuid(), kind, payload, retry: null }, apply),
    event: async (payload) => {
      const envelope = { id: parts.ids.uuid(), kind: 'events_api', payload, retry: null } as const;
      const first = await attempt(envelope, nothing);
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
