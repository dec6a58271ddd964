import { Route53Client } from '@aws-sdk/client-route-53';
import type { VendorCall } from '../../../providers/calls.ts';
import { createRateLimiter } from '../../../providers/rate-limit.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { createApi, type Route53Api } from '../../../providers/route53/api.ts';
import { createRoute53Fake, type Route53Fake, type Route53FakeOptions } from '../../../providers/route53/fake.ts';
import { requestLimits } from '../../../providers/route53/limits.ts';
import { createInProcessHandler } from '../../../src/sandbox/in-process-handler.ts';
import type { WireHandler } from '../../../src/sandbox/wire.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const ACCOUNT = '111122223333';

export interface ApiWorld {
  readonly api: Route53Api;
  readonly calls: VendorCall[];
  readonly clock: ManualClock;
}

/** The calls over any other end of the wire; whoever waits for a token moves time on. */
export const apiOver = (handler: WireHandler, clock = new ManualClock(), scheme: 'old' | 'new' = 'new'): ApiWorld => {
  const calls: VendorCall[] = [];
  const selfMoving = { now: () => clock.now(), sleep: (ms: number) => clock.advance(ms) };
  const client = new Route53Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sandbox' },
    requestHandler: createInProcessHandler(handler),
    maxAttempts: 1,
  });
  const api = createApi({
    client: () => client,
    policy: barePolicy,
    limiter: createRateLimiter(requestLimits(scheme), selfMoving),
    clock,
    observe: (call) => calls.push(call),
  });
  return { api, calls, clock };
};

export interface FakeWorld extends ApiWorld {
  readonly fake: Route53Fake;
}

export const apiOverFake = (options: Partial<Route53FakeOptions> = {}): FakeWorld => {
  const clock = new ManualClock();
  const fake = createRoute53Fake({
    now: () => clock.now(),
    random: () => 0,
    accounts: [{ id: ACCOUNT, userName: 'steer', accessKeyIds: [ACCOUNT] }],
    throttling: 'off',
    ...options,
  });
  return { ...apiOver(fake.handle, clock, options.throttling === 'old' ? 'old' : 'new'), fake };
};
