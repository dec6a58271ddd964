import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ns1Record, RECORD } from '../../../providers/ns1/record.ts';
import { recordOf, setStateOf } from '../../../providers/ns1/translate.ts';
import { afterWrite, sameRecords } from '../../../src/domain/set-state.ts';
import { refOf } from '../../contracts/steering/world.ts';

const REF = refOf('www', 'example.com');

const metas = fc.record(
  {
    up: fc.constantFrom<unknown>(true, false, '1', '0', 1, 0),
    weight: fc.integer({ min: 1, max: 1000 }),
    note: fc.string(),
    fieldOfTomorrow: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

const regionNames = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });

/** Every answer has a weight from somewhere: what inherits none has no share that could be moved. */
const records: fc.Arbitrary<Ns1Record> = regionNames.chain((names) =>
  fc
    .record({
      answers: fc.tuple(...names.map(() => fc.record({ meta: fc.option(metas, { nil: undefined }) }))),
      regions: fc.tuple(...names.map(() => metas)),
      meta: metas,
      extra: fc.jsonValue(),
    })
    .map(({ answers, regions, meta, extra }) =>
      RECORD.parse({
        id: '000000000000000000000001',
        zone: 'example.com',
        domain: 'www.example.com',
        type: 'A',
        ttl: 60,
        tier: 2,
        networks: [0],
        fieldOfTomorrow: extra,
        meta: { weight: 7, ...meta },
        regions: Object.fromEntries(names.map((name, index) => [name, { meta: regions[index] }])),
        filters: [{ filter: 'up', config: {} }],
        answers: answers.map((answer, index) => ({
          id: `a${index}`,
          answer: [`192.0.2.${index}`],
          region: names[index],
          ...(answer.meta === undefined ? {} : { meta: answer.meta }),
        })),
      }),
    ),
);

describe('a filter chain as a set', () => {
  it('is written back with the weights of the set and everything else unchanged', () => {
    fc.assert(
      fc.property(records, fc.array(fc.option(fc.integer({ min: 1, max: 1000 })), { minLength: 5 }), (record, next) => {
        const state = setStateOf(REF, record);
        const weights = Object.fromEntries(state.members.map(({ member }, index) => [member, next[index] ?? null]));
        const left = afterWrite(state, weights, 'state');

        const written = recordOf(record, left);

        expect(sameRecords(setStateOf(REF, written), left)).toBe(true);
        expect(written.regions).toEqual(record.regions);
        expect(written.meta).toEqual(record.meta);
        expect(written['fieldOfTomorrow']).toEqual(record['fieldOfTomorrow']);
        expect(written.answers.map(({ answer }) => answer)).toEqual(record.answers.map(({ answer }) => answer));
      }),
    );
  });

  it('is written back word for word when nothing moves', () => {
    fc.assert(
      fc.property(records, (record) => {
        expect(recordOf(record, setStateOf(REF, record)).answers).toEqual(record.answers);
      }),
    );
  });

  it('sends nothing that is for NS1 alone to say', () => {
    fc.assert(
      fc.property(records, (record) => {
        const written = recordOf(record, setStateOf(REF, record));

        expect(Object.keys(written)).not.toEqual(expect.arrayContaining(['id']));
        expect(Object.keys(written)).not.toEqual(expect.arrayContaining(['tier']));
      }),
    );
  });

  const recordWith = (answers: readonly object[], more: object = {}): Ns1Record =>
    RECORD.parse({ zone: 'example.com', domain: 'www.example.com', type: 'A', ttl: 60, answers, ...more });

  it('takes what an answer says before its region, and that before the record', () => {
    const record = recordWith(
      [
        { answer: ['192.0.2.1'], region: 'east', meta: { up: true, weight: 1 } },
        { answer: ['192.0.2.2'], region: 'west', meta: { up: true } },
        { answer: ['192.0.2.3'], region: 'north' },
        { answer: ['192.0.2.4'], region: 'south', meta: { up: false } },
      ],
      {
        regions: {
          east: { meta: { weight: 20 } },
          west: { meta: { weight: 2 } },
          north: {},
          south: { meta: { up: true } },
        },
        meta: { up: true, weight: 3 },
      },
    );

    const { members } = setStateOf(REF, record);

    expect(members.map(({ member, weight }) => [member, weight])).toEqual([
      ['east', 1],
      ['north', 3],
      ['south', null],
      ['west', 2],
    ]);
  });

  it('counts an answer without `up` as out, as the filter does', () => {
    const { members } = setStateOf(REF, recordWith([{ answer: ['192.0.2.1'], meta: { weight: 5 } }]));

    expect(members).toMatchObject([{ member: '192.0.2.1', weight: null }]);
  });

  it('names answers by region, by region and address where it has several, by address where they have none', () => {
    const record = recordWith([
      { answer: ['192.0.2.1'], region: 'east' },
      { answer: ['192.0.2.2'], region: 'east' },
      { answer: ['192.0.2.3'], region: 'west' },
      { answer: [10, 'mail.example.com.'] },
      { answer: ['192.0.2.9'] },
      { answer: ['192.0.2.9'] },
    ]);

    const { members } = setStateOf(REF, record);

    expect(members.map(({ member }) => member)).toEqual([
      '10 mail.example.com.',
      '192.0.2.9',
      '192.0.2.9 (2)',
      'east/192.0.2.1',
      'east/192.0.2.2',
      'west',
    ]);
  });
});
