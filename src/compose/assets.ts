import { join } from 'node:path';

/** A file that lies beside the code, e.g. `runbooks/README.md`: the one place that knows where. */
export const assetPath = (name: string): string => join(import.meta.dirname, '..', '..', name);
