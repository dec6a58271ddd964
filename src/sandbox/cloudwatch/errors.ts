import type { WireResponse } from '../wire.ts';

/** What the fake may answer instead of a result. */
export type CloudWatchErrorKind = keyof typeof KINDS;

/**
 * Status, shape name in the body and code in the `x-amzn-query-error` header. The two names differ because the service
 * is `awsQueryCompatible`: where they differ, clients follow the header
 * (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, November 2026).
 */
const KINDS = {
  'invalid-parameter-value': { status: 400, shape: 'InvalidParameterValueException', code: 'InvalidParameterValue' },
  'invalid-parameter-combination': {
    status: 400,
    shape: 'InvalidParameterCombinationException',
    code: 'InvalidParameterCombination',
  },
  'missing-parameter': { status: 400, shape: 'MissingRequiredParameterException', code: 'MissingParameter' },
  'validation-error': { status: 400, shape: 'ValidationException', code: 'ValidationError' },
  'invalid-next-token': { status: 400, shape: 'InvalidNextToken', code: 'InvalidNextToken' },
  'invalid-format': { status: 400, shape: 'InvalidFormatFault', code: 'InvalidFormat' },
  'resource-not-found': { status: 404, shape: 'ResourceNotFound', code: 'ResourceNotFound' },
  throttling: { status: 400, shape: 'Throttling', code: 'Throttling' },
  'service-unavailable': { status: 503, shape: 'ServiceUnavailable', code: 'ServiceUnavailable' },
  'internal-failure': { status: 500, shape: 'InternalServiceFault', code: 'InternalServiceError' },
  'missing-authentication-token': {
    status: 403,
    shape: 'MissingAuthenticationToken',
    code: 'MissingAuthenticationToken',
  },
  'signature-does-not-match': { status: 403, shape: 'SignatureDoesNotMatch', code: 'SignatureDoesNotMatch' },
  'unknown-operation': { status: 404, shape: 'UnknownOperationException', code: 'UnknownOperationException' },
  'serialization-exception': { status: 400, shape: 'SerializationException', code: 'SerializationException' },
  'request-too-large': { status: 413, shape: 'RequestEntityTooLarge', code: 'RequestEntityTooLarge' },
} as const;

/** A request that the service would refuse. */
export class CloudWatchError extends Error {
  readonly kind: CloudWatchErrorKind;

  constructor(kind: CloudWatchErrorKind, message: string) {
    super(message);
    this.name = 'CloudWatchError';
    this.kind = kind;
  }
}

/** The code that clients see, which is also what the request log keeps. */
export const codeOf = (error: CloudWatchError): string => KINDS[error.kind].code;

const headers = (requestId: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amzn-requestid': requestId,
});

/** The refusal as it goes over the wire in JSON 1.0. */
export const refusalResponse = (error: CloudWatchError, requestId: string): WireResponse => {
  const { status, shape, code } = KINDS[error.kind];
  const fault = status >= 500 ? 'Receiver' : 'Sender';
  return {
    status,
    headers: { ...headers(requestId), 'x-amzn-query-error': `${code};${fault}` },
    body: JSON.stringify({ __type: `com.amazonaws.cloudwatch#${shape}`, message: error.message }),
  };
};

/** A result as it goes over the wire in JSON 1.0. */
export const resultResponse = (result: object, requestId: string): WireResponse => ({
  status: 200,
  headers: headers(requestId),
  body: JSON.stringify(result),
});
