import type { JsonObject } from '../json.ts';
import type { Json } from '../types.ts';

/** Why and how often something is sent again. */
export interface Retry {
  readonly attempt: number;
  readonly reason: 'http_timeout' | 'http_error' | 'connection_failed';
}

/** One thing that the bot is told. */
export interface Envelope {
  /** The same for every delivery of the same thing. */
  readonly id: string;
  readonly kind: 'slash_commands' | 'interactive' | 'events_api';
  readonly payload: JsonObject;
  readonly retry: Retry | null;
  /**
   * Told of the acknowledgement at the instant at which it arrives, so that what it does comes before what the bot's
   * next call does.
   */
  readonly acknowledged: (answer: Acknowledgement) => void;
}

/** What the bot said: nothing (null), text, or an object. */
export type Acknowledgement = Json;

/** Nobody took it. `code` is what Slack shows a person; `reason` is what a retry says. */
export class DeliveryProblem extends Error {
  readonly code: string;
  readonly reason: Retry['reason'];

  constructor(code: string, reason: Retry['reason']) {
    super(code);
    this.name = 'DeliveryProblem';
    this.code = code;
    this.reason = reason;
  }
}

/**
 * How envelopes reach the bot. Resolves once it is acknowledged; rejects with a `DeliveryProblem`; may never settle,
 * as a bot that never answers.
 */
export type Transport = (envelope: Envelope) => Promise<void>;
