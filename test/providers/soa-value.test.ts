import { describe, expect, it } from 'vitest';
import { emailOf, withEmail, withNextSerial } from '../../providers/soa-value.ts';

const SOA = 'ns1.example.net. hostmaster.example.com. 4294967295 3600 600 604800 1800';

describe('an SOA value', () => {
  it.each(['hostmaster@example.com', 'first.last@example.com', 'back\\slash@example.com'])('holds %s', (email) => {
    expect(emailOf(withEmail(SOA, email))).toBe(email);
  });

  it('keeps its other fields', () => {
    expect(withEmail(SOA, 'first.last@example.org')).toBe(
      'ns1.example.net. first\\.last.example.org. 4294967295 3600 600 604800 1800',
    );
  });

  it('counts on from zero after the last serial', () => {
    expect(withNextSerial(SOA)).toBe('ns1.example.net. hostmaster.example.com. 0 3600 600 604800 1800');
  });

  it('takes no word for an address, and says which record it could not read', () => {
    expect(() => withEmail(SOA, 'hostmaster')).toThrow(/"hostmaster" is no address/);
    expect(() => emailOf('ns1.example.net. too short')).toThrow(/has 3 fields; there are 7/);
  });
});
