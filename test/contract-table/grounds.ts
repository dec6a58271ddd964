import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(import.meta.dirname, '..');

const filesOf = (folder: string, vendor: string): readonly string[] =>
  readdirSync(join(TEST, folder))
    .filter((file) => file.startsWith(`${vendor}-`) || file.startsWith(`${vendor}.`))
    .map((file) => readFileSync(join(TEST, folder, file), 'utf8'));

/** Whether a suite of Steering in `real/` says that its server is somebody else's. */
const groundIn = (text: string): string => (text.includes("ground: 'emulator'") ? 'emulator' : 'real');

/** Files of `real/` with a suite of either port, as vitest is told them. */
export const realSuites = (): readonly string[] =>
  readdirSync(join(TEST, 'real'))
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => /\b(steering|records)Contract\(/.test(readFileSync(join(TEST, 'real', file), 'utf8')))
    .map((file) => `test/real/${file}`);

/**
 * What the suites of a vendor's Steering run against, as their files say: `real/<vendor>-….test.ts` asks its own server or an
 * emulator, the traits in `contracts/steering/<vendor>…` say whether its fake is checked with a published description. Known without
 * running anything, so that README is checked with every test run; `npm run contract` compares it with what really ran.
 */
export const declaredGrounds = (vendor: string): readonly string[] => {
  const suites = filesOf('contracts/steering', vendor);
  return [
    ...filesOf('real', vendor)
      .filter((text) => text.includes('steeringContract('))
      .map(groundIn),
    ...(suites.some((text) => text.includes("ground: 'described'")) ? ['described'] : []),
    ...(existsSync(join(TEST, 'contracts', 'steering', `${vendor}.test.ts`)) ? ['fake'] : []),
  ];
};
