import type { Route53ClientConfig } from '@aws-sdk/client-route-53';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ProviderConfig } from '../src/domain/config.ts';
import { ProviderError } from './errors.ts';

export type AwsCredentials = NonNullable<Route53ClientConfig['credentials']>;
export type AwsTransport = NonNullable<Route53ClientConfig['requestHandler']>;

/** Names to values; `process.env` in production. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sockets that give up: the SDK has no time-out of its own, and `requestTimeout` alone only prints a warning
 * (`@smithy/node-http-handler` 4, seen 2026-11). Below the policy's limit, so that the transport is the first to say so.
 */
export const timedTransport = (): AwsTransport =>
  new NodeHttpHandler({ connectionTimeout: 2000, requestTimeout: 5000, throwOnRequestTimeout: true });

/** Whether an endpoint is this very machine. */
export const isLoopback = (endpoint: string | null): boolean => {
  if (endpoint === null || !URL.canParse(endpoint)) return false;
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
};

const variable = (environment: Environment, name: string): string => {
  const value = environment[name];
  if (value !== undefined && value !== '') return value;
  throw new ProviderError(
    'unauthorised',
    `the environment variable ${name} is empty; set it to the key that config names`,
  );
};

/** A session token belongs to the variables of AWS's own names; beside others it would be a stranger's. */
const sessionTokenBeside = (accessKeyVariable: string, environment: Environment): { sessionToken?: string } => {
  const { AWS_SESSION_TOKEN: sessionToken } = environment;
  return accessKeyVariable === 'AWS_ACCESS_KEY_ID' && sessionToken !== undefined ? { sessionToken } : {};
};

type BaseCredentials = Exclude<Parameters<typeof fromTemporaryCredentials>[0]['masterCredentials'], undefined>;

const baseCredentials = (config: ProviderConfig, environment: Environment): BaseCredentials => {
  const source = config.credentials;
  switch (source.kind) {
    case 'aws-default-chain':
      return fromNodeProviderChain({ clientConfig: { region: config.stsRegion, maxAttempts: 1 } });
    case 'environment':
      return {
        accessKeyId: variable(environment, source.accessKeyId),
        secretAccessKey: variable(environment, source.secretAccessKey),
        ...sessionTokenBeside(source.accessKeyId, environment),
      };
    case 'sandbox':
      if (!isLoopback(config.endpoint)) {
        const message = `provider ${config.provider}: sandbox credentials go to loopback only, not to ${config.endpoint ?? 'the vendor'}`;
        throw new ProviderError('unauthorised', message);
      }
      return { accessKeyId: source.accountId, secretAccessKey: 'sandbox' };
    case 'secrets': {
      const message = `provider ${config.provider}: AWS takes aws-default-chain or environment as credentials, not secrets`;
      throw new ProviderError('unauthorised', message);
    }
  }
};

/**
 * Who calls the vendor, with a role assumed where the config says so: by the STS of `stsRegion`, never the global one, which
 * stands in us-east-1. A local endpoint is its own STS, so that no test or drill ever asks the real one. Keys are looked up
 * now, a role is assumed on first use. Throws `unauthorised` when a key is missing.
 */
export const awsCredentials = (
  config: ProviderConfig,
  environment: Environment,
  transport: AwsTransport,
): AwsCredentials => {
  const base = baseCredentials(config, environment);
  if (config.assumeRole === null) return base;
  const { roleArn, externalId } = config.assumeRole;
  return fromTemporaryCredentials({
    masterCredentials: base,
    params: {
      RoleArn: roleArn,
      RoleSessionName: 'steer',
      ...(externalId === null ? {} : { ExternalId: externalId }),
    },
    clientConfig: {
      region: config.stsRegion,
      maxAttempts: 1,
      requestHandler: transport,
      ...(config.endpoint !== null && isLoopback(config.endpoint) ? { endpoint: config.endpoint } : {}),
    },
  });
};
