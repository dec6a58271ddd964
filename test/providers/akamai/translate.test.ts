import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualProperty, usualTest } from '../../../providers/akamai/fake/shapes.ts';
import { PROPERTY, type Property } from '../../../providers/akamai/property.ts';
import { membersOf, propertyNameOf, propertyWith, setStateOf, typeOf } from '../../../providers/akamai/translate.ts';
import { afterWrite, sameRecords } from '../../../src/domain/set-state.ts';
import { refOf, weightsOf } from '../../contracts/steering/world.ts';

const REF = refOf('www', 'example.com');

const target = (datacenterId: number, weight: number, enabled = true) => ({
  datacenterId,
  enabled,
  weight,
  servers: [`192.0.2.${datacenterId % 256}`],
  handoutCName: null,
});

const propertyOf = (
  targets: readonly ReturnType<typeof target>[],
  extra: Parameters<typeof usualProperty>[2] = {},
): Property => PROPERTY.parse(usualProperty('www', [...targets], extra));

const TWO = [target(3131, 60), target(3132, 40)];

describe('a property as a set', () => {
  it('calls its members by data centre, a drained one being one that is not used, whatever it weighs', () => {
    const state = setStateOf(REF, propertyOf([...TWO, target(3133, 50, false)]));

    expect(weightsOf(state)).toEqual({ 3131: 60, 3132: 40, 3133: null });
    expect(state.members.map(({ ttlSeconds }) => ttlSeconds)).toEqual([60, 60, 60]);
  });

  it('shows weights of another editor as they are: fractions, zero, and any size', () => {
    const state = setStateOf(REF, propertyOf([target(1, 33.3), target(2, 0), target(3, 120_000)]));

    expect(weightsOf(state)).toEqual({ 1: 33.3, 2: 0, 3: 120_000 });
  });

  it('has no weights where it goes by something else', () => {
    const state = setStateOf(REF, propertyOf(TWO, { type: 'failover' }));

    expect(weightsOf(state)).toEqual({ 3131: null, 3132: null });
    expect(state.members[0]?.kept).toMatchObject({ property: { type: 'failover' } });
  });

  it('shows the second target of one data centre under a name of its own', () => {
    const names = membersOf(propertyOf([target(3131, 60), target(3131, 40)])).map(({ member }) => member);

    expect(names).toEqual(['3131', '3131 (2)']);
  });

  it.each([
    ['A', false, ['192.0.2.1'], null],
    ['AAAA', true, ['2001:db8::1'], null],
    ['CNAME', false, [], 'lb.example.net'],
    ['A', false, ['192.0.2.1'], 'lb.example.net'],
  ])('answers with type %s', (type, ipv6, servers, handoutCName) => {
    const property = propertyOf([{ ...target(1, 1), servers, handoutCName: handoutCName as null }], { ipv6 });

    expect(typeOf(property)).toBe(type);
    expect(setStateOf({ ...REF, type }, property).members).toHaveLength(1);
    expect(setStateOf({ ...REF, type: 'TXT' }, property).members).toEqual([]);
  });

  it.each([
    ['www.example.com.', 'www'],
    ['WWW.Example.com', 'www'],
    ['a.b.example.com.', 'a.b'],
    ['example.com.', '@'],
    ['www.example.net.', null],
    ['wwwexample.com.', null],
  ])('of the name %s is called %s', (name, property) => {
    expect(propertyNameOf({ name, zone: 'example.com' })).toBe(property);
  });

  it('sees every change of the property and none of when it was changed', () => {
    const base = setStateOf(REF, propertyOf(TWO));
    const same = [
      propertyOf(TWO, { lastModified: '2026-01-05T10:00:00Z' }),
      propertyOf(TWO, { links: [{ rel: 'self', href: '/elsewhere' }] }),
    ].map((one) => sameRecords(base, setStateOf(REF, one)));
    const others = [
      propertyOf(TWO, { dynamicTTL: 300 }),
      propertyOf(TWO, { handoutMode: 'one-ip' }),
      propertyOf(TWO, { backupIp: '198.51.100.7' }),
      propertyOf(TWO, { livenessTests: [{ ...usualTest('health-check'), testObject: '/other' }] }),
      propertyOf(TWO, { livenessTests: [] }),
    ].map((one) => sameRecords(base, setStateOf(REF, one)));

    expect([same, others]).toEqual([
      [true, true],
      [false, false, false, false, false],
    ]);
  });

  it('shows nothing of what people keep secret in their liveness tests', () => {
    const secret = 'hunter-2';
    const test = {
      ...usualTest('login'),
      testObjectUsername: secret,
      testObjectPassword: secret,
      sslClientPrivateKey: secret,
      requestString: secret,
      httpRequestBody: secret,
      httpHeaders: [{ name: 'Authorization', value: secret }],
    };
    const state = setStateOf(REF, propertyOf(TWO, { livenessTests: [test] }));
    const other = { ...test, testObjectPassword: 'hunter-3' };

    expect(JSON.stringify(state)).not.toContain(secret);
    // Not even as something to guess at: another password has the same digest.
    expect(sameRecords(state, setStateOf(REF, propertyOf(TWO, { livenessTests: [other] })))).toBe(true);
  });
});

describe('a write to a property', () => {
  const IDS = [3131, 3132, 3133] as const;
  const WEIGHT = fc.integer({ min: 1, max: 1000 });
  const HELD = fc.tuple(...IDS.map(() => fc.tuple(WEIGHT, fc.boolean())));
  const WANTED = fc.tuple(...IDS.map(() => fc.option(WEIGHT))).filter((all) => all.some((weight) => weight !== null));

  it('leaves at the vendor what it was to leave, and nothing else of the property is touched', () => {
    fc.assert(
      fc.property(HELD, WANTED, (held, wanted) => {
        const before = propertyOf(IDS.map((id, index) => target(id, held[index]?.[0] ?? 1, held[index]?.[1] ?? true)));
        const weights = Object.fromEntries(IDS.map((id, index) => [String(id), wanted[index] ?? null]));
        const left = afterWrite(setStateOf(REF, before), weights, 'state');

        const after = propertyWith(before, left);

        const rest = ({ trafficTargets, ...others }: Property) => [
          others,
          trafficTargets.map(({ weight: _, enabled: __, ...alone }) => alone),
        ];
        expect(sameRecords(setStateOf(REF, after), left)).toBe(true);
        expect(rest(after)).toEqual(rest(before));
      }),
    );
  });

  it('lets a drained target keep the weight that it had', () => {
    const before = propertyOf(TWO);
    const left = afterWrite(setStateOf(REF, before), { 3131: null, 3132: 100 }, 'state');

    expect(propertyWith(before, left).trafficTargets).toMatchObject([
      { datacenterId: 3131, enabled: false, weight: 60 },
      { datacenterId: 3132, enabled: true, weight: 100 },
    ]);
  });
});
