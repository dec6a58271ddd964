import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AZURE_RECORDS } from '../../../providers/azure/capabilities.ts';
import { AZURE_RECORD_SET } from '../../../providers/azure/record-set.ts';
import { propertiesOf, recordSetOf, relativeName } from '../../../providers/azure/record-translate.ts';
import { quotedField } from '../../../providers/plain-text.ts';
import { canonicalValues } from '../../../src/domain/rdata.ts';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { setOf } from '../../contracts/records/world.ts';

const ZONE = 'example.com';

const u16 = fc.nat({ max: 65_535 });
const name = fc.domain().map((domain) => `${domain}.`);
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map(quotedField);

/** Presentation format of one value, by type. */
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  A: fc.ipV4(),
  AAAA: fc.ipV6(),
  CAA: fc.tuple(fc.nat({ max: 255 }), fc.constantFrom('issue', 'iodef'), text).map((fields) => fields.join(' ')),
  CNAME: name,
  MX: fc.tuple(u16, name).map((fields) => fields.join(' ')),
  NS: name,
  PTR: name,
  SOA: fc.tuple(name, name, u16, u16, u16, u16, u16).map((fields) => fields.join(' ')),
  SRV: fc.tuple(u16, u16, u16, name).map((fields) => fields.join(' ')),
  TXT: fc.array(text, { minLength: 1, maxLength: 3 }).map((texts) => texts.join(' ')),
};

const SINGLE = ['CNAME', 'SOA'];

const canonical = (type: string, values: readonly string[]): readonly string[] => {
  const read = canonicalValues(type, values);
  return read.ok ? read.values : [];
};

const sets: fc.Arbitrary<RecordSet> = fc
  .constantFrom(...AZURE_RECORDS.types)
  .chain((type) =>
    fc
      .record({
        values: fc.array(VALUES[type] ?? fc.constant(''), { minLength: 1, maxLength: SINGLE.includes(type) ? 1 : 4 }),
        ttlSeconds: fc.integer({ min: 1, max: 86_400 }),
        metadata: fc.option(
          fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { minKeys: 1, noNullPrototype: true }),
        ),
      })
      .map(({ values, ttlSeconds, metadata }) =>
        setOf('www', type, canonical(type, values), {
          ttlSeconds,
          kept: metadata === null ? null : { metadata },
        }),
      ),
  )
  .filter(({ values }) => values.length > 0);

const atAzure = (set: RecordSet, properties: unknown) =>
  AZURE_RECORD_SET.parse({
    name: 'www',
    type: `Microsoft.Network/dnszones/${set.type}`,
    etag: 'etag-1',
    properties: { fqdn: 'www.example.com.', provisioningState: 'Succeeded', targetResource: {}, ...Object(properties) },
  });

describe('a record set of Azure DNS', () => {
  it('is the same after it was written down in JSON and read back', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const properties = JSON.parse(JSON.stringify(propertiesOf(set)));

        expect(recordSetOf(atAzure(set, properties), ZONE)).toEqual(set);
      }),
    );
  });

  it('reads names with and without the dot at their end alike', () => {
    const set = setOf('www', 'MX', ['10 mail.example.net.']);
    const read = (exchange: string) =>
      recordSetOf(atAzure(set, { TTL: 1800, MXRecords: [{ preference: 10, exchange }] }), ZONE);

    expect([read('mail.example.net'), read('Mail.Example.net.')]).toEqual([set, set]);
  });

  it('shows a value that is none of its type as Azure has it', () => {
    const set = setOf('www', 'A', ['not an address']);

    expect(recordSetOf(atAzure(set, { TTL: 1800, ARecords: [{ ipv4Address: 'not an address' }] }), ZONE)).toEqual(set);
  });

  it('keeps the TTL of an alias beside it, and forgets it when values take its place', () => {
    const properties = { TTL: 60, targetResource: { id: '/x' }, metadata: { owner: 'team-1' } };
    const alias = recordSetOf(atAzure(setOf('www', 'A', []), properties), ZONE);

    const values = propertiesOf({ ...alias, alias: null, ttlSeconds: 300, values: ['192.0.2.1'] });

    expect(alias).toMatchObject({ ttlSeconds: null, values: [], alias: { target: '/x', zone: null } });
    expect(propertiesOf(alias)).toEqual(properties);
    expect(values).toEqual({ TTL: 300, metadata: { owner: 'team-1' }, ARecords: [{ ipv4Address: '192.0.2.1' }] });
  });

  it('shows a set of a type that it does not know, as one that is never changed', () => {
    const set = recordSetOf(atAzure(setOf('www', 'TLSA', []), { TTL: 60, TLSARecords: [{ usage: 3 }] }), ZONE);

    expect(set.profile).toEqual({ kind: 'other', what: 'the type TLSA, which steer does not know here' });
    expect(set.kept).toEqual({ TLSARecords: [{ usage: 3 }] });
  });

  it('has no way to say octets that are no text', () => {
    expect(propertiesOf(setOf('www', 'TXT', ['"\\255"']))).toBe(null);
  });

  it.each([
    ['www.example.com.', 'www'],
    ['*.Example.com.', '*'],
    ['example.com.', '@'],
    ['www.example.org.', null],
    ['notexample.com.', null],
  ])('calls %s within the zone %s', (full, relative) => {
    expect(relativeName(full, 'example.com')).toBe(relative);
  });
});
