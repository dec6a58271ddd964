import { z } from 'zod';

const SOURCE = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.literal('module'),
  bin: z.record(z.string(), z.string()),
  engines: z.object({ node: z.string() }),
  dependencies: z.record(z.string(), z.string().regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/, 'an exact version')),
});

/**
 * The published package's own `package.json`, out of the text of the checkout's: what a user of the package needs and nothing
 * else. No scripts, no tools, and versions that were tested together. Throws when a field is missing or a version is a range.
 */
export const manifestOf = (checkout: string): string =>
  `${JSON.stringify(SOURCE.parse(JSON.parse(checkout)), null, 2)}\n`;
