import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A file that lies beside the code, e.g. `runbooks/README.md`: the one place that knows where. */
export const assetPath = (name: string): string => join(import.meta.dirname, '..', '..', name);

const { resolve } = createRequire(import.meta.url);

/** A file of a package that steer depends on, e.g. `dejavu-fonts-ttf/ttf/DejaVuSans.ttf`, wherever npm has put it. */
export const packageAssetPath = (name: string): string => resolve(name);
