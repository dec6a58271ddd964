import { join } from 'node:path';
import { build } from './build.ts';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist');
build(root, out);
process.stdout.write(`The package is in ${out}. To make a file of it type: npm pack ./dist\n`);
