import { describe, expect, it } from 'vitest';
import { WHOLE } from '../../src/domain/units.ts';
import { configOf, edited, problemsOf, withValue } from './example.ts';

type Case = readonly [path: readonly (string | number)[], value: unknown, place: string, words: RegExp];

const CASES: readonly Case[] = [
  [['providers', 'main', 'vendor'], 'route54', 'providers.main.vendor', /did you mean "route53"/],
  [['providers', 'main', 'stsRegion'], undefined, 'providers.main.stsRegion', /an AWS region/],
  [['providers', 'main', 'requestScheme'], undefined, 'providers.main.requestScheme', /old or new/],
  [['providers', 'main', 'settings'], { pathPrefix: 'v3' }, 'providers.main.settings.pathPrefix', /unknown key/],
  [
    ['providers', 'main', 'credentials'],
    { kind: 'secrets', secrets: {} },
    'providers.main.credentials.kind',
    /aws-default-chain or environment/,
  ],
  [['services', 'checkout', 'layers'], ['weights'], 'services.checkout.sets.checkout-api.layer', /one of its layers/],
  [
    ['services', 'checkout', 'sets', 'checkout-api', 'layer'],
    'geo',
    'services.checkout.sets.checkout-api.layer',
    /layer/,
  ],
  [
    ['services', 'checkout', 'sets', 'checkout-api', 'home'],
    { 'us-east-1': '60%', 'us-west-2': '60%' },
    'services.checkout.sets.checkout-api.home',
    /add up to 100%/,
  ],
  [
    ['services', 'checkout', 'sets', 'checkout-api', 'home'],
    { mars: '100%' },
    'services.checkout.sets.checkout-api.home.mars',
    /unknown region/,
  ],
  [
    ['services', 'checkout', 'sets', 'checkout-api', 'group'],
    'Europe',
    'services.checkout.sets.checkout-api.home',
    /the one region that the group answers with/,
  ],
];

/** A second layer above the example's own sets: one group for each region, at another vendor. */
const layered = (): string =>
  edited((file) => {
    file.setIn(['providers', 'geo'], {
      vendor: 'memory',
      credentials: { kind: 'aws-default-chain' },
      stsRegion: 'us-west-2',
      requestScheme: 'new',
    });
    file.setIn(['services', 'checkout', 'layers'], ['weights', 'geo']);
    for (const set of ['checkout-api', 'checkout-partner'])
      file.setIn(['services', 'checkout', 'sets', set, 'layer'], 'weights');
    for (const [group, region, part] of [
      ['Americas', 'us-east-1', '40%'],
      ['Pacific', 'us-west-2', '30%'],
      ['Europe', 'eu-west-1', '30%'],
    ] as const)
      file.setIn(['services', 'checkout', 'sets', `geo-${group}`], {
        provider: 'geo',
        zone: 'z1',
        name: 'www.example.com',
        type: 'CNAME',
        group,
        layer: 'geo',
        part,
        home: { [region]: '100%' },
        members: { each: '{region}.entry.example.com.' },
        drain: 'remove',
        ttl: '60s',
      });
  });

describe('accounts, layers and groups in the config', () => {
  it.each(CASES)('%j as %j is told at %s', (path, value, place, words) => {
    const problems = problemsOf(withValue(path, value));

    const found = problems.filter((problem) => problem.path === place);
    expect(found.map(({ expected, suggestion, found: seen }) => `${seen} ${expected} ${suggestion}`).join()).toMatch(
      words,
    );
  });

  const ACCOUNT = {
    vendor: 'ultradns',
    credentials: { kind: 'secrets', secrets: { username: { env: 'ULTRA_USER' } } },
  };

  it.each([
    ['a secret that is missing', {}, 'credentials.secrets.password', /nothing where to find it/],
    [
      'a secret that the vendor has not',
      {
        credentials: {
          kind: 'secrets',
          secrets: { username: { env: 'A' }, password: { env: 'B' }, pasword: { env: 'C' } },
        },
      },
      'credentials.secrets.pasword',
      /unknown key .*did you mean "password"/,
    ],
    [
      'the keys of AWS',
      { credentials: { kind: 'aws-default-chain' } },
      'credentials.kind',
      /secrets, since UltraDNS is not AWS/,
    ],
    ['a region of AWS', { stsRegion: 'us-east-1' }, 'stsRegion', /which is for AWS/],
    ['a setting that the vendor has not', { settings: { acount: 'x' } }, 'settings.acount', /did you mean "account"/],
  ])('tells an account of another vendor about %s', (_, wrong, place, words) => {
    const problems = problemsOf(withValue(['providers', 'ultra'], { ...ACCOUNT, ...wrong }));

    const found = problems.filter(({ path }) => path === `providers.ultra.${place}`);
    expect(found.map((one) => `${one.found} ${one.expected} ${one.suggestion}`).join()).toMatch(words);
  });

  it('reads a service with two layers: parts add up in each, and a group knows the targets it may be given', () => {
    const config = configOf(layered());

    const checkout = config.services.find(({ service }) => service === 'checkout');
    const europe = checkout?.sets.find(({ ref }) => ref.group === 'Europe');
    const partsOf = (layer: string) =>
      checkout?.sets.filter((set) => set.layer === layer).reduce((sum, { part }) => sum + part, 0);
    expect(checkout?.layers).toEqual(['weights', 'geo']);
    expect([partsOf('weights'), partsOf('geo')]).toEqual([WHOLE, WHOLE]);
    expect(europe?.home).toEqual({ 'eu-west-1': WHOLE });
    expect(europe?.ref.targets).toEqual([
      'us-east-1.entry.example.com.',
      'us-west-2.entry.example.com.',
      'eu-west-1.entry.example.com.',
    ]);
  });

  it('says which layer lacks traffic', () => {
    const text = layered().replace('part: 40%', 'part: 20%');

    const problems = problemsOf(text);

    expect(problems.map(({ found }) => found).join()).toContain('add up to 80 % in layer geo');
  });

  it('refuses a geo group at a vendor whose groups steer cannot steer', () => {
    const text = layered().replace('vendor: memory', 'vendor: azure');

    const problems = problemsOf(text);

    const groups = problems.filter(({ path }) => path.endsWith('.group')).map(({ found }) => found);
    expect(groups).toEqual(Array.from({ length: 3 }, () => 'a geo group at Azure Traffic Manager and Azure DNS'));
  });
});
