import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locationOf, regionsOf } from '../../../providers/route53/places.ts';
import { problemOf, recordSetOf, vendorSetOf } from '../../../providers/route53/record-sets.ts';
import { isSameRecordSet } from '../../../src/domain/record-order.ts';
import type { RecordSet, RoutingProfile } from '../../../src/domain/record-sets.ts';
import { anyRecord, weighted } from './records.ts';

const regions = fc.constantFrom(
  { continent: ['EU'] },
  { country: ['US'] },
  { subdivision: ['US-CA'] },
  { subdivision: ['UA-05'] },
  { default: ['*'] },
);

const profile: fc.Arbitrary<RoutingProfile> = fc.oneof(
  fc.constant({ kind: 'basic' } as const),
  fc.option(fc.integer({ min: 1, max: 255 })).map((weight) => ({ kind: 'weighted', weight }) as const),
  regions.map((its) => ({ kind: 'geo', regions: its }) as const),
  fc.constantFrom('primary' as const, 'secondary' as const).map((role) => ({ kind: 'failover', role }) as const),
);

const content: fc.Arbitrary<Pick<RecordSet, 'type' | 'ttlSeconds' | 'values' | 'alias'>> = fc.oneof(
  fc.record({
    type: fc.constant('TXT'),
    ttlSeconds: fc.integer({ min: 0, max: 2_147_483_647 }),
    values: fc.constantFrom(['"one"'], ['"caf\\195\\169"'], ['"a \\\\065 \\" b"', '"b" "c"']),
    alias: fc.constant(null),
  }),
  fc.record({
    type: fc.constant('A'),
    ttlSeconds: fc.constant(null),
    values: fc.constant([]),
    alias: fc.record({ target: fc.constantFrom('lb.example.net.', 'a\\.b.example.net.'), zone: fc.constant('Z1') }),
  }),
);

const set: fc.Arbitrary<RecordSet> = fc
  .tuple(profile, content, fc.constantFrom('*.example.com.', 'www.example.com.', 'a\\032b.example.com.'), fc.boolean())
  .map(([its, what, name, isChecked]) => ({
    ...what,
    name,
    qualifier: its.kind === 'basic' ? null : 'east',
    profile: its,
    kept: isChecked ? { healthCheckId: 'check-1' } : null,
  }));

describe('a record set as every vendor’s are shown', () => {
  it('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(set, (shown) => {
        expect(problemOf(shown)).toBe(null);
        expect(recordSetOf(vendorSetOf(shown))).toEqual(shown);
      }),
      { numRuns: 500 },
    );
  });

  it('can be shown of anything that the vendor holds, and what is modelled goes back as the same', () => {
    fc.assert(
      fc.property(anyRecord, (held) => {
        const shown = recordSetOf(held);
        const isModelled = shown.profile.kind !== 'other' && problemOf(shown) === null;
        if (shown.profile.kind === 'other') expect(shown.kept).toMatchObject({ Name: held.Name });
        else expect(isModelled || shown.profile.kind === 'geo' || shown.alias !== null).toBe(true);
        if (isModelled) expect(isSameRecordSet(recordSetOf(vendorSetOf(shown)), shown)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['weight 0', weighted('east', 0), { kind: 'weighted', weight: null }],
    ['a weight', weighted('east', 7), { kind: 'weighted', weight: 7 }],
    ['latency', { ...weighted('east', 0), Weight: undefined, Region: 'us-east-1' as const }, { kind: 'other' }],
    ['multivalue', { ...weighted('east', 0), Weight: undefined, MultiValueAnswer: true }, { kind: 'other' }],
    ['a traffic policy', { ...weighted('east', 1), TrafficPolicyInstanceId: 'tp-1' }, { kind: 'other' }],
  ])('shows %s as what it is', (_, held, expected) => {
    expect(recordSetOf(JSON.parse(JSON.stringify(held))).profile).toMatchObject(expected);
  });

  it('keeps what a health check and an alias say beside the model, and nothing where there is nothing', () => {
    const alias = { HostedZoneId: 'Z1', DNSName: 'lb.example.net.', EvaluateTargetHealth: true };
    const held = { Name: 'www.example.com.', Type: 'A' as const, AliasTarget: alias };

    expect(recordSetOf(held).kept).toEqual({ evaluateTargetHealth: true });
    expect(recordSetOf({ ...held, AliasTarget: { ...alias, EvaluateTargetHealth: false } }).kept).toBe(null);
    expect(recordSetOf({ ...held, HealthCheckId: 'check-1' }).kept).toEqual({
      healthCheckId: 'check-1',
      evaluateTargetHealth: true,
    });
  });

  it.each<readonly [string, Partial<RecordSet>, RegExp]>([
    ['values without a TTL', { ttlSeconds: null }, /needs a TTL/],
    ['an alias with a TTL', { alias: { target: 'lb.example.net.', zone: 'Z1' }, values: [] }, /no TTL of its own/],
    [
      'an alias without a zone',
      { alias: { target: 'lb.example.net.', zone: null }, values: [], ttlSeconds: null },
      /id of the hosted zone/,
    ],
    [
      'an alias of half a name',
      { alias: { target: 'lb', zone: 'Z1' }, values: [], ttlSeconds: null },
      /the target of an alias is a whole name/,
    ],
    ['two places', { qualifier: 'east', profile: { kind: 'geo', regions: { country: ['DE', 'FR'] } } }, /one of them/],
    ['no such place', { qualifier: 'east', profile: { kind: 'geo', regions: { planet: ['X'] } } }, /one of them/],
    ['another vendor’s fields', { kept: { proxied: true } }, /not from a record set of Route 53/],
    ['a long qualifier', { qualifier: 'x'.repeat(129) }, /at most 128/],
  ])('says what is wrong with %s', (_, fields, because) => {
    const shown: RecordSet = {
      name: 'www.example.com.',
      type: 'A',
      qualifier: null,
      ttlSeconds: 60,
      values: ['192.0.2.1'],
      alias: null,
      profile: { kind: 'basic' },
      kept: null,
    };

    expect(problemOf({ ...shown, ...fields })).toMatch(because);
  });
});

describe('a place', () => {
  it('is one region with one territory, and back', () => {
    fc.assert(
      fc.property(regions, (its) => {
        const location = locationOf(its);
        expect(location === null ? null : regionsOf(location)).toEqual(its);
      }),
    );
  });
});
