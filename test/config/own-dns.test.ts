import { describe, expect, it } from 'vitest';
import { problemText } from '../../src/config/problem.ts';
import { configOf, problemsOf, withValue } from './example.ts';

const PARTNER = ['providers', 'partner'] as const;
const secrets = (names: readonly string[]) => ({
  kind: 'secrets',
  secrets: Object.fromEntries(names.map((name) => [name, { env: `STEER_${name.toUpperCase()}` }])),
});

const OWN = {
  vendor: 'rfc2136',
  endpoint: 'dns://192.0.2.53:53',
  credentials: secrets(['tsigSecret']),
  settings: {
    keyName: 'steer.',
    granularity: 'record-count',
    pools: { 'www.example.com. A': { east: ['192.0.2.1'], west: ['192.0.2.2'] } },
  },
};

const POWERDNS = {
  vendor: 'powerdns',
  endpoint: 'https://192.0.2.53:8081',
  credentials: secrets(['apiKey']),
  settings: {},
};

const textsOf = (provider: unknown): readonly string[] => problemsOf(withValue(PARTNER, provider)).map(problemText);

describe('servers of one’s own in the config', () => {
  it('are read with their address, their settings and where their secrets are', () => {
    const config = configOf(withValue(PARTNER, OWN));

    expect(config.providers.find(({ provider }) => provider === 'partner')).toMatchObject({
      vendor: 'rfc2136',
      endpoint: 'dns://192.0.2.53:53',
      settings: { granularity: 'record-count' },
      credentials: { secrets: { tsigSecret: { env: 'STEER_TSIGSECRET' } } },
    });
  });

  it('need a key for updates only where they take updates', () => {
    expect(textsOf(POWERDNS)).toEqual([]);
    expect(textsOf({ ...POWERDNS, credentials: secrets(['apiKey', 'tsigSecret']) })).toEqual([]);
    expect(textsOf({ ...OWN, credentials: secrets([]) })).toEqual([expect.stringMatching(/tsigSecret.*Base64/)]);
  });

  it.each([
    ['an address of another kind', { ...OWN, endpoint: 'ftp://192.0.2.53' }, /dns:\/\//],
    ['no address', { ...OWN, endpoint: undefined }, /endpoint/],
    [
      'a value in two pools',
      {
        ...OWN,
        settings: { ...OWN.settings, pools: { 'www.example.com. A': { east: ['192.0.2.1'], west: ['192.0.2.1'] } } },
      },
      /stands there twice/,
    ],
  ])('are refused with %s', (_, provider, words) => {
    expect(textsOf(provider).join('\n')).toMatch(words);
  });
});
