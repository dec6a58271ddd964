import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { about as google } from '../../providers/google/about.ts';
import { about as oci } from '../../providers/oci/about.ts';

const exampleOf = (vendor: string): unknown => {
  const text = readFileSync(join(import.meta.dirname, '../../providers', vendor, 'README.md'), 'utf8');
  return parse(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '');
};

describe.each([google, oci])('the example in the README of $vendor', ({ vendor, settings, secrets }) => {
  it('has settings that the vendor takes, and names its secrets', () => {
    const example = exampleOf(vendor);

    expect(example).toMatchObject({
      providers: {
        [`dns-${vendor}`]: {
          vendor,
          credentials: {
            kind: 'secrets',
            secrets: Object.fromEntries(secrets.map(({ name }) => [name, expect.anything()])),
          },
          settings: expect.toSatisfy((its: unknown) => settings.safeParse(its).success),
        },
      },
    });
  });
});
