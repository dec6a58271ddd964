import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from '../../../.build/build.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..', '..', '..');

/** Node that runs the installed package; `STEER_PACKAGE_NODE` names another one than runs the tests. */
const nodeOf = ({ STEER_PACKAGE_NODE: named }: NodeJS.ProcessEnv): string =>
  named === undefined || named === '' ? process.execPath : named;

/** What a shell of a person has: nothing of the npm run that started the tests. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/.test(name)));

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface InstalledPackage {
  /** Runs the command of the package in an empty directory. */
  readonly steer: (...args: readonly string[]) => Promise<Ran>;
  /** The package's files, from its own top. */
  readonly files: readonly string[];
  readonly remove: () => void;
}

/** Builds, packs and installs the package into an empty directory, as a user of it does; dependencies come out of npm's cache. */
export const installPackage = async (): Promise<InstalledPackage> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-package-'));
  const [dist, home, empty] = ['dist', 'home', 'empty'].map((name) => join(folder, name)) as [string, string, string];
  const env = plainEnvironment();
  const npm = (cwd: string, ...args: readonly string[]) => run('npm', args, { cwd, env, timeout: 240_000 });
  for (const made of [home, empty]) mkdirSync(made);
  build(ROOT, dist);
  await npm(folder, 'pack', './dist', '--silent');
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no file');
  await npm(home, 'init', '--yes', '--silent');
  const install = () =>
    npm(home, 'install', join(folder, tarball), '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  // What is not in the cache comes over the network, which may fail for a moment.
  await install().catch(install);
  const installed = join(home, 'node_modules', 'steer');
  const bin = join(installed, 'src', 'bin.cjs');
  return {
    files: readdirSync(installed, { recursive: true, encoding: 'utf8' }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
    steer: async (...args) => {
      try {
        const { stdout, stderr } = await run(nodeOf(process.env), [bin, ...args], {
          cwd: empty,
          env,
          timeout: 120_000,
        });
        return { code: 0, out: stdout, err: stderr };
      } catch (failure) {
        const { code, stdout, stderr } = failure as { code: number; stdout: string; stderr: string };
        return { code, out: stdout, err: stderr };
      }
    },
  };
};
