import { describe, expect, it } from 'vitest';
import { verdictLines } from '../../src/cli/render/provider-check.ts';

describe('the verdict of provider check', () => {
  const verdict = {
    provider: 'main',
    conditionalWrite: 'native',
    findings: ['OPEN alias-zero: nobody answered'],
  } as const;

  it.each([
    [true, 'main: weight 0 drains an alias: `drain: zero` may be used on alias sets'],
    [
      false,
      'main: that weight 0 drains an alias is not proven: `drain: zero` stays refused on alias sets, use `drain: remove`',
    ],
  ])('with zeroOnAlias %s says what follows for alias sets, then what was seen', (zeroOnAlias, line) => {
    const lines = verdictLines({ ...verdict, zeroOnAlias });

    expect(lines).toEqual(['main: conditional writes are native', line, '  OPEN alias-zero: nobody answered']);
  });
});
