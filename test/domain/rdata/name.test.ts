import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalName } from '../../../src/domain/rdata/name.ts';

const label = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 20 });

/** Every octet escaped, which is always right. */
const escaped = (octets: readonly number[]): string =>
  octets.map((octet) => `\\${String(octet).padStart(3, '0')}`).join('');

const upper = (text: string): string => text.replaceAll(/[a-z]/g, (char) => char.toUpperCase());

describe('canonicalName', () => {
  it.each([
    ['.', '.'],
    ['Example.COM', 'example.com.'],
    ['localhost.', 'localhost.'],
    ['*.example.com.', '*.example.com.'],
    ['_dmarc.example.com.', '_dmarc.example.com.'],
    ['\\052.example.com.', '4.example.com.'],
    ['\\065\\066.example.', 'ab.example.'],
    ['a\\.b.example.', 'a\\.b.example.'],
    ['a\\046b.example.', 'a\\.b.example.'],
    ['a\\032b.example.', 'a\\032b.example.'],
    ['a\\@b.example.', 'a\\@b.example.'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalName(text)).toEqual({ ok: true, value: expected });
  });

  it('reads any octets as the same name, however they are escaped and whatever their case', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (labels) => {
        const plain = canonicalName(`${labels.map(escaped).join('.')}.`);
        if (!plain.ok) throw new Error(plain.because);
        expect(canonicalName(plain.value)).toEqual(plain);
        expect(canonicalName(upper(plain.value))).toEqual(plain);
      }),
    );
  });

  it('takes exactly the lengths that DNS takes', () => {
    const longest = `${`${'a'.repeat(63)}.`.repeat(3)}${'a'.repeat(61)}.`;

    expect(canonicalName(longest)).toEqual({ ok: true, value: longest });
    expect(canonicalName(`b${longest}`).ok).toBe(false);
    expect(canonicalName(longest.replace(/a\.$/, 'aa.')).ok).toBe(false);
  });
});
