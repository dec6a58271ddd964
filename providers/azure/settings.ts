import { z } from 'zod';
import type { ProviderConfig } from '../../src/domain/config.ts';
import { ProviderError } from '../errors.ts';

/** An identifier that becomes part of a path: anything else would ask for another resource. */
const PART = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._()-]*$/, 'letters, digits, "-", "_", "." and parentheses only');

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether nobody on the way can read what is sent there. */
const isPrivate = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
};

/** `settings` of an account at Azure. Whoever may change resources is a service principal; its secret stands elsewhere. */
export const AZURE_SETTINGS = z.strictObject({
  tenantId: PART.describe('Directory (tenant) id of the service principal'),
  clientId: PART.describe('Application (client) id of the service principal'),
  subscriptionId: PART.describe('Subscription that holds the profiles and zones'),
  resourceGroup: PART.describe('Resource group of the DNS zones, for records; a steering set names its own as `zone`'),
  profiles: z
    .record(z.string().regex(/\.$/, 'a full name with its trailing dot'), PART)
    .optional()
    .describe(
      'Steered name → name of its Traffic Manager profile, where the name is not the one of the profile itself',
    ),
  login: z
    .string()
    .refine(isPrivate, 'https, since the secret is sent there; http on this machine only')
    .default('https://login.microsoftonline.com')
    .describe('Where tokens come from; another cloud of Azure has another'),
  audience: z
    .url()
    .default('https://management.azure.com')
    .describe('What the token is for; another cloud of Azure has another'),
});

export type AzureSettings = z.infer<typeof AZURE_SETTINGS>;

/** Throws `rejected` for settings that `config check` would have refused. */
export const azureSettings = (config: ProviderConfig): AzureSettings => {
  const read = AZURE_SETTINGS.safeParse(config.settings ?? {});
  if (read.success) return read.data;
  const places = read.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`);
  throw new ProviderError('rejected', `provider ${config.provider}: settings of Azure: ${places.join('; ')}`);
};
