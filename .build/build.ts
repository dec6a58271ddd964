import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestOf } from './manifest.ts';

/** Beside the code in the package as in the checkout, so that one module finds them in both. */
const BESIDE = ['README.md', 'LICENSE', 'runbooks'] as const;
const CODE = ['src', 'providers'] as const;

/** What `tsc` does not carry over: plain JavaScript, SQL, pages. */
const assetsOf = (root: string): readonly string[] =>
  CODE.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );

/** Makes the package in `out`, which is emptied first. Throws when a part is missing or does not compile. */
export const build = (root: string, out: string): void => {
  const missing = BESIDE.filter((name) => !existsSync(join(root, name)));
  if (missing.length > 0) throw new Error(`the package needs ${missing.join(', ')} at the top level of the checkout`);
  rmSync(out, { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of ['tsconfig.json', 'tsconfig.page.json'])
    execFileSync(process.execPath, [compiler, '-p', join(root, '.build', project), '--outDir', out], {
      stdio: 'inherit',
    });
  for (const name of assetsOf(root)) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    copyFileSync(join(root, name), join(out, name));
  }
  for (const name of BESIDE) cpSync(join(root, name), join(out, name), { recursive: true });
  writeFileSync(join(out, 'package.json'), manifestOf(readFileSync(join(root, 'package.json'), 'utf8')));
};
