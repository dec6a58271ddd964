import { z } from 'zod';
import type { ProviderFailure } from '../errors.ts';
import type { ReadFailure } from '../http-account.ts';

const ERROR = z.looseObject({ code: z.string(), message: z.string().exactOptional() });

/**
 * By code where the status says less. 409 `IncorrectState` is a resource that is being changed: nothing happened, ask again.
 * Oracle documents no code for a stale ETag that could be relied on; 412 decides. <https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm>, 2026-11.
 */
const KIND_OF_CODE: Readonly<Record<string, ProviderFailure>> = {
  IncorrectState: 'busy',
  ExternalServerIncorrectState: 'busy',
  TooManyRequests: 'throttled',
  NotAuthenticated: 'unauthorised',
  NotAuthorizedOrNotFound: 'not-found',
  LimitExceeded: 'rejected',
  QuotaExceeded: 'rejected',
};

const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

export const failureOf: ReadFailure = ({ status, body }) => {
  const read = ERROR.safeParse(readJson(body));
  if (!read.success) return null;
  const { code, message } = read.data;
  const told = `${message ?? 'no message'} (${code})`;
  const kind = status >= 500 ? undefined : KIND_OF_CODE[code];
  return kind === undefined ? { message: told } : { kind, message: told };
};
