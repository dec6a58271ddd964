import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import { type Batch, batchOf } from '../../../providers/route53/batch.ts';
import { fenceOf, MARKER_CHARACTERS, markerRecord } from '../../../providers/route53/marker.ts';
import type { RecordSet } from '../../../providers/route53/record.ts';
import { setStateOf } from '../../../providers/route53/translate.ts';
import type { SetChange, SteeringWrite } from '../../../providers/steering.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import type { SetState } from '../../../src/domain/steering.ts';
import { weighted } from './records.ts';

const CAREFUL = { zeroOnAlias: false };
const FENCE = { store: 'store_1', epoch: 4 };
const ref = { set: setId('www-a'), provider: providerId('dns-1'), zone: 'Z1', name: 'www.example.com.', type: 'A' };

const stateOf = (...records: RecordSet[]): SetState => setStateOf(ref, records);

const writeOf = (changes: readonly SetChange[], extra: Partial<SteeringWrite> = {}): SteeringWrite => ({
  zone: 'Z1',
  changes,
  fence: { expects: FENCE, leaves: FENCE },
  comment: 'run_1 step 1',
  ...extra,
});

const changeOf = (expects: SetState, weights: SetChange['weights'], drain: SetChange['drain'] = 'zero'): SetChange => ({
  ref,
  drain,
  expects,
  weights,
});

const spoken = ({ changes }: Batch): string[] =>
  changes.map(({ Action, ResourceRecordSet: { Name, SetIdentifier, Weight, ResourceRecords } }) =>
    [Action, Name.split('.')[0], SetIdentifier ?? ResourceRecords?.[0]?.Value, Weight].join(' ').trim(),
  );

const kindThrown = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (failure) {
    return failure instanceof ProviderError ? failure.kind : String(failure);
  }
};

const many = (count: number, value: string): RecordSet[] =>
  Array.from({ length: count }, (_, n) => weighted(`m${n}`, 1, { ResourceRecords: [{ Value: value }] }));

const keeping = (state: SetState) =>
  changeOf(state, Object.fromEntries(state.members.map(({ member, weight }) => [member, weight])));

