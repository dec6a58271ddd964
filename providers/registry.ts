import type { ProviderConfig } from '../src/domain/config.ts';
import type { SteeringCapabilities } from '../src/domain/steering.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { AwsTransport, Environment } from './aws-credentials.ts';
import type { CallObserver } from './calls.ts';
import { ProviderError } from './errors.ts';
import type { MemoryVendor } from './memory/vendor.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { CallPolicy } from './resilience.ts';
import type { CheckOptions, CheckReport } from './route53/check-report.ts';
import type { ProvenOnAccount } from './route53/index.ts';
import type { Steering } from './steering.ts';

export interface ProviderDeps {
  readonly clock: Clock;
  /** `guardedPolicy()` in production, `barePolicy` in the model and under virtual time. */
  readonly policy: CallPolicy;
  readonly observe: CallObserver;
  /** `process.env` in production. */
  readonly environment: Environment;
  /** Null for sockets with time-outs; a handler in this process for virtual time. */
  readonly transport: AwsTransport | null;
  /** The vendor's side of `vendor: memory`; null where no provider is one. */
  readonly memory: MemoryVendor | null;
}

/** One account, opened: its steering, and what else calls the same account must share. */
export interface OpenedProvider {
  readonly steering: Steering;
  /** The account's request budget; null where the vendor has none. Whoever else calls this account takes from it. */
  readonly limiter: RateLimiter | null;
  /** Asks the account whether a stale write is refused and whether weight 0 drains an alias. Throws where there is nothing to ask. */
  check(options: CheckOptions, signal: AbortSignal): Promise<CheckReport>;
}

const openMemory = async (config: ProviderConfig, deps: ProviderDeps): Promise<OpenedProvider> => {
  const { memory } = deps;
  if (memory === null) {
    throw new ProviderError(
      'rejected',
      `provider ${config.provider}: \`vendor: memory\` exists in tests only; use route53`,
    );
  }
  const { memorySteering } = await import('./memory/index.ts');
  return {
    steering: memorySteering(memory),
    limiter: null,
    check: () => Promise.reject(new ProviderError('rejected', 'a vendor in memory has nothing to check')),
  };
};

/** The vendor's facts, where the config knows this account better. */
const asKnown = (
  capabilities: SteeringCapabilities,
  { expectedPropagationMs }: ProviderConfig,
): SteeringCapabilities =>
  expectedPropagationMs === null ? capabilities : { ...capabilities, typicalPropagationMs: expectedPropagationMs };

const asConfigured = (steering: Steering, config: ProviderConfig): Steering =>
  config.expectedPropagationMs === null
    ? steering
    : {
        capabilities: asKnown(steering.capabilities, config),
        read: (refs, signal) => steering.read(refs, signal),
        replace: (write, signal) => steering.replace(write, signal),
        propagation: (changes, signal) => steering.propagation(changes, signal),
      };

const openRoute53 = async (
  config: ProviderConfig,
  proven: ProvenOnAccount | null,
  deps: ProviderDeps,
): Promise<OpenedProvider> => {
  const [{ NOTHING_PROVEN, route53Steering }, { createAccountLimiter, openApi }, { createZoneDirectory }] =
    await Promise.all([import('./route53/index.ts'), import('./route53/open.ts'), import('./route53/zones.ts')]);
  const limiter = createAccountLimiter(config, deps.clock);
  const api = openApi(config, limiter, deps);
  return {
    steering: asConfigured(
      route53Steering({ api, zones: createZoneDirectory(api), proven: proven ?? NOTHING_PROVEN }),
      config,
    ),
    limiter,
    async check(options, signal) {
      const { checkAccount } = await import('./route53/check.ts');
      return checkAccount({ api, clock: deps.clock }, options, signal);
    },
  };
};

/**
 * Opens one account; a vendor's code is loaded only when it is needed. `proven` is what `provider check` has seen there, null
 * when it has not run: conditional writes count as emulated then. Nothing is called yet.
 */
export const openProvider = (
  config: ProviderConfig,
  proven: ProvenOnAccount | null,
  deps: ProviderDeps,
): Promise<OpenedProvider> => {
  switch (config.vendor) {
    case 'memory':
      return openMemory(config, deps);
    case 'route53':
      return openRoute53(config, proven, deps);
  }
};

/**
 * What an account can be relied on to do before anything was proven on it; null for a vendor that exists in tests only. Needs
 * no credentials and calls nobody.
 */
export const unprovenCapabilities = async (config: ProviderConfig): Promise<SteeringCapabilities | null> => {
  switch (config.vendor) {
    case 'memory':
      return null;
    case 'route53': {
      const { capabilitiesOf, NOTHING_PROVEN } = await import('./route53/index.ts');
      return asKnown(capabilitiesOf(NOTHING_PROVEN), config);
    }
  }
};

/** The steering alone, for callers that need nothing else of the account. */
export const openSteering = async (
  config: ProviderConfig,
  proven: ProvenOnAccount | null,
  deps: ProviderDeps,
): Promise<Steering> => (await openProvider(config, proven, deps)).steering;
