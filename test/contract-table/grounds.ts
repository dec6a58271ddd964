import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(import.meta.dirname, '..');

const filesOf = (folder: string, vendor: string): readonly string[] =>
  readdirSync(join(TEST, folder))
    .filter((file) => file.startsWith(`${vendor}-`) || file.startsWith(`${vendor}.`))
    .map((file) => readFileSync(join(TEST, folder, file), 'utf8'));

/**
 * What the suites of a vendor's Steering run against, as their files say: `real/<vendor>-….test.ts` asks its own server, the
 * traits in `contracts/steering/<vendor>…` say whether its fake is checked with a published description. Known without
 * running anything, so that README is checked with every test run; `npm run contract` compares it with what really ran.
 */
export const declaredGrounds = (vendor: string): readonly string[] => {
  const suites = filesOf('contracts/steering', vendor);
  return [
    ...(filesOf('real', vendor).some((text) => text.includes('steeringContract(')) ? ['real'] : []),
    ...(suites.some((text) => text.includes("ground: 'described'")) ? ['described'] : []),
    ...(existsSync(join(TEST, 'contracts', 'steering', `${vendor}.test.ts`)) ? ['fake'] : []),
  ];
};