describe('a write as one batch', () => {
  it('rule 2: names every member, those that stay as they are too, and the marker', () => {
    const state = stateOf(weighted('east', 100), weighted('spare', 0), weighted('west', 100));

    const batch = batchOf(writeOf([changeOf(state, { east: null, west: 200, spare: null })]), 'example.com.', CAREFUL);

    expect(spoken(batch)).toEqual([
      'DELETE _steer "steer store=store_1 epoch=4"',
      'CREATE _steer "steer store=store_1 epoch=4"',
      'DELETE www east 100',
      'DELETE www spare 0',
      'DELETE www west 100',
      'CREATE www east 0',
      'CREATE www spare 0',
      'CREATE www west 200',
    ]);
  });

  it('creates the marker alone where there is none yet', () => {
    const batch = batchOf(writeOf([], { fence: { expects: null, leaves: FENCE } }), 'example.com.', CAREFUL);

    expect(spoken(batch)).toEqual(['CREATE _steer "steer store=store_1 epoch=4"']);
  });

  it('takes a record away without putting another in its place when it is drained by remove', () => {
    const state = stateOf(weighted('east', 100), weighted('west', 100));

    const batch = batchOf(writeOf([changeOf(state, { east: null, west: 200 }, 'remove')]), 'example.com.', CAREFUL);

    expect(spoken(batch).slice(2)).toEqual(['DELETE www east 100', 'DELETE www west 100', 'CREATE www west 200']);
    expect(batch.left[0]?.members.map(({ member, present }) => [member, present])).toEqual([
      ['east', false],
      ['west', true],
    ]);
  });

  it('rule 3: never takes the marker of its own store down', () => {
    const write = writeOf([], { fence: { expects: FENCE, leaves: { ...FENCE, epoch: 3 } } });

    expect(kindThrown(() => batchOf(write, 'example.com.', CAREFUL))).toBe('rejected');
  });

  it.each([
    ['500 weighted sets and no marker', 500, '192.0.2.1', 'too-large'],
    ['499 weighted sets and the marker', 499, '192.0.2.1', 'ok'],
    ['values of more than 32,000 characters', 40, 'x'.repeat(400), 'too-large'],
    ['values just below it', 39, 'x'.repeat(400), 'ok'],
  ])('judges the size of %s before sending', (_, count, value, kind) => {
    const write = writeOf([keeping(stateOf(...many(count, value)))]);

    expect(kindThrown(() => batchOf(write, 'example.com.', CAREFUL))).toBe(kind);
  });

  it('refuses a comment that the vendor would refuse, and a set that is in the write twice', () => {
    const change = keeping(stateOf(weighted('east', 1)));

    expect(kindThrown(() => batchOf(writeOf([], { comment: 'x'.repeat(257) }), 'example.com.', CAREFUL))).toBe(
      'rejected',
    );
    expect(kindThrown(() => batchOf(writeOf([change, change]), 'example.com.', CAREFUL))).toBe('rejected');
  });

  it('refuses weight 0 on an alias until it has been seen to work, and leaves one that is there alone', () => {
    const target = { HostedZoneId: 'Z9', DNSName: 'lb.example.com.', EvaluateTargetHealth: true };
    const { TTL: _, ResourceRecords: __, ...east } = weighted('east', 100, { AliasTarget: target });
    const state = stateOf(east, weighted('west', 100), { ...east, SetIdentifier: 'old', Weight: 0 });
    const drained = writeOf([changeOf(state, { east: null, west: 200, old: null })]);
    const kept = writeOf([changeOf(state, { east: 50, west: 200, old: null })]);

    expect(kindThrown(() => batchOf(drained, 'example.com.', CAREFUL))).toBe('rejected');
    expect(kindThrown(() => batchOf(drained, 'example.com.', { zeroOnAlias: true }))).toBe('ok');
    expect(kindThrown(() => batchOf(kept, 'example.com.', CAREFUL))).toBe('ok');
  });

  it('refuses a record that is not weighted, wherever it stands in the set', () => {
    const { Weight: _, ...latency } = weighted('far', 1, { Region: 'eu-west-1' });
    const state = stateOf(weighted('east', 1), latency);

    const write = writeOf([changeOf(state, { east: 2, far: null })]);

    expect(kindThrown(() => batchOf(write, 'example.com.', CAREFUL))).toBe('rejected');
  });
});

describe('the marker', () => {
  it('says what was written into it', () => {
    expect(fenceOf([markerRecord('example.com.', FENCE)])).toEqual(FENCE);
    expect(fenceOf([])).toBe(null);
  });

  it('fits into what is reserved for it, however long the store is called', () => {
    const longest = { store: 's'.repeat(128), epoch: Number.MAX_SAFE_INTEGER };
    const value = markerRecord('example.com.', longest).ResourceRecords?.[0]?.Value ?? '';

    expect(2 * value.length).toBeLessThanOrEqual(MARKER_CHARACTERS);
  });

  it.each([
    ['another TTL', { TTL: 300 }],
    ['another text', { ResourceRecords: [{ Value: '"hello"' }] }],
    ['a second value', { ResourceRecords: [{ Value: '"steer store=store_1 epoch=4"' }, { Value: '"hello"' }] }],
    ['a set identifier', { SetIdentifier: 'x', Weight: 1 }],
  ])('rule 3: with %s reads as foreign and is never written over: a person must look at it', (_, extra) => {
    const record = { ...markerRecord('example.com.', FENCE), ...extra };

    const seen = fenceOf([record]) ?? FENCE;
    const write = writeOf([], { fence: { expects: seen, leaves: FENCE } });

    expect(seen.store).toMatch(/^no marker of steer: /);
    expect(kindThrown(() => batchOf(write, 'example.com.', CAREFUL))).toBe('rejected');
  });

  it.each([
    { store: 'a"b', epoch: 1 },
    { store: '', epoch: 1 },
    { store: 'store_1', epoch: 1.5 },
    { store: 'store_1', epoch: -1 },
  ])('cannot hold %o', (fence) => {
    expect(kindThrown(() => markerRecord('example.com.', fence))).toBe('rejected');
  });
});
