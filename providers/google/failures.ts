import { z } from 'zod';
import type { ProviderFailure } from '../errors.ts';
import type { ReadFailure } from '../http-account.ts';

const ERROR = z.looseObject({
  error: z.looseObject({
    message: z.string().exactOptional(),
    errors: z.array(z.looseObject({ reason: z.string().exactOptional() })).exactOptional(),
  }),
});

/** The token endpoint speaks OAuth's own form: RFC 6749, section 5.2. */
const TOKEN_ERROR = z.looseObject({ error: z.string(), error_description: z.string().exactOptional() });

/** Decided by the reason, where the status says something else: both quota reasons come as 403, which is no lack of rights. */
const KIND_OF_REASON: Readonly<Record<string, ProviderFailure>> = {
  conditionNotMet: 'conflict',
  alreadyExists: 'conflict',
  rateLimitExceeded: 'throttled',
  userRateLimitExceeded: 'throttled',
  quotaExceeded: 'too-large',
};

const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

export const failureOf: ReadFailure = ({ body }) => {
  const read = ERROR.safeParse(readJson(body));
  if (!read.success) return null;
  const { message, errors } = read.data.error;
  const reason = errors?.[0]?.reason;
  const kind = reason === undefined ? undefined : KIND_OF_REASON[reason];
  const told = `${message ?? 'no message'}${reason === undefined ? '' : ` (${reason})`}`;
  return kind === undefined ? { message: told } : { kind, message: told };
};

/** A refused assertion is 400 `invalid_grant`: credentials, and nothing about the request. */
export const tokenFailureOf: ReadFailure = ({ status, body }) => {
  if (status >= 500 || status === 429) return null;
  const read = TOKEN_ERROR.safeParse(readJson(body));
  const why = read.success ? `${read.data.error}: ${read.data.error_description ?? 'no more is said'}` : `${status}`;
  return { kind: 'unauthorised', message: `no token was given (${why})` };
};
