import { z } from 'zod';
import type { ProviderFailure } from '../errors.ts';
import type { HttpResponse } from '../http.ts';
import type { ReadFailure } from '../http-account.ts';

const ERROR = z.looseObject({ errorCode: z.int(), errorMessage: z.string().optional() });
const OAUTH = z.looseObject({ error: z.string(), error_description: z.string().optional() });

/** Usually a list, sometimes one object, and OAuth's own shape from the login. */
const ERRORS = z.union([z.array(ERROR).min(1), ERROR, OAUTH]);

interface Said {
  /** Null in OAuth's shape, which has none. */
  readonly code: number | null;
  readonly message: string;
}

/** Codes that this folder decides by: from the vendor's Java client (`UltraRestErrorConstant`, 2023) and its Go SDK's tests. */
const CODES = {
  badLogin: 60001,
  noSuchZone: 1801,
  tooMany: 340001,
  systemError: 9999,
} as const;

const KINDS: Readonly<Record<number, ProviderFailure>> = {
  [CODES.noSuchZone]: 'not-found',
  70002: 'not-found',
  56001: 'not-found',
  // Exists already: somebody was faster.
  1802: 'conflict',
  2111: 'conflict',
  // A deadlock in the vendor's database: rolled back, "retry request again after some time".
  32000: 'busy',
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

const saidIn = (body: string): Said | null => {
  const found = ERRORS.safeParse(parsed(body));
  if (!found.success) return null;
  const said = Array.isArray(found.data) ? found.data[0] : found.data;
  if (said === undefined) return null;
  if ('errorCode' in said) {
    const error = ERROR.parse(said);
    return { code: error.errorCode, message: error.errorMessage ?? 'no reason given' };
  }
  const oauth = OAUTH.parse(said);
  return { code: null, message: oauth.error_description ?? oauth.error };
};

const isAuthorisation = (code: number): boolean => code >= 60001 && code <= 60018;

export const failureOf: ReadFailure = ({ body }) => {
  const said = saidIn(body);
  if (said === null) return null;
  const message = said.code === null ? said.message : `${said.message} (error ${said.code})`;
  const kind = said.code === null ? undefined : isAuthorisation(said.code) ? 'unauthorised' : KINDS[said.code];
  return kind === undefined ? { message } : { kind, message };
};

/** Whether a 404 is about the zone and not about a record of it. */
export const isAboutZone = ({ body }: Pick<HttpResponse, 'body'>): boolean => saidIn(body)?.code === CODES.noSuchZone;

const STATUS: Readonly<Record<number, number>> = {
  // An expired token is 401, but a 400 with this code was seen too.
  [CODES.badLogin]: 401,
  [CODES.tooMany]: 429,
  // "System Error", seen now and then and gone the next time: nothing is known about the effect.
  [CODES.systemError]: 500,
};

/** The answer with the status that its code means, where the vendor's status says less. */
export const normalised = (response: HttpResponse): HttpResponse => {
  if (response.status < 400) return response;
  const code = saidIn(response.body)?.code ?? null;
  const status = code === null ? undefined : STATUS[code];
  return status === undefined ? response : { ...response, status };
};
