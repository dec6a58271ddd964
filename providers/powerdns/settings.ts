import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import { encodeName } from '../dns-wire/names.ts';
import { TSIG_ALGORITHMS } from '../dns-wire/tsig.ts';
import { ProviderError } from '../errors.ts';

const isName = (text: string): boolean => {
  try {
    encodeName(text);
    return text.endsWith('.');
  } catch {
    return false;
  }
};

export const settingsSchema = z.strictObject({
  serverId: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .default('localhost')
    .describe('Id of the server in the paths of its API.'),
  update: z
    .strictObject({
      server: z
        .string()
        .regex(/^(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}$/, { error: 'host:port' })
        .describe('Where DNS updates are taken, host:port.'),
      keyName: z
        .string()
        .refine(isName, { error: 'a name with its trailing dot' })
        .describe('Name of the TSIG key. Its secret is credentials.secrets.tsigSecret.'),
      keyAlgorithm: z.enum(TSIG_ALGORITHMS).default('hmac-sha256').describe('Algorithm of the TSIG key.'),
    })
    .optional()
    .describe('How weights are written with a condition. Left out: over the HTTP API, which compares nothing.'),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Null where they are not what the schema asks for. */
export const readSettings = (settings: Readonly<Record<string, Json>>): Settings | null =>
  settingsSchema.safeParse(settings).data ?? null;

/** Throws `rejected` with every problem. */
export const settingsFrom = (provider: string, settings: Readonly<Record<string, Json>>): Settings => {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `settings.${path.join('.')}: ${message}`);
  throw new ProviderError('rejected', `provider ${provider}: ${problems.join('; ')}`);
};
