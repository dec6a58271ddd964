/** What an error says about itself in fixed fields; messages may hold account ids, URLs and tokens, so nobody reads them. */
interface Named {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly kind?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown } | undefined;
}

const isNamed = (error: unknown): error is Named => typeof error === 'object' && error !== null;

const word = (text: unknown): string | null =>
  typeof text === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(text) ? text : null;

const DENIED = /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/;
const CREDENTIALS =
  /^(CredentialsProviderError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|MissingAuthenticationToken|InvalidSignature|IncompleteSignature)/;
const THROTTLED = /^(Throttl|TooManyRequests|RequestLimitExceeded)/;
const LATE = /^(AbortError|TimeoutError|TaskCancelledError)$/;

/**
 * Why a call failed, in words that are safe to show: the error's name, code and HTTP status, never its message.
 * `action` is what was tried, in the vendor's words, e.g. `cloudwatch:GetMetricData`.
 */
export const failureText = (error: unknown, action: string): string => {
  if (!isNamed(error)) return `${action} failed`;
  const name = word(error.name) ?? 'unknown error';
  const code = word(error.code);
  if (DENIED.test(name)) return `${action} was refused (${name}): the credentials in use may not call it`;
  if (CREDENTIALS.test(name)) return `${action} was refused (${name}): the credentials are missing, expired or wrong`;
  if (THROTTLED.test(name)) return `${action} was throttled (${name})`;
  // A reset is called TimeoutError, too (AWS SDK for JavaScript v3, November 2026), so the code speaks first.
  if (code !== null) return `${action} got no usable answer (${code})`;
  if (LATE.test(name)) return `${action} was not answered in time (${name})`;
  const kind = word(error.kind);
  const status = error.$metadata?.httpStatusCode;
  const details = [name, kind, typeof status === 'number' ? `HTTP ${status}` : null].filter((part) => part !== null);
  return `${action} failed (${details.join(', ')})`;
};
