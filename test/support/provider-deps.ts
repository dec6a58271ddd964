import { barePolicy } from '../../providers/resilience.ts';
import type { ProviderDeps } from '../../providers/vendor.ts';
import { ManualClock } from './manual-clock.ts';

const nobody = (what: string) => () => Promise.reject(new Error(`this test brings no ${what}`));

/** What a provider needs from outside, with nothing outside: a test gives what it is about. */
export const providerDeps = (extra: Partial<ProviderDeps> = {}): ProviderDeps => ({
  clock: new ManualClock(),
  policy: barePolicy,
  observe: () => {},
  environment: {},
  transport: null,
  http: nobody('HTTP'),
  dns: nobody('DNS'),
  dnsTransfer: nobody('zone transfers'),
  secret: async () => null,
  memory: null,
  ...extra,
});
