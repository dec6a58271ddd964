import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORD } from '../../../providers/ns1/record.ts';
import { recordSetsOf } from '../../../providers/ns1/record-translate.ts';
import { printedValue, rdataOf } from '../../../providers/ns1/record-values.ts';
import { recordOfGroup } from '../../../providers/ns1/record-write.ts';
import { quotedField } from '../../../providers/plain-text.ts';
import { canonicalValue } from '../../../src/domain/rdata.ts';
import { compareRecordKeys } from '../../../src/domain/record-order.ts';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { qualified, setOf } from '../../contracts/records/world.ts';

const ZONE = 'example.com';

const u16 = fc.nat({ max: 65_535 });
const name = fc.domain().map((domain) => `${domain}.`);
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map(quotedField);
const short = fc.stringMatching(/^[a-zA-Z0-9+]{0,8}$/).map(quotedField);

const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  A: fc.ipV4(),
  AAAA: fc.ipV6(),
  CAA: fc.tuple(fc.nat({ max: 255 }), fc.constantFrom('issue', 'iodef'), text).map((fields) => fields.join(' ')),
  CNAME: name,
  MX: fc.tuple(u16, name).map((fields) => fields.join(' ')),
  NAPTR: fc.tuple(u16, u16, short, short, fc.constant('""'), name).map((fields) => fields.join(' ')),
  NS: name,
  PTR: name,
  SRV: fc.tuple(u16, u16, u16, name).map((fields) => fields.join(' ')),
  TXT: fc.string({ unit: 'grapheme', maxLength: 400 }).map(quotedField),
};

const recordWith = (answers: readonly object[], more: object = {}) =>
  RECORD.parse({ zone: ZONE, domain: 'www.example.com', type: 'A', ttl: 60, answers, ...more });

const groupOf = (after: readonly RecordSet[]) => ({
  name: 'www.example.com.',
  type: 'A',
  before: [],
  after,
  changes: [],
});

describe('a value at NS1', () => {
  it('is the same after it was taken apart and put together', () => {
    const values = fc
      .constantFrom(...Object.keys(VALUES))
      .chain((type) => (VALUES[type] ?? fc.constant('')).map((value) => ({ type, value })));
    fc.assert(
      fc.property(values, ({ type, value }) => {
        const canonical = canonicalValue(type, value);
        fc.pre(canonical.ok);

        const rdata = rdataOf(type, canonical.value);

        expect(printedValue(type, RECORD.shape.answers.element.parse({ answer: rdata }))).toBe(canonical.value);
      }),
    );
  });

  it('is read alike whether numbers come as numbers or as text, and names with a dot or without', () => {
    const read = (answer: readonly (string | number)[]) => printedValue('MX', { answer: [...answer] });

    expect([read([10, 'mail.example.net']), read(['10', 'Mail.example.net.'])]).toEqual([
      '10 mail.example.net.',
      '10 mail.example.net.',
    ]);
  });

  it('cannot be a text in several strings, nor octets that are no text', () => {
    expect(rdataOf('TXT', '"one" "two"')).toBe(null);
    expect(rdataOf('TXT', '"\\255"')).toBe(null);
  });
});

describe('a record of NS1 as sets', () => {
  const weights = fc.uniqueArray(
    fc.record({ region: fc.stringMatching(/^[a-z]{1,6}$/), weight: fc.option(fc.integer({ min: 1, max: 1000 })) }),
    { minLength: 1, maxLength: 6, selector: ({ region }) => region },
  );

  it('weighted sets are the same after they were written and read back', () => {
    fc.assert(
      fc.property(weights, (its) => {
        const sets = its
          .map(({ region, weight }, n) =>
            qualified(setOf('www', 'A', [`192.0.2.${n}`]), region, { kind: 'weighted', weight }),
          )
          .toSorted(compareRecordKeys);

        const record = recordOfGroup(groupOf(sets), ZONE, null);

        expect(recordSetsOf(RECORD.parse(record)).toSorted(compareRecordKeys)).toEqual(sets);
      }),
    );
  });

  it('keeps what NS1 holds of the record and of each answer when a set of it changes', () => {
    const held = recordWith(
      [
        { id: 'a1', answer: ['192.0.2.1'], region: 'east', meta: { up: true, weight: 5, note: 'first' } },
        { id: 'a2', answer: ['192.0.2.2'], region: 'west', meta: { up: true } },
      ],
      {
        use_client_subnet: false,
        meta: { note: 'all' },
        regions: { east: { meta: {} }, west: { meta: { weight: 7 } } },
        filters: [
          { filter: 'up', config: {} },
          { filter: 'weighted_shuffle', config: {} },
          { filter: 'select_first_n', config: { N: '1' } },
        ],
      },
    );
    const [east, west] = recordSetsOf(held);
    if (east === undefined || west === undefined) throw new Error('there are two sets');

    const next = recordOfGroup(groupOf([{ ...east, profile: { kind: 'weighted', weight: null } }, west]), ZONE, held);

    expect(next).toEqual({
      ...held,
      answers: [
        { answer: ['192.0.2.1'], region: 'east', meta: { up: false, weight: 5, note: 'first' } },
        held.answers[1],
      ],
    });
    expect(west.profile).toEqual({ kind: 'weighted', weight: 7 });
  });

  it('keeps what belongs to a value of a basic set, and loses it with the value', () => {
    const held = recordWith([
      { answer: ['192.0.2.1'], meta: { note: 'first' } },
      { answer: ['192.0.2.2'], region: 'west' },
    ]);
    const [set] = recordSetsOf(held);
    if (set === undefined) throw new Error('there is one set');

    const next = recordOfGroup(groupOf([{ ...set, values: ['192.0.2.2', '192.0.2.3'] }]), ZONE, held);

    expect(next.answers).toEqual([{ answer: ['192.0.2.2'], region: 'west' }, { answer: ['192.0.2.3'] }]);
    expect(next.regions).toEqual({ west: { meta: {} } });
  });

  const CHAIN = ['up', 'weighted_shuffle', 'select_first_n'].map((filter) => ({ filter, config: {} }));
  const east = { answer: ['192.0.2.1'], region: 'east', meta: { up: true, weight: 1 } };

  it.each<[string, object, string]>([
    ['a choice by place', { filters: [{ filter: 'geotarget_country', config: {} }] }, 'the filters geotarget_country'],
    [
      'a feed',
      { filters: CHAIN, answers: [{ ...east, meta: { up: { feed: 'f' }, weight: 1 } }] },
      `the filters ${CHAIN.map(({ filter }) => filter).join(', ')}`,
    ],
    [
      'answers without regions',
      { filters: CHAIN, answers: [{ ...east, region: undefined }] },
      `the filters ${CHAIN.map(({ filter }) => filter).join(', ')}`,
    ],
    ['a link', { link: 'other.example.com', answers: [] }, 'a link to other.example.com'],
    ['a type of its own', { type: 'ALIAS', answers: [{ answer: ['lb.example.net'] }] }, 'the type ALIAS'],
  ])('%s is shown and never changed', (_, fields, what) => {
    const sets = recordSetsOf(recordWith([east], fields));

    expect(sets).toMatchObject([{ qualifier: 'ns1', profile: { kind: 'other', what } }]);
  });

  it('filters that are disabled leave a basic set, and are kept', () => {
    const filters = [{ filter: 'shuffle', config: {}, disabled: true }];

    const [set] = recordSetsOf(recordWith([{ answer: ['192.0.2.1'] }], { filters, use_client_subnet: true }));

    expect(set).toMatchObject({ profile: { kind: 'basic' }, kept: { record: { filters } } });
  });
});
