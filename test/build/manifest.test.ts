import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestOf } from '../../.build/manifest.ts';

const checkout = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));

const published = (overrides: object = {}) => JSON.parse(manifestOf(JSON.stringify({ ...checkout, ...overrides })));

describe('the manifest of the published package', () => {
  it('keeps what a user of the package needs and leaves the tools of the checkout out', () => {
    const manifest = published();

    expect(Object.keys(manifest).toSorted()).toEqual([
      'bin',
      'dependencies',
      'description',
      'engines',
      'license',
      'name',
      'type',
      'version',
    ]);
    expect(manifest).toMatchObject({ name: 'steer', bin: { steer: 'src/bin.cjs' }, engines: { node: '>=24' } });
    expect(manifest.dependencies).toEqual(checkout.dependencies);
  });

  it.each(['^4.6.7', '~4.6.7', '4.x', 'latest', '>=4'])(
    'refuses the range %s: what was tested is what is installed',
    (zod) => {
      expect(() => published({ dependencies: { ...checkout.dependencies, zod } })).toThrow('an exact version');
    },
  );

  it('refuses a checkout without a licence', () => {
    expect(() => published({ license: undefined })).toThrow('license');
  });
});
