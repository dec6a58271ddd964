import type { Arguments } from '../arguments.ts';
import type { JsonObject } from '../json.ts';
import type { RateLimits, Tier } from '../rate-limits.ts';
import type { State } from '../state.ts';
import type { Tickets } from '../tickets.ts';
import type { Triggers } from '../triggers.ts';

/** What the methods work on. */
export interface Workshop {
  readonly state: State;
  readonly triggers: Triggers;
  readonly limits: RateLimits;
  readonly tickets: Tickets;
}

/** One method of the Web API. */
export interface Method {
  readonly tier: Tier;
  /** The kind of token that it takes. */
  readonly token: 'bot' | 'app' | 'none';
  /** One of these scopes suffices; none is needed where the list is empty. */
  readonly scopes: readonly string[];
  /** Every argument that it knows. */
  readonly arguments: readonly string[];
  /** The answer without `ok`. Throws `ApiError`, or `RateLimited` for a limit of its own. */
  run(args: Arguments, workshop: Workshop): JsonObject;
}

/** A limit that only the method itself can see, such as that of one channel. */
export class RateLimited extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('ratelimited');
    this.name = 'RateLimited';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
