import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROFILE, type Profile } from '../../../providers/azure/profile.ts';
import { profileOf, setStateOf } from '../../../providers/azure/translate.ts';
import { afterWrite, sameRecords } from '../../../src/domain/set-state.ts';
import { refOf } from '../../contracts/steering/world.ts';

const REF = refOf('www', 'home');

const KINDS = ['externalEndpoints', 'azureEndpoints'] as const;
const STATUSES = ['Online', 'Degraded', 'CheckingEndpoint'] as const;

/** Fields that no description names must survive as well as those that one does. */
const endpoints = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    type: fc.constantFrom(...KINDS).map((kind) => `Microsoft.Network/trafficManagerProfiles/${kind}`),
    properties: fc.record(
      {
        target: fc.domain(),
        endpointStatus: fc.constantFrom('Enabled' as const, 'Disabled' as const),
        weight: fc.integer({ min: 1, max: 1000 }),
        endpointMonitorStatus: fc.constantFrom(...STATUSES),
        fieldOfTomorrow: fc.jsonValue(),
      },
      { requiredKeys: ['target', 'endpointStatus', 'weight', 'endpointMonitorStatus'] },
    ),
  }),
  { minLength: 1, maxLength: 6, selector: ({ name }) => name },
);

const profiles: fc.Arbitrary<Profile> = fc
  .record({ endpoints, ttl: fc.integer({ min: 0, max: 86_400 }), extra: fc.jsonValue() })
  .map(({ endpoints: its, ttl, extra }) =>
    PROFILE.parse({
      name: 'www',
      location: 'global',
      tags: { owner: 'team-1' },
      fieldOfTomorrow: extra,
      properties: {
        profileStatus: 'Enabled',
        trafficRoutingMethod: 'Weighted',
        dnsConfig: { relativeName: 'www', fqdn: 'www.trafficmanager.net', ttl },
        monitorConfig: { protocol: 'HTTPS', port: 443, profileMonitorStatus: 'Online' },
        endpoints: its,
      },
    }),
  );

const withoutManaged = (profile: Profile): unknown =>
  (profile.properties.endpoints ?? []).map(({ properties: { weight: _, endpointStatus: __, ...rest }, ...one }) => ({
    ...one,
    rest,
  }));

describe('a Traffic Manager profile as a set', () => {
  it('is written back with the weights of the set and everything else unchanged', () => {
    fc.assert(
      fc.property(
        profiles,
        fc.array(fc.option(fc.integer({ min: 1, max: 1000 })), { minLength: 6 }),
        (profile, next) => {
          const state = setStateOf(REF, profile);
          const weights = Object.fromEntries(state.members.map(({ member }, index) => [member, next[index] ?? null]));
          const left = afterWrite(state, weights, 'state');

          const written = profileOf(profile, left);

          expect(sameRecords(setStateOf(REF, written), left)).toBe(true);
          expect(withoutManaged(profileOf(written, left))).toEqual(withoutManaged(written));
          expect(written['fieldOfTomorrow']).toEqual(profile['fieldOfTomorrow']);
        },
      ),
    );
  });

  it('stays the same set when only the health changes that Azure reports', () => {
    fc.assert(
      fc.property(profiles, fc.constantFrom(...STATUSES), (profile, status) => {
        const { properties } = profile;
        const later = {
          ...profile,
          properties: {
            ...properties,
            monitorConfig: { ...properties.monitorConfig, profileMonitorStatus: status },
            endpoints: (properties.endpoints ?? []).map((one) => ({
              ...one,
              properties: { ...one.properties, endpointMonitorStatus: status },
            })),
          },
        };

        expect(setStateOf(REF, later)).toEqual(setStateOf(REF, profile));
      }),
    );
  });

  it('is never written back with what Azure says of it', () => {
    fc.assert(
      fc.property(profiles, (profile) => {
        const text = JSON.stringify(profileOf(profile, setStateOf(REF, profile)));

        expect(text).not.toMatch(/onitorStatus|"fqdn"/);
      }),
    );
  });

  it('counts an endpoint without a weight as 1 and a disabled one as drained', () => {
    const [sample] = fc.sample(profiles, 1);
    const profile = PROFILE.parse({
      ...sample,
      properties: {
        ...sample?.properties,
        endpoints: [
          { name: 'east', type: 'x/externalEndpoints', properties: { target: 'a.example.com' } },
          { name: 'west', type: 'x/externalEndpoints', properties: { weight: 5, endpointStatus: 'Disabled' } },
        ],
      },
    });

    const { members } = setStateOf(REF, profile);

    expect(members.map(({ member, weight }) => [member, weight])).toEqual([
      ['east', 1],
      ['west', null],
    ]);
  });

  it('names two endpoints of one name by their kind, so that both are seen', () => {
    const [sample] = fc.sample(profiles, 1);
    const profile = PROFILE.parse({
      ...sample,
      properties: {
        ...sample?.properties,
        endpoints: KINDS.map((kind) => ({ name: 'east', type: `x/${kind}`, properties: { weight: 5 } })),
      },
    });

    const { members } = setStateOf(REF, profile);

    expect(members.map(({ member }) => member)).toEqual(['azureEndpoints/east', 'externalEndpoints/east']);
  });
});
