import { z } from 'zod';
import type { ProviderConfig } from '../../src/domain/config.ts';
import { ProviderError } from '../errors.ts';

/** `settings` of an account at Google Cloud DNS. */
export const SETTINGS = z.strictObject({
  project: z
    .string()
    .regex(/^[a-z][a-z0-9:.-]{4,62}$/, 'expected the id of a project, such as `dns-prod-1`')
    .describe('id of the Google Cloud project that holds the zones'),
  identity: z
    .enum(['service-account-key', 'metadata-server'])
    .exactOptional()
    .describe('who steer is: a key file (`service-account-key`, the usual), or the machine it runs on in Google Cloud'),
  tokenEndpoint: z
    .url()
    .exactOptional()
    .describe("where access tokens come from; left out for Google's own. The address in a key file is never used"),
  memberNames: z
    .record(z.string(), z.string().min(1))
    .exactOptional()
    .describe(
      'names for members: the addresses of an item, sorted and joined by commas, to a name. Without one a member is called by its addresses',
    ),
});

export type Settings = z.infer<typeof SETTINGS>;

/** Throws `rejected` with the key that is wrong. */
export const settingsOf = ({ provider, settings }: ProviderConfig): Settings => {
  const read = SETTINGS.safeParse(settings ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = ['settings', ...(issue?.path ?? [])].join('.');
  throw new ProviderError('rejected', `provider ${provider}: ${where}: ${issue?.message ?? 'not as described'}`);
};
