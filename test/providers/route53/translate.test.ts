import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import {
  assertSteerable,
  memberOf,
  recordOf,
  setStateOf,
  WITHOUT_IDENTIFIER,
} from '../../../providers/route53/translate.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import { anyRecord, weighted } from './records.ts';

const ref = { set: setId('www-a'), provider: providerId('dns-1'), zone: 'Z1', name: 'WWW.example.com', type: 'A' };

const withoutWeight = ({ Weight: _, ...record }: ReturnType<typeof weighted>) => record;

const kindThrown = (work: () => unknown): string => {
  try {
    work();
    return 'ok';
  } catch (failure) {
    return failure instanceof ProviderError ? failure.kind : String(failure);
  }
};

describe('a record set as a member', () => {
  it('comes back whole, through a journal too, whatever it holds', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const member = memberOf(record);
        const fromJournal: typeof member = JSON.parse(JSON.stringify(member));

        expect(recordOf(member)).toEqual(record);
        expect(recordOf(fromJournal)).toEqual(record);
      }),
      { numRuns: 500 },
    );
  });

  it('changes in its weight and in nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), fc.option(fc.integer({ min: 1, max: 255 })), (old, next) => {
        const record = weighted('east', old, { HealthCheckId: 'check-1' });

        expect(recordOf({ ...memberOf(record), weight: next })).toEqual({ ...record, Weight: next ?? 0 });
      }),
    );
  });

  it('is drained at weight 0, explicitly', () => {
    expect(memberOf(weighted('east', 0)).weight).toBe(null);
    expect(memberOf(weighted('east', 7)).weight).toBe(7);
  });

  it('shows TTL and health check, and the cost of its old and its new form', () => {
    const member = memberOf(weighted('east', 7, { HealthCheckId: 'check-1' }));

    expect(member).toMatchObject({
      member: 'east',
      present: true,
      ttlSeconds: 60,
      healthCheck: 'check-1',
      cost: { elements: 2, characters: 2 * '192.0.2.1'.length },
    });
  });

  it('refuses a text from a journal that is no record set, or has a field that would be lost', () => {
    const member = memberOf(weighted('east', 7));

    expect(kindThrown(() => recordOf({ ...member, kept: null }))).toBe('rejected');
    expect(
      kindThrown(() => recordOf({ ...member, kept: { Name: 'www.example.com.', Type: 'A', Colour: 'blue' } })),
    ).toBe('rejected');
  });
});

describe('the records of a name as a set', () => {
  it('are sorted by member', () => {
    const state = setStateOf(ref, [weighted('west', 1), weighted('east', 2)]);

    expect(state.members.map(({ member }) => member)).toEqual(['east', 'west']);
  });

  it('are unreadable when one is listed twice', () => {
    expect(kindThrown(() => setStateOf(ref, [weighted('east', 1), weighted('east', 1)]))).toBe('unreadable');
  });
});

describe('what steer may touch', () => {
  it('is a weighted record of the very name, however it is written', () => {
    expect(kindThrown(() => assertSteerable(ref, weighted('east', 1)))).toBe('ok');
    expect(
      kindThrown(() =>
        assertSteerable({ ...ref, name: '*.example.com' }, weighted('east', 1, { Name: '\\052.example.com.' })),
      ),
    ).toBe('ok');
  });

  it.each([
    ['of another name', weighted('east', 1, { Name: 'api.example.com.' })],
    ['of another type', weighted('east', 1, { Type: 'AAAA' })],
    ['made by a traffic policy', weighted('east', 1, { TrafficPolicyInstanceId: 'tp-1' })],
    ['routed by latency', { ...withoutWeight(weighted('east', 1)), Region: 'us-east-1' as const }],
    [
      'without an identifier',
      { Name: 'www.example.com.', Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] },
    ],
  ])('is no record %s', (_, record) => {
    expect(kindThrown(() => assertSteerable(ref, record))).toBe('rejected');
  });

  it('shows a record without an identifier under a name that cannot be mistaken', () => {
    const { SetIdentifier: _, Weight: __, ...simple } = weighted('east', 1);

    expect(memberOf(simple)).toMatchObject({ member: WITHOUT_IDENTIFIER, weight: null });
  });
});
