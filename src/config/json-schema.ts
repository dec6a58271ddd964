import { z } from 'zod';
import type { Json } from '../domain/canonical.ts';
import { fileSchema } from './schema/file.ts';

/**
 * JSON Schema of `steer.yaml` with a description for every key, for editors that complete and check while one types. It
 * knows structure and units; references between names, sums and contradictions are found by `steer config check`.
 * Draft 7, since that is what the YAML language server of most editors speaks.
 */
export const jsonSchema = (): Json => {
  const schema: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-7' })));
  return {
    ...(schema as { readonly [key: string]: Json }),
    title: 'steer.yaml',
    description: 'A fleet that steer moves traffic in.',
  };
};
