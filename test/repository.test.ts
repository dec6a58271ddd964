import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** The checkout may belong to another user than the one who tests it, which git refuses unless told that it is meant. */
const tracked = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter((name) => name !== '' && existsSync(join(ROOT, name)));

const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const isWritten = (name: string): boolean => name !== 'package-lock.json' && name !== 'LICENSE';
const isCode = (name: string): boolean => /\.(ts|cjs)$/.test(name) || name === '.ci/run';

interface Place {
  readonly at: string;
  readonly line: string;
}

/** Every line that a pattern finds, with its place, in the tracked files that `among` picks. */
const linesWith = (pattern: RegExp, among: (name: string) => boolean = isWritten): readonly Place[] =>
  tracked.filter(among).flatMap((name) =>
    textOf(name)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [{ at: `${name}:${index + 1}`, line: line.trim() }] : [])),
  );

/** Puts a word together, so that this file does not find itself. */
const word = (...parts: readonly string[]): string => parts.join('');

/** Equalities, not limits: what is gone cannot come back unnoticed. */
describe('the repository', () => {
  it.each([
    ['switches no lint rule off', new RegExp(word('biome', '-ignore'))],
    ['silences no type error', new RegExp(word('@ts-', '(ignore|expect-error|nocheck)'))],
    ['launders no type through unknown', new RegExp(word('as unknown ', 'as [^`]'))],
    [
      'leaves nothing to be done without an issue that says so',
      new RegExp(word('\\b(TO', 'DO|FIX', 'ME)\\b(?!.*#\\d+)')),
    ],
    ['runs every test, and not only some', new RegExp(word('\\.(on', 'ly|sk', 'ip|to', 'do|fa', 'ils)\\('))],
  ])('%s', (_, pattern) => {
    expect(linesWith(pattern, isCode)).toEqual([]);
  });

  it('leaves tests out only where the descriptions they need are missing', () => {
    const conditional = linesWith(new RegExp(word('\\.(sk', 'ipIf|run', 'If)\\(')), isCode);

    const elsewhere = conditional.filter(({ at }) => !/^test\/real\/[a-z0-9-]+-descriptions?\.test\.ts:/.test(at));
    expect(conditional.length).toBeGreaterThan(0);
    expect(elsewhere).toEqual([]);
  });

  it('mints every brand in one file', () => {
    const brands = [...textOf('src/domain/ids.ts').matchAll(/export type (\w+) = Brand</g)].map(([, name]) => name);
    const casts = linesWith(new RegExp(`\\bas (${brands.join('|')})\\b(?! *,)`), isCode);

    expect(brands).toContain('RegionId');
    expect([...new Set(casts.map(({ at }) => at.split(':')[0]))]).toEqual(['src/domain/ids.ts']);
  });

  it('has no file of more than 300 lines', () => {
    const long = tracked
      .filter(isCode)
      .map((name) => ({ name, lines: textOf(name).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300);

    expect(long).toEqual([]);
  });

  it('shows at its top level what a newcomer needs and nothing else', () => {
    const visible = [...new Set(tracked.map((name) => name.split('/')[0] ?? ''))].filter(
      (name) => !name.startsWith('.'),
    );

    expect(visible.toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'package-lock.json',
      'package.json',
      'providers',
      'runbooks',
      'src',
      'test',
      'tsconfig.json',
    ]);
  });

  /** Written backwards, so that the list does not find itself: paths of one computer, and who or what typed the code. */
  it.each([
    '/krow/',
    '/pmt/',
    'mraf/',
    'oiduts-mraf',
    'edualc',
    'ciporhtna',
    'tnegabus',
    'tpgtahc',
    'tolipoc',
    'sepytotorp/',
  ])('speaks of itself alone: no word that reads backwards %s', (backwards) => {
    const forwards = [...backwards].toReversed().join('');
    const pattern = new RegExp(forwards.replaceAll('/', '\\/'), 'i');

    expect(linesWith(pattern)).toEqual([]);
  });

  it.each(Array.from({ length: 14 }, (_, index) => index + 1))(
    'attacks rule %d by a test that is named after it',
    (rule) => {
      const attacks = linesWith(
        new RegExp(`^\\s*(it\\(|it\\.each.*\\)\\(|\\)\\(|\\]\\)\\()?\\s*['"\`]rule ${rule}: `),
        (name) => name.startsWith('test/'),
      );

      expect(attacks.length).toBeGreaterThan(0);
    },
  );
});

describe('package.json', () => {
  const manifest = JSON.parse(textOf('package.json'));

  it('names exact versions: what was tested is what is installed', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });

  it('checks Node as the first link of every script', () => {
    const scripts = Object.entries(manifest.scripts);

    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter(([, line]) => !String(line).startsWith('node src/node-version.cjs && '))).toEqual([]);
  });

  it('starts only files that are there', () => {
    const started = Object.values(manifest.scripts).flatMap((line) => [
      ...String(line).matchAll(/node (\S+\.(?:ts|cjs))/g),
    ]);
    const missing = started.map(([, file = '']) => file).filter((file) => !existsSync(join(ROOT, file)));

    expect(missing).toEqual([]);
  });
});
