import packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexOf, MalformedDns, Reader } from '../../../providers/dns-wire/bytes.ts';
import { ipv6Bytes, ipv6Text } from '../../../providers/dns-wire/ipv6.ts';
import { encodeName, isWithin, readName } from '../../../providers/dns-wire/names.ts';
import { encodeData, presentData } from '../../../providers/dns-wire/rdata.ts';
import { typeNumber } from '../../../providers/dns-wire/types.ts';
import { RECORDS_CAPABILITIES } from '../../../providers/rfc2136/capabilities.ts';
import { rfc2136RecordsTraits } from '../../contracts/records/rfc2136-world.ts';
import { samplesOf } from '../../contracts/records/samples.ts';

const traits = rfc2136RecordsTraits('fake');

/** The data of one record as another library encodes it, behind its length. */
const foreign = (answer: Parameters<typeof packet.encode>[0]): string => {
  const whole = packet.encode(answer);
  const { length } = packet.encode({ ...answer, answers: [] });
  // Name of the root (1), type, class, TTL (8), length (2).
  return whole.subarray(length + 11).toString('hex');
};

describe('data of records', () => {
  it.each(RECORDS_CAPABILITIES.types)('of type %s means the same on the wire and back', (type) => {
    const number = typeNumber(type);

    for (const sample of samplesOf(type, traits)) expect(presentData(number, encodeData(number, sample))).toBe(sample);
  });

  it('is what another library makes of it', () => {
    const of = (type: string, value: string): string => hexOf(encodeData(typeNumber(type), value));
    const soa = {
      mname: 'ns1.example.com',
      rname: 'h.example.com',
      serial: 7,
      refresh: 1,
      retry: 2,
      expire: 3,
      minimum: 4,
    };

    expect(of('SOA', 'ns1.example.com. h.example.com. 7 1 2 3 4')).toBe(
      foreign({ answers: [{ type: 'SOA', name: '.', data: soa }] }),
    );
    expect(of('A', '192.0.2.1')).toBe(foreign({ answers: [{ type: 'A', name: '.', data: '192.0.2.1' }] }));
    expect(of('AAAA', '2001:db8::1')).toBe(foreign({ answers: [{ type: 'AAAA', name: '.', data: '2001:db8::1' }] }));
    expect(of('TXT', '"one" "two"')).toBe(foreign({ answers: [{ type: 'TXT', name: '.', data: ['one', 'two'] }] }));
    expect(of('MX', '10 mail.example.com.')).toBe(
      foreign({ answers: [{ type: 'MX', name: '.', data: { preference: 10, exchange: 'mail.example.com' } }] }),
    );
    expect(of('CAA', '0 issue "ca.example.net"')).toBe(
      foreign({ answers: [{ type: 'CAA', name: '.', data: { flags: 0, tag: 'issue', value: 'ca.example.net' } }] }),
    );
  });

  it('of an unknown type is given as octets', () => {
    expect(presentData(731, Uint8Array.of(1, 171))).toBe('\\# 2 01ab');
    expect(hexOf(encodeData(731, '\\# 2 01AB'))).toBe('01ab');
    expect(() => encodeData(731, '\\# 3 01AB')).toThrow(TypeError);
  });

  it.each([
    ['A', '192.0.2.256'],
    ['A', '192.0.2'],
    ['AAAA', '2001:db8::g'],
    ['MX', 'ten mail.example.com.'],
    ['MX', '10'],
    ['SRV', '1 2 65536 a.example.com.'],
    ['TLSA', '3 1 1 ABC'],
    ['CNAME', `${'a'.repeat(64)}.example.com.`],
    ['TXT', `"${'a'.repeat(256)}"`],
  ])('refuses %s %s', (type, value) => {
    expect(() => encodeData(typeNumber(type), value)).toThrow(TypeError);
  });

  it('keeps any bytes of a text', () => {
    const bytes = fc.uint8Array({ maxLength: 255 });
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), (strings) => {
        const data = Uint8Array.from(strings.flatMap((string) => [string.length, ...string]));
        expect(hexOf(encodeData(16, presentData(16, data)))).toBe(hexOf(data));
      }),
    );
  });

  it('knows every IPv6 address in one form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const text = ipv6Text(bytes);
        expect(hexOf(ipv6Bytes(text) ?? new Uint8Array())).toBe(hexOf(bytes));
        expect(ipv6Text(ipv6Bytes(text.toUpperCase()) ?? new Uint8Array())).toBe(text);
      }),
    );
    expect(ipv6Text(new Uint8Array(16))).toBe('::');
  });
});

describe('names', () => {
  it('of any labels come back as they were', () => {
    const label = fc.uint8Array({ minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 8 }), (labels) => {
        const wire = Uint8Array.from([...labels.flatMap((one) => [one.length, ...one]), 0]);
        expect(hexOf(encodeName(readName(new Reader(wire))))).toBe(hexOf(wire));
      }),
    );
  });

  it.each([
    ['a\\.b.', '03612e6200'],
    ['a\\\\.', '02615c00'],
    ['a\\\\', '02615c00'],
    ['\\046.', '012e00'],
    ['.', '00'],
  ])('with escapes are what they say: %s', (name, wire) => {
    expect(hexOf(encodeName(name))).toBe(wire);
  });

  it.each(['', 'a..b.', '..', `${'a'.repeat(64)}.`, 'a\\', 'a\\999.'])(
    'that DNS cannot hold are refused: "%s"',
    (name) => {
      expect(() => encodeName(name)).toThrow(TypeError);
    },
  );

  it('whose pointers run in a circle end', () => {
    expect(() => readName(new Reader(Uint8Array.of(0xc0, 0)))).toThrow(MalformedDns);
    expect(() => readName(new Reader(Uint8Array.of(0xc0)))).toThrow(MalformedDns);
    expect(() => readName(new Reader(Uint8Array.of(5, 1)))).toThrow(MalformedDns);
  });

  it('are within a zone by labels, not by letters', () => {
    expect(isWithin('www.Example.com.', 'example.com')).toBe(true);
    expect(isWithin('example.com.', 'example.com.')).toBe(true);
    expect(isWithin('badexample.com.', 'example.com.')).toBe(false);
    expect(isWithin('anything.', '.')).toBe(true);
  });
});
