import type { ProviderConfig } from '../src/domain/config.ts';
import { ProviderError } from './errors.ts';
import type { ProviderDeps } from './vendor.ts';

/**
 * Reads one secret of an account by the vendor's name for it, anew each time, so that it can be changed while steer runs.
 * Throws `unauthorised` with the place where it was looked for, never with what stands there.
 */
export const secretReader =
  (config: ProviderConfig, { secret }: Pick<ProviderDeps, 'secret'>) =>
  async (name: string): Promise<string> => {
    const source = config.credentials.kind === 'secrets' ? config.credentials.secrets[name] : undefined;
    const where = `provider ${config.provider}: credentials.secrets.${name}`;
    if (source === undefined) throw new ProviderError('unauthorised', `${where} is not in the config`);
    const value = await secret(source);
    if (value !== null && value !== '') return value;
    const place = 'env' in source ? `the environment variable ${source.env}` : `the file ${source.file}`;
    throw new ProviderError('unauthorised', `${where}: ${place} is empty or missing`);
  };
