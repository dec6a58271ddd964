import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalEscapes, octalEscapes, vendorName } from '../../../providers/route53/escapes.ts';
import { canonicalName } from '../../../src/domain/rdata/name.ts';
import { canonicalValue } from '../../../src/domain/rdata.ts';

const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 30 });
const escaped = (bytes: readonly number[]): string =>
  bytes.map((octet) => `\\${String(octet).padStart(3, '0')}`).join('');

describe('escapes', () => {
  it.each([
    ['\\052.example.com.', '\\042.example.com.'],
    ['"caf\\303\\251"', '"caf\\195\\169"'],
    ['"a \\\\101 \\" b"', '"a \\\\101 \\" b"'],
    ['plain', 'plain'],
  ])('the vendor’s %s is %s elsewhere, and back', (octal, decimal) => {
    expect(decimalEscapes(octal)).toBe(decimal);
    expect(octalEscapes(decimal)).toBe(octal);
  });

  it('writes a single escaped character of a name as a number, and a wildcard plain', () => {
    expect(vendorName('a\\.b\\032c.example.com.')).toBe('a\\056b\\040c.example.com.');
    expect(vendorName('*.example.com.')).toBe('*.example.com.');
  });

  it('loses no octet of a value or of a name', () => {
    fc.assert(
      fc.property(octets, (bytes) => {
        const value = canonicalValue('TXT', `"${escaped(bytes)}"`);
        const name = canonicalName(`${escaped(bytes)}.example.com.`);
        if (!value.ok || !name.ok) throw new Error('both are well formed');
        expect(canonicalValue('TXT', decimalEscapes(octalEscapes(value.value)))).toEqual(value);
        expect(canonicalName(decimalEscapes(vendorName(name.value)))).toEqual(name);
      }),
    );
  });
});
