import type { WireRequest } from '../wire.ts';
import { CloudWatchError } from './errors.ts';

/** The operations that the fake serves. */
export const OPERATIONS = [
  'PutMetricData',
  'GetMetricData',
  'ListMetrics',
  'PutMetricAlarm',
  'DescribeAlarms',
  'SetAlarmState',
  'DeleteAlarms',
] as const;

export type Operation = (typeof OPERATIONS)[number];

const TARGET_PREFIX = 'GraniteServiceVersion20100801.';
const CREDENTIAL =
  /^AWS4-HMAC-SHA256 Credential=[^/,]+\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=/;
const SIGNATURE = /, ?Signature=[0-9a-f]{64}$/;

/** One HTTP POST is limited to 1 MB (API model of PutMetricData, 2010-08-01). */
const MAXIMUM_BODY_CHARACTERS = 1_048_576;

/** Which operation the target header names, or undefined when the fake does not serve it. */
export const operationOf = (request: WireRequest): Operation | undefined => {
  const target = request.headers['x-amz-target'] ?? '';
  if (!target.startsWith(TARGET_PREFIX)) return undefined;
  const name = target.slice(TARGET_PREFIX.length);
  return OPERATIONS.find((operation) => operation === name);
};

const checkSignature = (headers: Record<string, string>): void => {
  const { authorization } = headers;
  if (authorization === undefined)
    throw new CloudWatchError('missing-authentication-token', 'Missing Authentication Token');
  const service = CREDENTIAL.exec(authorization)?.[1];
  if (service === undefined || !SIGNATURE.test(authorization))
    throw new CloudWatchError(
      'signature-does-not-match',
      'Authorization is not a SigV4 header with a 64 digit signature.',
    );
  if (service !== 'monitoring')
    throw new CloudWatchError(
      'signature-does-not-match',
      `Credential should be scoped to correct service: 'monitoring', but is scoped to '${service}'.`,
    );
  if (!/^\d{8}T\d{6}Z$/.test(headers['x-amz-date'] ?? ''))
    throw new CloudWatchError('signature-does-not-match', 'X-Amz-Date is missing or not of the form YYYYMMDDTHHMMSSZ.');
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const parseBody = (request: WireRequest): unknown => {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new CloudWatchError(
      'serialization-exception',
      `This server reads plain bodies, got content-encoding ${encoding}; set disableRequestCompression in the client.`,
    );
  const parsed = parseJson(request.body);
  if (parsed === undefined) throw new CloudWatchError('serialization-exception', 'The body is not JSON.');
  return parsed;
};

/**
 * Checks everything about a request that is not the operation's own input: method, path, signature, protocol, size.
 * The signature's presence and scope are checked, not its value: the fake has no secret to check it with.
 */
export const openEnvelope = (request: WireRequest): { operation: Operation; input: unknown } => {
  if (request.method !== 'POST' || request.path !== '/')
    throw new CloudWatchError('unknown-operation', `Expected POST /, got ${request.method} ${request.path}.`);
  checkSignature(request.headers);
  const contentType = (request.headers['content-type'] ?? '').split(';')[0];
  if (contentType !== 'application/x-amz-json-1.0')
    throw new CloudWatchError('serialization-exception', `Expected application/x-amz-json-1.0, got ${contentType}.`);
  const operation = operationOf(request);
  if (operation === undefined)
    throw new CloudWatchError('unknown-operation', `Unknown operation ${request.headers['x-amz-target'] ?? '(none)'}.`);
  if (request.body.length > MAXIMUM_BODY_CHARACTERS)
    throw new CloudWatchError('request-too-large', `A request is at most ${MAXIMUM_BODY_CHARACTERS} bytes.`);
  return { operation, input: parseBody(request) };
};
