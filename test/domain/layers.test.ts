import { describe, expect, it } from 'vitest';
import type { SteeringSetConfig } from '../../src/domain/config.ts';
import { providerId, regionId, type SetId, setId } from '../../src/domain/ids.ts';
import { countedSets, layerStands, layersOf } from '../../src/domain/layers.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { SetState } from '../../src/domain/steering.ts';

const [EAST, WEST] = [regionId('east'), regionId('west')];
const HOME = recordOf([
  [EAST, 5000],
  [WEST, 5000],
]);

const set = (layer: string): SteeringSetConfig => ({
  ref: { set: setId(layer), provider: providerId(layer), zone: 'z', name: 'www.example.com.', type: 'A' },
  part: 10_000,
  members: recordOf([
    [EAST, 'e'],
    [WEST, 'w'],
  ]),
  drain: 'zero',
  ttlSeconds: 60,
  layer,
});

const SERVICE = { home: HOME, sets: [set('weights'), set('geo')], layers: ['weights', 'geo'] };

const holding = (of: SteeringSetConfig, east: number, west: number): SetState => ({
  set: of.ref.set,
  members: [
    { member: 'e', weight: east },
    { member: 'w', weight: west },
  ].map((one) => ({
    ...one,
    present: true,
    ttlSeconds: 60,
    healthCheck: null,
    kept: null,
    cost: { elements: 2, characters: 2 },
  })),
});

const seen =
  (...states: readonly SetState[]) =>
  (id: SetId): SetState | undefined =>
    states.find((state) => state.set === id);

const [WEIGHTS, GEO] = [set('weights'), set('geo')];
const layersCounted = (...states: readonly SetState[]) =>
  countedSets(SERVICE, seen(...states)).map(({ layer }) => layer);

describe('layers of a service', () => {
  it.each([
    ['the one that is away, though the preferred one is home', [holding(WEIGHTS, 50, 50), holding(GEO, 0, 1)], 'geo'],
    ['the preferred one while both are home', [holding(WEIGHTS, 50, 50), holding(GEO, 1, 1)], 'weights'],
    ['the other one where the preferred one is not known', [holding(GEO, 1, 1)], 'geo'],
    ['the preferred one where nothing is known', [], 'weights'],
  ])('traffic is counted by %s', (_, states, layer) => {
    expect(layersCounted(...states)).toEqual([layer]);
  });

  it('a layer is home as near as small weights can hold it, away beyond that, and unknown once a set is', () => {
    const [weights] = layersOf(SERVICE);
    if (weights === undefined) throw new Error('no layer');
    const stands = (...states: readonly SetState[]) => layerStands(SERVICE, weights, seen(...states));

    expect([stands(holding(WEIGHTS, 51, 49)), stands(holding(WEIGHTS, 52, 48)), stands()]).toEqual([
      'home',
      'away',
      'unknown',
    ]);
  });

  it('a service without layers is counted by all of its sets', () => {
    const { layers: _, ...plain } = SERVICE;

    expect(countedSets(plain, seen())).toEqual(SERVICE.sets);
  });
});
