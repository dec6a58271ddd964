import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(import.meta.dirname, '..');
const FOLDERS = ['contracts/steering', 'real', 'real/support', 'real/support/dns-servers'];

const textsIn = (folder: string): readonly string[] =>
  readdirSync(join(TEST, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ name }) => readFileSync(join(TEST, folder, name), 'utf8'));

/**
 * What each vendor's suites of Steering say they run against, read from the traits in their files: known without running
 * anything, so that README can be checked with every test run. `npm run contract` compares it with what really ran.
 */
export const declaredGrounds = (): ReadonlyMap<string, readonly string[]> => {
  const known = new Map<string, string[]>();
  for (const text of FOLDERS.flatMap(textsIn)) {
    const vendors = [...text.matchAll(/\bvendor: '([a-z0-9]+)'/g)].map(([, vendor = '']) => vendor);
    const grounds = [...text.matchAll(/\bground: '([a-z]+)'/g)].map(([, ground = '']) => ground);
    for (const vendor of vendors) known.set(vendor, [...(known.get(vendor) ?? []), ...grounds]);
  }
  return known;
};
