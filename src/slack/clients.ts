import { type FetchFunction, type Logger, WebClient, type WebClientOptions } from '@slack/web-api';

/** How clients reach Slack. */
export interface Reach {
  /** Null for Slack's own; else it ends in `/api/`. */
  readonly endpoint: string | null;
  readonly logger: Logger;
  /** Replaces the platform's fetch, e.g. by a workspace in this process. */
  readonly fetch: FetchFunction | null;
}

/** An answer that takes longer than this has lost its reader; without a limit the SDK waits for ever. */
const ANSWER_MS = 8000;
const PROGRESS_MS = 8000;
const LOOKUP_MS = 3000;

const reachOf = ({ endpoint, logger, fetch }: Reach): WebClientOptions => ({
  logger,
  ...(endpoint === null ? {} : { slackApiUrl: endpoint }),
  ...(fetch === null ? {} : { fetch }),
});

/**
 * Options of the listeners' clients. A new object each time: Bolt writes into the one it is given. A limited call is
 * rejected, because the SDK otherwise stops every call of the client for as long as Slack says, and a trigger lives 3 s.
 */
export const answerOptions = (reach: Reach): WebClientOptions => ({
  ...reachOf(reach),
  timeout: ANSWER_MS,
  rejectRateLimitedCalls: true,
  retryConfig: { retries: 2, minTimeout: 300, factor: 2 },
});

/** The client that keeps live messages: never retries by itself, so that nothing old is said late, and never queues. */
export const progressClient = (token: string, reach: Reach): WebClient =>
  new WebClient(token, {
    ...reachOf(reach),
    timeout: PROGRESS_MS,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  });

/** The client that asks who somebody is: its limits must delay neither answers nor progress. */
export const lookupClient = (token: string, reach: Reach): WebClient =>
  new WebClient(token, {
    ...reachOf(reach),
    timeout: LOOKUP_MS,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 1, minTimeout: 200 },
  });

/** The client for what nobody waits for: App Home and files. */
export const answerClient = (token: string, reach: Reach): WebClient => new WebClient(token, answerOptions(reach));
