import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalType, canonicalValue, canonicalValues, compareValues, KNOWN_TYPES } from '../../src/domain/rdata.ts';

const ok = (type: string, text: string): string => {
  const value = canonicalValue(type, text);
  return value.ok ? value.value : `REFUSED ${value.because}`;
};

const because = (type: string, text: string): string => {
  const value = canonicalValue(type, text);
  return value.ok ? `TAKEN ${value.value}` : value.because;
};

const SHA256 = 'ab'.repeat(32);

describe('canonicalValue', () => {
  it.each([
    ['A', '192.0.2.1', '192.0.2.1'],
    ['a', ' 192.0.2.1 ', '192.0.2.1'],
    ['AAAA', '2001:0DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['AAAA', '::', '::'],
    ['AAAA', '1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
    ['AAAA', '::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['AAAA', '::FFFF:C000:201', '::ffff:192.0.2.1'],
    ['AAAA', '64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
    ['CAA', '0 ISSUE ca.example.net', '0 issue "ca.example.net"'],
    ['CAA', '128 iodef "mailto:security@example.com; x=1"', '128 iodef "mailto:security@example.com; x=1"'],
    ['CERT', 'PKIX 1 RSASHA256 AQ ID', '1 1 8 AQID'],
    ['CNAME', 'WWW.Example.COM', 'www.example.com.'],
    ['DNAME', '.', '.'],
    ['DNSKEY', '257 3 ecdsap256sha256 AQID AQID', '257 3 13 AQIDAQID'],
    ['DS', `1 13 2 ${'ab'.repeat(16)} ${'cd'.repeat(16)}`, `1 13 2 ${'AB'.repeat(16)}${'CD'.repeat(16)}`],
    ['CDS', '0 0 0 00', '0 0 0 00'],
    ['HINFO', 'PC "Some OS"', '"PC" "Some OS"'],
    ['LOC', '52 22 23 N 4 53 32 E -2m', '52 22 23.000 N 4 53 32.000 E -2.00m 1.00m 10000.00m 10.00m'],
    ['LOC', '42 n 71 w -0.24 30', '42 0 0.000 N 71 0 0.000 W -0.24m 30.00m 10000.00m 10.00m'],
    ['MX', '010 Mail.example.com.', '10 mail.example.com.'],
    ['MX', '0 .', '0 .'],
    ['NAPTR', '1 2 u E2U+sip "!^.*$!sip:a@b.c!" .', '1 2 "u" "E2U+sip" "!^.*$!sip:a@b.c!" .'],
    ['RP', 'admin.example.com. .', 'admin.example.com. .'],
    [
      'SOA',
      'ns.example. first\\.last.example. 4294967295 1 2 3 4',
      'ns.example. first\\.last.example. 4294967295 1 2 3 4',
    ],
    ['SRV', '0 0 0 .', '0 0 0 .'],
    ['SSHFP', `4 2 ${SHA256}`, `4 2 ${SHA256.toUpperCase()}`],
    ['TLSA', `3 1 1 ${SHA256}`, `3 1 1 ${SHA256.toUpperCase()}`],
    ['TXT', 'plain', '"plain"'],
    ['TXT', '"a" "b;c"', '"a" "b;c"'],
    ['TXT', '"caf\u00e9 \\065 \\" \\\\ tab\t"', '"caf\\195\\169 A \\" \\\\ tab\\009"'],
    ['TXT', '""', '""'],
    ['TXT', `"${'x'.repeat(300)}"`, `"${'x'.repeat(255)}" "${'x'.repeat(45)}"`],
    ['SPF', '"v=spf1 -all"', '"v=spf1 -all"'],
    ['URI', '10 1 https://www.example.com/', '10 1 "https://www.example.com/"'],
    ['SVCB', '0 Pool.example.com.', '0 pool.example.com.'],
    ['HTTPS', '1 . ALPN=h2,h3 port=443', '1 . alpn="h2,h3" port=443'],
    [
      'HTTPS',
      '16 foo.example.com. key667="a b" ipv6hint=2001:DB8:0::1 mandatory=ipv4hint,alpn alpn="h2" ipv4hint=192.0.2.1,192.0.2.2',
      '16 foo.example.com. mandatory=alpn,ipv4hint alpn="h2" ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1 key667="a b"',
    ],
    ['HTTPS', '1 . alpn="f\\\\\\\\oo\\\\,bar,h2"', '1 . alpn="f\\\\\\\\oo\\\\,bar,h2"'],
    ['HTTPS', '1 . no-default-alpn alpn=h3 ech=AQID key9', '1 . alpn="h3" no-default-alpn ech=AQID key9'],
    ['TYPE65280', '\\# 4 c000 0201', '\\# 4 C0000201'],
    ['NSEC3PARAM', '\\# 0', '\\# 0'],
  ])('writes %s %s as %s', (type, text, expected) => {
    expect(ok(type, text)).toBe(expected);
  });

  it.each([
    ['A', '192.0.2', 'no IPv4 address; expected four numbers from 0 to 255, e.g. 192.0.2.1'],
    ['A', '192.0.2.256', 'no IPv4 address'],
    ['A', '192.0.02.1', 'no IPv4 address'],
    ['A', '2001:db8::1', 'no IPv4 address'],
    ['A', '192.0.2.1 192.0.2.2', 'it has 2 where 1 field (address) is needed'],
    ['A', '"192.0.2.1"', 'stands in quotes'],
    ['A', '', 'the value is empty'],
    ['AAAA', '192.0.2.1', 'no IPv6 address'],
    ['AAAA', '1::2::3', 'no IPv6 address'],
    ['AAAA', '1:2:3:4:5:6:7', 'no IPv6 address'],
    ['AAAA', '1:2:3:4:5:6:7::8', 'no IPv6 address'],
    ['AAAA', '1:2:3:4:5:6:7:8:9', 'no IPv6 address'],
    ['AAAA', '::192.0.2.1:1', 'no IPv6 address'],
    ['AAAA', ':1:2:3:4:5:6:7:8', 'no IPv6 address'],
    ['AAAA', 'fe80::1%eth0', 'no IPv6 address'],
    ['CAA', '256 issue x', 'flags: "256" is not a whole number from 0 to 255'],
    ['CAA', '0 is-sue x', 'tag: "is-sue" is not 1 to 15 letters and digits'],
    ['CERT', 'PKX 1 8 AQID', 'nor one of PKIX, SPKI'],
    ['CERT', 'PKIX 1 8 AQI', 'not base64'],
    ['CERT', 'PKIX 1 8 AR==', 'bits that stand for nothing'],
    ['CNAME', 'www', 'is not a whole name; write all of it'],
    ['CNAME', 'a..example.com.', 'empty label'],
    ['CNAME', `${'a'.repeat(64)}.example.com.`, 'a label of more than 63 octets'],
    ['CNAME', `${'abcdefg.'.repeat(32)}`, '257 octets; a name has at most 255'],
    ['CNAME', 'm\u00fcnchen.example.', 'xn--'],
    ['CNAME', '@', 'stands for the origin of a zone file'],
    ['CNAME', 'a\\300.example.', 'an escape is \\000 to \\255'],
    ['CNAME', 'a\\1.example.', 'three digits'],
    ['CNAME', 'example.com.\\', 'ends in a backslash'],
    ['DNSKEY', '257 4 13 AQID', 'protocol: it is 3'],
    ['DS', '1 13 2 ABCD', '4 hexadecimal digits; kind 2 needs exactly 64'],
    ['DS', '1 13 1 ABC', 'every octet needs two'],
    ['DS', '1 13 1', 'it has 3 where 4 fields (key tag, algorithm, digest type, digest) are needed'],
    ['HINFO', 'PC', 'it has 1 where 2 fields (cpu, system) are needed'],
    ['LOC', '91 N 0 E 0m', 'up to 90 degrees'],
    ['LOC', '1 60 N 0 E 0m', 'latitude: expected degrees'],
    ['LOC', '1 N 0 E 0m 15m', 'size: "15m" is not one digit and zeros'],
    ['LOC', '1 N 0 E', 'altitude: it is missing'],
    ['MX', '70000 mail.example.com.', 'preference: "70000" is not a whole number from 0 to 65535'],
    [
      'MX',
      'mail.example.com.',
      'it has 1 where 2 fields (preference, mail server) are needed; e.g. 10 mail.example.com.',
    ],
    ['SOA', 'a.b. c.d. 4294967296 1 2 3 4', 'serial: "4294967296" is not a whole number from 0 to 4294967295'],
    ['SRV', '-1 0 0 .', 'priority: "-1" is not a whole number'],
    ['SSHFP', `4 1 ${SHA256}`, 'kind 1 needs exactly 40'],
    ['TLSA', '3 1 2 AB', 'kind 2 needs exactly 128'],
    ['TXT', 'v=spf1 -all', 'put the text in quotes: "v=spf1 -all"'],
    ['TXT', '"open', 'never closed'],
    ['TXT', '"a"b', 'a space must follow the closing quote'],
    ['TXT', 'a"b"', 'a space must stand before the quote'],
    ['TXT', 'a;b', 'a bare ; starts a comment'],
    ['TXT', '( a', 'parentheses belong to zone files'],
    ['TXT', '"\ud800"', 'half of a character'],
    ['TXT', `"${'x'.repeat(66_000)}"`, 'at most 65535 fit'],
    ['HINFO', `"${'x'.repeat(256)}" x`, 'at most 255 fit here'],
    ['HTTPS', '1 . alpn=h2 alpn=h3', 'a parameter is given twice'],
    ['HTTPS', '1 . key3=443', '"key3" is written as port'],
    ['HTTPS', '1 . speed=9', '"speed" is no parameter'],
    ['HTTPS', '1 . mandatory=port', 'mandatory names port, which is not given'],
    ['HTTPS', '1 . mandatory=mandatory', 'must not name itself'],
    ['HTTPS', '1 . no-default-alpn', 'needs alpn beside it'],
    ['HTTPS', '1 . no-default-alpn=1 alpn=h2', 'takes no value'],
    ['HTTPS', '1 . port', 'port needs a value'],
    ['HTTPS', '1 . alpn="h2,,h3"', '1 to 255 octets'],
    ['HTTPS', '1 . ipv4hint=::1', 'ipv4hint: "::1" is no IPv4 address'],
    ['HTTPS', '1 . "alpn=h2"', 'write key="value"'],
    ['TYPE65280', '192.0.2.1', 'its values are not known here; expected \\#'],
    ['TYPE65280', '\\# 4 C00002', '\\# 4 says 4 octets, but 3 follow'],
    ['A/B', '1', 'is no record type'],
  ])('refuses %s %s and says why', (type, text, expected) => {
    expect(because(type, text)).toContain(expected);
  });

  it.each(Object.entries(KNOWN_TYPES))('takes its own example of %s', (type, example) => {
    const value = canonicalValue(type, example);

    expect(value.ok).toBe(true);
  });

  it('says several wrong fields at once', () => {
    const said = because('SRV', '70000 5 x host');

    expect(said).toContain('priority:');
    expect(said).toContain('port:');
    expect(said).toContain('target:');
  });

  it('repeats no control character of a person’s text', () => {
    expect(because('A', '\u001b[31m')).not.toContain('\u001b');
  });

  it('gives its own answer back unchanged, whatever it is given, and never throws', () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      ';',
      '(',
      ')',
      ' ',
      '.',
      '=',
      ',',
      '\\#',
      '\\065',
      '\\.',
      '0',
      '1',
      '3',
      '443',
      'alpn=',
      'key9=',
      'port=443',
      'mandatory=',
      'example.com',
      'N',
      'E',
      'm',
      '::',
      ':',
      'ff',
      '192.0.2.1',
      'AQID',
      '==',
      'é',
      '\ud83d',
      '\n',
      'x',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
    );
    const type = fc.constantFrom(...Object.keys(KNOWN_TYPES), 'TYPE65280', 'a', '');

    fc.assert(
      fc.property(type, text, (kind, given) => {
        const first = canonicalValue(kind, given);
        if (first.ok) expect(canonicalValue(kind, first.value)).toEqual(first);
        else expect(first.because).toMatch(/.{10}/u);
      }),
      { numRuns: 4_000 },
    );
  });

  it('takes a good value with one wrong character for another good one or refuses it, never less', () => {
    const examples = fc.constantFrom(...Object.entries(KNOWN_TYPES));

    fc.assert(
      fc.property(
        examples,
        fc.nat(200),
        fc.string({ maxLength: 2 }),
        fc.nat(2),
        ([type, example], where, put, drop) => {
          const at = where % (example.length + 1);
          const value = canonicalValue(type, example.slice(0, at) + put + example.slice(at + drop));
          if (value.ok) expect(canonicalValue(type, value.value)).toEqual(value);
          else expect(value.because.endsWith(`e.g. ${example}`), value.because).toBe(true);
        },
      ),
      { numRuns: 4_000 },
    );
  });

  it('reads every address back that it printed, however it was written', () => {
    const groups = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
      minLength: 8,
      maxLength: 8,
    });

    fc.assert(
      fc.property(groups, (sixteens) => {
        const long = sixteens.map((group) => group.toString(16).padStart(4, '0')).join(':');
        const short = ok('AAAA', long);
        expect(new URL(`http://[${long}]/`).hostname).toBe(new URL(`http://[${short}]/`).hostname);
        expect(short.length).toBeLessThanOrEqual(long.length);
        expect(ok('AAAA', short.toUpperCase())).toBe(short);
      }),
    );
  });
});

describe('canonicalValues', () => {
  it('keeps each value once, in one order', () => {
    const values = canonicalValues('AAAA', ['2001:db8::2', '2001:DB8:0::1', '2001:db8::1']);

    expect(values).toEqual({ ok: true, values: ['2001:db8::1', '2001:db8::2'] });
  });

  it('says everything that is wrong', () => {
    const values = canonicalValues('A', ['x', '192.0.2.1', 'y']);

    expect(values).toMatchObject({
      ok: false,
      because: [expect.stringContaining('"x"'), expect.stringContaining('"y"')],
    });
  });

  it('compares values to one order', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(compareValues(a, b) + compareValues(b, a)).toBe(0);
        expect(compareValues(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('canonicalType', () => {
  it('writes a type in capitals and refuses what is none', () => {
    expect(canonicalType('aaaa')).toEqual({ ok: true, value: 'AAAA' });
    expect(canonicalType('type65280')).toEqual({ ok: true, value: 'TYPE65280' });
    expect(canonicalType('A B')).toMatchObject({ ok: false });
  });
});
