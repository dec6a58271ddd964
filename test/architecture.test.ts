import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const PURE = ['src/domain', 'src/capacity', 'src/gates', 'src/guardrails', 'src/planner', 'src/run'] as const;

/** Who may import whom. Deny by default: each room sees itself and what is listed, nothing else. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/ports': ['src/domain'],
  'src/capacity': ['src/domain', 'src/gates'],
  'src/gates': ['src/domain'],
  'src/guardrails': ['src/domain', 'src/capacity', 'src/gates'],
  'src/planner': ['src/domain', 'src/capacity', 'src/gates', 'src/guardrails'],
  'src/run': ['src/domain', 'src/ports', 'src/capacity', 'src/gates', 'src/guardrails', 'src/planner'],
  'src/readiness': ['src/domain', 'src/capacity', 'src/gates', 'src/run'],
  'src/access': ['src/domain'],
  'src/grammar': ['src/domain'],
  'src/dns': ['src/domain'],
  'src/words': ['src/domain', 'src/run'],
  'src/report': ['src/domain', 'src/ports', 'src/run', 'src/planner'],
  'src/system': ['src/domain', 'src/ports'],
  'src/store': ['src/domain', 'src/ports'],
  // The vendors' own schemas say what an account of theirs may be configured with.
  'src/config': ['src/domain', 'src/ports', 'providers/registry.ts'],
  'src/health': ['src/domain', 'src/ports', 'src/gates'],
  'src/facts': [...PURE, 'src/ports', 'providers'],
  'src/executor': [...PURE, 'src/ports', 'src/facts', 'src/health', 'providers'],
  'src/operations': [
    ...PURE,
    'src/words',
    'src/dns',
    'src/ports',
    'src/access',
    'src/grammar',
    'src/facts',
    'src/config',
    'src/store',
    'src/report',
    'src/readiness',
    'providers',
  ],
  'src/cli': [
    ...PURE,
    'src/words',
    'src/dns',
    'src/ports',
    'src/operations',
    'src/grammar',
    'src/report',
    'src/readiness',
    'src/config',
  ],
  'src/slack': [
    ...PURE,
    'src/words',
    'src/ports',
    'src/access',
    'src/operations',
    'src/grammar',
    'src/report',
    'src/readiness',
  ],
  'src/sandbox': ['providers/route53/fake'],
  providers: ['src/domain', 'src/ports'],
  'providers/registry.ts': ['src/domain', 'src/ports', 'providers'],
  'providers/fake-kit': [],
  // What several vendors that speak DNS itself share; their folders may import it, it sees none of them.
  'providers/dns-wire': ['src/domain', 'src/ports', 'providers'],
};

/** Every folder of a vendor has the same line, so that a new one needs none here. A fake sees nothing of its provider. */
const IN_VENDOR: readonly string[] = ['src/domain', 'src/ports', 'providers', 'providers/dns-wire'];
const IN_FAKE: readonly string[] = ['providers/fake-kit'];

/** Rooms beside the vendors' own. */
const SHARED: readonly string[] = ['providers/fake-kit', 'providers/dns-wire'];

const isVendorFolder = (room: string): boolean => /^providers\/[^/.]+$/.test(room) && !SHARED.includes(room);

const mayImport = (room: string): readonly string[] | undefined => {
  if (MAY_IMPORT[room] !== undefined) return MAY_IMPORT[room];
  if (isVendorFolder(room)) return IN_VENDOR;
  return /^providers\/[^/]+\/fake$/.test(room) ? IN_FAKE : undefined;
};

/** The composition root may see everything; the entry sees only it. */
const COMPOSES = /^src\/(?:compose\/[^/]+|compose|steer)\.ts$/;

const folderOf = (file: string): string => {
  const path = relative(root, file);
  if (path === 'providers/registry.ts') return path;
  if (/^providers\/[^/]+\/fake(\.ts$|\/)/.test(path)) return path.split('/').slice(0, 3).join('/').replace(/\.ts$/, '');
  const parts = path.split('/');
  const isVendor = parts[0] === 'providers' && parts.length > 2;
  return parts[0] === 'src' || isVendor ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
};

const sources = ['src', 'providers'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, top, file)),
);

const importsOf = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .matchAll(/(?:from|import)[\s(]*'(\.[^']+)'/g)
    .map(([, specifier = '']) => resolve(dirname(file), specifier))
    .toArray();

describe('dependency direction', () => {
  it.each(sources.map((file) => [relative(root, file), file]))('%s', (name, file) => {
    const from = folderOf(file);
    const allowed = [from, ...(mayImport(from) ?? [])];

    const strays = importsOf(file)
      .map((target) => ({ target: relative(root, target), room: folderOf(target) }))
      // The registry is the one file that sees the vendors' folders; it loads them when they are needed.
      .filter(({ room }) => !(from === 'providers/registry.ts' && isVendorFolder(room)))
      .filter(({ room }) => !COMPOSES.test(name) && !allowed.includes(room));

    expect(strays, `${from} may import only ${allowed.join(', ')}`).toEqual([]);
  });

  it('every room has a line', () => {
    const rooms = new Set(sources.filter((file) => !COMPOSES.test(relative(root, file))).map(folderOf));

    const without = [...rooms].filter((room) => mayImport(room) === undefined);

    expect(without).toEqual([]);
  });

  it('only the entry imports the composition root, and no product file imports a test', () => {
    const wrong = sources
      .filter((file) => !COMPOSES.test(relative(root, file)))
      .flatMap((file) => importsOf(file).map((target) => relative(root, target)))
      .filter((target) => target.startsWith('src/compose') || target.startsWith('test/'));

    expect(wrong).toEqual([]);
  });
});
