import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { assetPath } from './assets.ts';

const PACKAGE = z.object({ version: z.string() });

/** The version in the package's own description: beside `src` in a checkout and in the published package alike. */
export const version = (): string => PACKAGE.parse(JSON.parse(readFileSync(assetPath('package.json'), 'utf8'))).version;
