import { z } from 'zod';
import { ProviderError, type ProviderFailure } from '../errors.ts';

/** Whether a call changes something: an answer that never came means something else then. */
export type Effect = 'read' | 'write';

/** Names of errors, never their texts: texts change, and one SDK release lost them (aws-sdk-js-v3 PR 7717). */
const BY_NAME: Readonly<Record<string, ProviderFailure>> = {
  InvalidChangeBatch: 'conflict',
  PriorRequestNotComplete: 'busy',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  AccessDenied: 'unauthorised',
  AccessDeniedException: 'unauthorised',
  NotAuthorized: 'unauthorised',
  UnauthorizedOperation: 'unauthorised',
  UnrecognizedClientException: 'unauthorised',
  InvalidClientTokenId: 'unauthorised',
  InvalidAccessKeyId: 'unauthorised',
  SignatureDoesNotMatch: 'unauthorised',
  InvalidSignatureException: 'unauthorised',
  IncompleteSignature: 'unauthorised',
  MissingAuthenticationToken: 'unauthorised',
  ExpiredToken: 'unauthorised',
  ExpiredTokenException: 'unauthorised',
  RequestExpired: 'unauthorised',
  OptInRequired: 'unauthorised',
  CredentialsProviderError: 'unauthorised',
  TokenProviderError: 'unauthorised',
  NoSuchHostedZone: 'not-found',
  NoSuchHealthCheck: 'rejected',
  InvalidInput: 'rejected',
};

/** The connection never came about, so nothing was sent. A reset is not among them: it may follow the effect. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const THROWN = z.object({
  name: z.string().catch(''),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
  $fault: z.string().optional().catch(undefined),
});

type Thrown = z.infer<typeof THROWN>;

const NOTHING: Thrown = { name: '', message: '' };

/** A service error has a fault and a status below 500: the service has read the request and said no. */
const byStatus = (status: number | undefined, isServiceError: boolean): ProviderFailure | null => {
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'unauthorised';
  if (status !== undefined && status >= 400 && status < 500 && isServiceError) return 'rejected';
  return null;
};

const kindOf = (thrown: Thrown, effect: Effect): ProviderFailure => {
  const status = thrown.$metadata?.httpStatusCode;
  const isServerFault = status !== undefined && status >= 500;
  // A gateway may put any name on a 5xx; whether the request went through it is unknown.
  const named = isServerFault ? undefined : BY_NAME[thrown.name];
  if (named !== undefined) return named;
  if (thrown.code !== undefined && NEVER_SENT.has(thrown.code)) return 'unavailable';
  const refused = byStatus(status, thrown.$fault !== undefined);
  if (refused !== null) return refused;
  if (effect === 'write') return 'unknown-outcome';
  // An answer with a good status that cannot be read is no answer; everything else is a connection that broke.
  return status !== undefined && !isServerFault ? 'unreadable' : 'unavailable';
};

/**
 * What the SDK threw, as one of our closed kinds. Decided by the error's name, code and HTTP status alone. A write whose
 * answer was lost, late, a 5xx or unreadable is `unknown-outcome`; the same for a read is `unavailable` or `unreadable`.
 */
export const failureOf = (cause: unknown, what: string, effect: Effect): ProviderError => {
  if (cause instanceof ProviderError) return cause;
  const parsed = THROWN.safeParse(cause);
  const thrown = parsed.success ? parsed.data : NOTHING;
  const kind = kindOf(thrown, effect);
  const said = [thrown.name, thrown.code, thrown.message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  return new ProviderError(kind, `${what}: ${said === '' ? 'failed without a reason' : said}`, { cause });
};

/** What the SDK threw, by name alone; for answers that are no failure, such as a change that nobody knows. */
export const isNamed = (cause: unknown, name: string): boolean => {
  const parsed = THROWN.safeParse(cause);
  return parsed.success && parsed.data.name === name;
};
