import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, textValue } from '../../../src/domain/rdata/text.ts';
import { canonicalValue } from '../../../src/domain/rdata.ts';

const ascii = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 600,
});

describe('textValue and plainText', () => {
  it('give every plain text back, however long it is', () => {
    fc.assert(
      fc.property(ascii, (plain) => {
        const value = textValue(plain);
        if (!value.ok) throw new Error(value.because);
        expect(plainText(value.value)).toBe(plain);
        expect(canonicalValue('TXT', value.value)).toEqual(value);
      }),
    );
  });

  it('take quotes and backslashes for what they are', () => {
    expect(textValue('say "hi" \\065')).toEqual({ ok: true, value: '"say \\"hi\\" \\\\065"' });
  });
});
