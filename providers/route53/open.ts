import { Route53Client } from '@aws-sdk/client-route-53';
import type { ProviderConfig } from '../../src/domain/config.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type AwsTransport, awsCredentials, type Environment, timedTransport } from '../aws-credentials.ts';
import type { CallObserver } from '../calls.ts';
import { createRateLimiter, type RateLimiter } from '../rate-limit.ts';
import type { CallPolicy } from '../resilience.ts';
import { createApi, type Route53Api } from './api.ts';
import { requestLimits } from './limits.ts';

export interface OpenDeps {
  readonly clock: Clock;
  readonly policy: CallPolicy;
  readonly observe: CallObserver;
  readonly environment: Environment;
  /** Null for sockets with time-outs. */
  readonly transport: AwsTransport | null;
}

/** The control plane answers in us-east-1 only, and with another region the signature of a local endpoint would differ. */
const REGION = 'us-east-1';

/** One limiter per account, shared with whatever else calls Route 53 there. */
export const createAccountLimiter = (config: Pick<ProviderConfig, 'requestScheme'>, clock: Clock): RateLimiter =>
  createRateLimiter(requestLimits(config.requestScheme), clock);

/** What a client was made with that may change while steer runs; a role or the default chain renews itself. */
const madeWith = (config: ProviderConfig, { environment }: OpenDeps): string => {
  const { credentials, endpoint } = config;
  if (credentials.kind !== 'environment') return JSON.stringify([endpoint]);
  return JSON.stringify([endpoint, environment[credentials.accessKeyId], environment[credentials.secretAccessKey]]);
};

/** Client and calls of one account. The SDK repeats nothing: a lost answer to a write would come back as a false conflict. */
export const openApi = (config: ProviderConfig, limiter: RateLimiter, deps: OpenDeps): Route53Api => {
  const transport = deps.transport ?? timedTransport();
  const create = () => ({
    by: madeWith(config, deps),
    client: new Route53Client({
      region: REGION,
      credentials: awsCredentials(config, deps.environment, transport),
      requestHandler: transport,
      maxAttempts: 1,
      ...(config.endpoint === null ? {} : { endpoint: config.endpoint }),
    }),
  });
  let current = create();
  const client = (): Route53Client => {
    if (current.by !== madeWith(config, deps)) current = create();
    return current.client;
  };
  return createApi({ client, limiter, policy: deps.policy, clock: deps.clock, observe: deps.observe });
};
