import { z } from 'zod';
import type { ProviderFailure } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import type { ReadFailure } from '../http-account.ts';

const ARM_ERROR = z.object({ error: z.object({ code: z.string(), message: z.string().catch('') }) });
const LOGIN_ERROR = z.object({ error: z.string(), error_description: z.string().catch('') });

const bodyOf = (response: HttpResponse): unknown => {
  try {
    return JSON.parse(response.body);
  } catch {
    return null;
  }
};

/** Codes that mean something else than their status. Somebody else's change under way is not a stale condition. */
const BY_CODE: Readonly<Record<string, ProviderFailure>> = {
  AnotherOperationInProgress: 'busy',
  ResourceGroupBeingDeleted: 'rejected',
};

const waitText = ({ headers }: HttpResponse): string => {
  const seconds = headers['retry-after'];
  return seconds === undefined ? '' : `; ask again after ${seconds} s`;
};

/** Resource Manager's `{error: {code, message}}`; a throttled answer says in Retry-After how long to wait. */
export const armFailure: ReadFailure = (response) => {
  const read = ARM_ERROR.safeParse(bodyOf(response));
  if (!read.success) return null;
  const { code, message } = read.data.error;
  const said = `${code}: ${message}${waitText(response)}`;
  const kind = response.status < 500 ? BY_CODE[code] : undefined;
  return kind === undefined ? { message: said } : { kind, message: said };
};

/**
 * The login's `{error, error_description}`. Only the code is repeated: the description is long and names the application. A
 * refused login is 400 or 401, and both mean that the credentials are no good.
 */
export const loginFailure: ReadFailure = (response) => {
  const read = LOGIN_ERROR.safeParse(bodyOf(response));
  if (!read.success) return null;
  const code = /AADSTS\d+/.exec(read.data.error_description)?.[0] ?? '';
  const message = `the login was refused: ${read.data.error} ${code}`.trimEnd();
  return response.status === 400 || response.status === 401 ? { kind: 'unauthorised', message } : { message };
};
