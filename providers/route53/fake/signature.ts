import { Refusal } from './refusal.ts';
import type { FakeRequest } from './wire.ts';

export type Scope = { readonly accessKeyId: string; readonly region: string; readonly service: string };

const SIGV4 =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;

const mismatch = (message: string): Refusal => new Refusal('SignatureDoesNotMatch', 403, message);

/** `20261120T120000Z` as epoch milliseconds; NaN where it has another form. */
const instantOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

export type ScopeRules = {
  readonly service: string;
  /** Undefined where the service takes any. */
  readonly region: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly maxSkewMs: number;
};

/**
 * Reads a SigV4 `Authorization` header and judges all of it that needs no secret: form, date, skew, service, region and that
 * the host and the date are signed (AWS General Reference, "Signature Version 4").
 */
export const readScope = (request: FakeRequest, rules: ScopeRules): Scope => {
  const { service, region, at, maxSkewMs } = rules;
  const { authorization: header } = request.headers;
  if (header === undefined)
    throw new Refusal('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  const match = SIGV4.exec(header);
  if (match === null)
    throw new Refusal('IncompleteSignature', 400, 'Authorization header is not a complete AWS4-HMAC-SHA256 signature');
  const [, accessKeyId = '', day = '', itsRegion = '', itsService = '', signed = ''] = match;
  const stamp = request.headers['x-amz-date'] ?? '';
  if (!stamp.startsWith(day))
    throw mismatch(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP`);
  const skew = Math.abs(instantOf(stamp) - at);
  if (!(skew <= maxSkewMs)) throw mismatch(`Signature not yet current or expired: ${stamp}`);
  if (itsService !== service) throw mismatch(`Credential should be scoped to correct service: '${service}'.`);
  if (region !== undefined && itsRegion !== region)
    throw mismatch(`Credential should be scoped to a valid region, not '${itsRegion}'.`);
  const names = signed.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date'))
    throw mismatch("'Host' and 'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.");
  return { accessKeyId, region: itsRegion, service: itsService };
};
