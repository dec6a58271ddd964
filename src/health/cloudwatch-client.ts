import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';

export interface CloudWatchClientOptions {
  readonly awsRegion: string;
  readonly credentials: NonNullable<CloudWatchClientConfig['credentials']>;
  /** Null for the vendor's own. */
  readonly endpoint: string | null;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** Another transport than sockets, e.g. one in memory; it brings its own time-outs. */
  readonly requestHandler?: NonNullable<CloudWatchClientConfig['requestHandler']>;
}

/**
 * One client for one region of one account. The SDK's own retries are off: how often and how long is repeated is decided
 * by the policy that the probe is given, and nowhere else.
 */
export const cloudWatchClient = (options: CloudWatchClientOptions): CloudWatchClient =>
  new CloudWatchClient({
    region: options.awsRegion,
    credentials: options.credentials,
    maxAttempts: 1,
    ...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
    // Without `throwOnRequestTimeout` the SDK only prints a warning and waits for ever (client-cloudwatch 3.1162.0).
    requestHandler: options.requestHandler ?? {
      connectionTimeout: options.connectTimeoutMs,
      requestTimeout: options.requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
