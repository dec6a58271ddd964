import type { ProviderConfig } from '../src/domain/config.ts';
import type { SteeringCapabilities } from '../src/domain/steering.ts';
import { about as akamai } from './akamai/about.ts';
import { about as azure } from './azure/about.ts';
import { about as cloudflare } from './cloudflare/about.ts';
import { ProviderError } from './errors.ts';
import { about as gdnsd } from './gdnsd/about.ts';
import { about as google } from './google/about.ts';
import { about as memory } from './memory/about.ts';
import { about as ns1 } from './ns1/about.ts';
import { about as oci } from './oci/about.ts';
import { about as powerdns } from './powerdns/about.ts';
import type { ProvenOnAccount } from './proven.ts';
import { about as rfc2136 } from './rfc2136/about.ts';
import { about as route53 } from './route53/about.ts';
import type { Steering } from './steering.ts';
import { about as ultradns } from './ultradns/about.ts';
import type { OpenedProvider, OpenVendor, ProviderDeps, VendorAbout } from './vendor.ts';

interface Entry {
  readonly about: VendorAbout;
  /** A vendor's code is loaded only when one of its accounts is opened. */
  readonly load: () => Promise<{ readonly openVendor: OpenVendor }>;
}

/** Every vendor, a line each: the only place that names them. */
const ENTRIES: readonly Entry[] = [
  { about: route53, load: () => import('./route53/index.ts') },
  { about: akamai, load: () => import('./akamai/index.ts') },
  { about: azure, load: () => import('./azure/index.ts') },
  { about: cloudflare, load: () => import('./cloudflare/index.ts') },
  { about: gdnsd, load: () => import('./gdnsd/index.ts') },
  { about: google, load: () => import('./google/index.ts') },
  { about: ns1, load: () => import('./ns1/index.ts') },
  { about: oci, load: () => import('./oci/index.ts') },
  { about: powerdns, load: () => import('./powerdns/index.ts') },
  { about: rfc2136, load: () => import('./rfc2136/index.ts') },
  { about: ultradns, load: () => import('./ultradns/index.ts') },
  { about: memory, load: () => import('./memory/index.ts') },
];

/** Vendors that a config may name, in the order of the registry. `memory` exists in tests only. */
export const VENDORS: readonly VendorAbout[] = ENTRIES.map(({ about }) => about);

const entryOf = (config: ProviderConfig): Entry => {
  const entry = ENTRIES.find(({ about }) => about.vendor === config.vendor);
  if (entry !== undefined) return entry;
  const known = VENDORS.map(({ vendor }) => vendor).join(', ');
  throw new ProviderError('rejected', `provider ${config.provider}: no vendor "${config.vendor}"; there are ${known}`);
};

/** What every account of the vendor can do, or one with these settings where they decide it. */
const bySettings = (about: VendorAbout, { settings = {} }: ProviderConfig): SteeringCapabilities =>
  about.steeringWith?.(settings) ?? about.steering;

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

/**
 * Opens one account; a vendor's code is loaded only when it is needed. `proven` is what `provider check` has seen there, null
 * when it has not run: conditional writes of Route 53 count as emulated then. Nothing is called yet.
 */
export const openProvider = async (
  config: ProviderConfig,
  proven: ProvenOnAccount | null,
  deps: ProviderDeps,
): Promise<OpenedProvider> => {
  const { openVendor } = await entryOf(config).load();
  const opened = await openVendor(config, proven, deps);
  return { ...opened, steering: asConfigured(opened.steering, config) };
};

/**
 * What an account can be relied on to do before anything was proven on it; null for a vendor that exists in tests only. Needs
 * no credentials and calls nobody.
 */
export const unprovenCapabilities = (config: ProviderConfig): SteeringCapabilities | null =>
  config.vendor === 'memory' ? null : asKnown(bySettings(entryOf(config).about, config), config);

/** The steering alone, for callers that need nothing else of the account. */
export const openSteering = async (
  config: ProviderConfig,
  proven: ProvenOnAccount | null,
  deps: ProviderDeps,
): Promise<Steering> => (await openProvider(config, proven, deps)).steering;
