import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** Why a call of Slack did not do what it should, by what follows from it. */
export type Failure =
  /** Too many calls: Slack says how long to wait. */
  | { readonly kind: 'limited'; readonly waitMs: number }
  /** Slack or the way to it is away; whether the call was taken is unknown. */
  | { readonly kind: 'away'; readonly error: string }
  /** The message or its thread is not there any more, or cannot be changed any more. */
  | { readonly kind: 'gone'; readonly error: string }
  /** Slack does not take these blocks or this length. */
  | { readonly kind: 'form'; readonly error: string }
  /** Nobody, or not this bot, can write in the channel. */
  | { readonly kind: 'closed'; readonly error: string }
  /** The token or its scopes do not suffice. */
  | { readonly kind: 'denied'; readonly error: string }
  | { readonly kind: 'refused'; readonly error: string };

type Named = Exclude<Failure['kind'], 'limited'>;

/** Errors of `chat.*` and `files.*` (https://docs.slack.dev/reference/methods/chat.update, November 2026). */
const KINDS: readonly (readonly [Named, readonly string[]])[] = [
  ['gone', ['message_not_found', 'edit_window_closed', 'cant_update_message', 'is_inactive', 'thread_not_found']],
  [
    'form',
    [
      'invalid_blocks',
      'invalid_blocks_format',
      'msg_blocks_too_long',
      'msg_too_long',
      'no_text',
      'block_mismatch',
      'invalid_attachments',
    ],
  ],
  [
    'closed',
    [
      'is_archived',
      'channel_not_found',
      'not_in_channel',
      'channel_is_limited_access',
      'restricted_action',
      'restricted_action_read_only_channel',
      'restricted_action_non_threadable_channel',
      'restricted_action_thread_only_channel',
      'restricted_action_thread_locked',
    ],
  ],
  [
    'denied',
    [
      'invalid_auth',
      'not_authed',
      'account_inactive',
      'token_revoked',
      'token_expired',
      'missing_scope',
      'no_permission',
      'not_allowed_token_type',
      'access_denied',
      'ekm_access_denied',
      'org_login_required',
      'team_access_not_granted',
      'two_factor_setup_required',
    ],
  ],
  ['away', ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org']],
];

const KIND_OF: ReadonlyMap<string, Named> = new Map(
  KINDS.flatMap(([kind, errors]) => errors.map((error) => [error, kind] as const)),
);

/** Where Slack limits without saying for how long. */
const LIMITED_MS = 30_000;

const namedOf = (error: string): Failure =>
  error === 'ratelimited' || error === 'rate_limited' || error === 'message_limit_exceeded'
    ? { kind: 'limited', waitMs: LIMITED_MS }
    : { kind: KIND_OF.get(error) ?? 'refused', error };

/** Never a text of Slack's or of the network: only names that are known not to hold secrets. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', waitMs: Math.max(1, error.retryAfter) * 1000 };
  if (error instanceof WebAPIPlatformError) return namedOf(error.data.error);
  if (error instanceof WebAPIHTTPError) return { kind: 'away', error: `HTTP ${error.statusCode}` };
  return { kind: 'away', error: error instanceof Error ? error.name : 'unknown' };
};
