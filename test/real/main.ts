import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hasModels, modelsFolder } from './support/api-model/model.ts';
import { missingText, missingTools } from './support/tools.ts';

/** Usage, as everywhere in steer: there is nothing to run yet. */
const EXIT_USAGE = 2;

const main = async (args: readonly string[]): Promise<number> => {
  const { PATH = '' } = process.env;
  const missing = missingTools(PATH);
  if (missing.length > 0) {
    process.stderr.write(missingText(missing));
    return EXIT_USAGE;
  }
  if (!hasModels()) {
    const text = `No published API descriptions in ${modelsFolder()}: the tests that need them are skipped (STEER_API_MODELS names another folder).\n`;
    process.stderr.write(text);
  }
  const root = join(import.meta.dirname, '..', '..');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join(root, 'test', 'vitest.config.ts');
  const child = spawn(process.execPath, [vitest, 'run', '--config', config, '--project', 'real', ...args], {
    stdio: 'inherit',
    cwd: root,
  });
  const [code] = await once(child, 'close');
  return typeof code === 'number' ? code : 1;
};

process.exitCode = await main(process.argv.slice(2));
