import { describe, expect, it } from 'vitest';
import { type Client, chooseSets } from '../../../../providers/route53/fake/answers.ts';
import type { RecordSet } from '../../../../providers/route53/fake/records.ts';
import { EAST, seeded, WEST, weighted } from './arrange.ts';

const N = 20_000;

/** The limit of chi-squared that an honest choice exceeds less than once in a million runs, for 1 to 3 degrees of freedom. */
const CHI_SQUARED_LIMIT = [23.93, 27.63, 30.66];

const tally = (group: readonly RecordSet[], unhealthy: readonly string[] = [], client: Client = {}) => {
  const random = seeded(20_261_120);
  const isHealthy = (set: RecordSet) => !unhealthy.includes(set.setIdentifier ?? '');
  const counts: Record<string, number> = {};
  for (let index = 0; index < N; index += 1)
    for (const set of chooseSets(group, { isHealthy, random, client })) {
      const id = set.setIdentifier ?? 'simple';
      counts[id] = (counts[id] ?? 0) + 1;
    }
  return counts;
};

const expectShares = (counts: Record<string, number>, shares: Record<string, number>): void => {
  expect(Object.keys(counts).sort()).toEqual(Object.keys(shares).sort());
  const distance = Object.entries(shares).reduce(
    (sum, [id, share]) => sum + ((counts[id] ?? 0) - N * share) ** 2 / (N * share),
    0,
  );
  expect(distance).toBeLessThan(CHI_SQUARED_LIMIT[Math.max(0, Object.keys(shares).length - 2)] ?? 0);
};

const w = (east: number, west: number, north?: number) => [
  weighted('east', east, EAST),
  weighted('west', west, WEST),
  ...(north === undefined ? [] : [weighted('north', north, '203.0.113.9')]),
];

describe('weights', () => {
  it.each<readonly [string, readonly RecordSet[], readonly string[], Record<string, number>]>([
    ['75 and 25 are three to one', w(75, 25), [], { east: 0.75, west: 0.25 }],
    ['1, 2 and 5 are their parts of the sum', w(1, 2, 5), [], { east: 1 / 8, west: 2 / 8, north: 5 / 8 }],
    ['a zero beside others is never returned', w(0, 25), [], { west: 1 }],
    ['all zeros are equal parts', w(0, 0, 0), [], { east: 1 / 3, west: 1 / 3, north: 1 / 3 }],
    ['an unhealthy member leaves its part to the others', w(75, 20, 5), ['east'], { west: 0.8, north: 0.2 }],
    ['a zero is the last resort once every other is unhealthy', w(0, 25, 25), ['west', 'north'], { east: 1 }],
    ['healthy zeros share the last resort equally', w(0, 0, 25), ['north'], { east: 0.5, west: 0.5 }],
    ['an unhealthy zero is no resort', w(0, 25, 75), ['east', 'west', 'north'], { west: 0.25, north: 0.75 }],
    ['when nobody is healthy all are treated as healthy', w(75, 25), ['east', 'west'], { east: 0.75, west: 0.25 }],
    ['all zeros and nobody healthy are equal parts', w(0, 0), ['east', 'west'], { east: 0.5, west: 0.5 }],
    ['among zeros a healthy one goes before an unhealthy one', w(0, 0), ['east'], { west: 1 }],
  ])('%s', (_, group, unhealthy, shares) => {
    const counts = tally(group, unhealthy);

    expectShares(counts, shares);
  });
});

const routed = (id: string, policy: Partial<RecordSet>): RecordSet => ({
  name: 'www.example.com.',
  type: 'A',
  setIdentifier: id,
  ttlSeconds: 60,
  values: [EAST],
  ...policy,
});

describe('the other policies', () => {
  const pair = [routed('first', { failover: 'PRIMARY' }), routed('second', { failover: 'SECONDARY' })];
  const places = [
    routed('california', { geoLocation: { countryCode: 'US', subdivisionCode: 'CA' } }),
    routed('america', { geoLocation: { countryCode: 'US' } }),
    routed('continent', { geoLocation: { continentCode: 'NA' } }),
    routed('default', { geoLocation: { countryCode: '*' } }),
  ];
  const california = { continent: 'NA', country: 'US', subdivision: 'CA' };
  const near = ['us-east-1', 'us-west-2', 'eu-west-1'].map((region) => routed(region, { region }));
  const nets = ['office', '*'].map((locationName) =>
    routed(locationName, { cidrRoutingConfig: { collectionId: 'c', locationName } }),
  );

  it.each<readonly [string, readonly RecordSet[], readonly string[], Client, readonly string[]]>([
    ['failover: a healthy primary answers', pair, [], {}, ['first']],
    ['failover: a healthy secondary stands in', pair, ['first'], {}, ['second']],
    ['failover: with both unhealthy the primary answers', pair, ['first', 'second'], {}, ['first']],
    ['failover: with the secondary unhealthy the primary answers', pair, ['second'], {}, ['first']],
    ['geolocation: the smallest place wins', places, [], california, ['california']],
    [
      'geolocation: an unhealthy place leaves it to the next larger one',
      places,
      ['california', 'america'],
      california,
      ['continent'],
    ],
    ['geolocation: an unmapped place gets the default', places, [], { continent: 'AS', country: 'JP' }, ['default']],
    ['geolocation: without a default there is no answer', places.slice(0, 3), [], { country: 'JP' }, []],
    [
      'latency: the nearest healthy region answers',
      near,
      ['us-east-1'],
      { nearestRegions: ['us-east-1', 'eu-west-1', 'us-west-2'] },
      ['eu-west-1'],
    ],
    ['CIDR: the location of the resolver answers', nets, [], { cidrLocation: 'office' }, ['office']],
    ['CIDR: any other resolver gets the default', nets, [], { cidrLocation: 'home' }, ['*']],
    [
      'simple: the one record answers whatever its health',
      [{ ...routed('x', {}), setIdentifier: 'simple' }],
      ['simple'],
      {},
      ['simple'],
    ],
  ])('%s', (_, group, unhealthy, client, expected) => {
    const counts = tally(group, unhealthy, client);

    expect(Object.keys(counts)).toEqual(expected);
  });

  it('latency without a known client is even', () => {
    const counts = tally(near);

    expectShares(counts, { 'us-east-1': 1 / 3, 'us-west-2': 1 / 3, 'eu-west-1': 1 / 3 });
  });

  it('multivalue gives up to eight healthy records, and unhealthy ones when there is no other', () => {
    const group = Array.from({ length: 10 }, (_, index) => routed(`m${index}`, { multiValueAnswer: true }));
    const choose = (unhealthy: readonly string[]) =>
      chooseSets(group, {
        isHealthy: (set) => !unhealthy.includes(set.setIdentifier ?? ''),
        random: seeded(3),
        client: {},
      }).map((set) => set.setIdentifier);

    const most = group.slice(0, 7).map((set) => set.setIdentifier ?? '');
    const [all, some, none] = [choose([]), choose(most), choose(group.map((set) => set.setIdentifier ?? ''))];

    expect([all.length, new Set(all).size, some.toSorted(), none.length]).toEqual([8, 8, ['m7', 'm8', 'm9'], 8]);
  });
});
