import { z } from 'zod';
import type { ProviderConfig } from '../../src/domain/config.ts';
import { ProviderError } from '../errors.ts';

const ocid = (kind: string) =>
  z.string().regex(new RegExp(`^ocid1\\.${kind}\\.[a-z0-9-]*\\.[a-z0-9-]*\\.[A-Za-z0-9.]+$`), {
    message: `expected an OCID that begins with ocid1.${kind}.`,
  });

/** `settings` of an account at Oracle Cloud Infrastructure. */
export const SETTINGS = z.strictObject({
  tenancy: ocid('tenancy').describe('OCID of the tenancy'),
  user: ocid('user').describe('OCID of the user whose API key signs the requests'),
  fingerprint: z
    .string()
    .regex(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/, 'expected 16 pairs of hex digits with colons')
    .describe('fingerprint of that API key, as the console shows it'),
  region: z
    .string()
    .regex(/^[a-z]{2}-[a-z]+-[0-9]+$/, 'expected a region, such as `us-ashburn-1`')
    .describe('region whose DNS endpoint is called; zones and policies are the same in all of them'),
  compartmentId: z
    .string()
    .regex(/^ocid1\.(compartment|tenancy)\./, 'expected the OCID of a compartment, or of the tenancy for its root')
    .describe('OCID of the compartment that holds the zones, the steering policies and their attachments'),
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
