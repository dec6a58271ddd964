import { describe, expect, it } from 'vitest';
import { keyOf, type RecordSet } from '../../../providers/route53/fake/records.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import type { SetRef, SetState } from '../../../src/domain/steering.ts';
import { arrangeRoute53, type Route53World } from '../../contracts/steering/route53-world.ts';
import { FENCE_1, kindOf, never, readOne, weightsOf, writeOf } from '../../contracts/steering/world.ts';

const NAME = 'geo.example.com.';
const [EAST, WEST] = ['east.entry.example.com.', 'west.entry.example.com.'];

const group = (zone: string, name: string): SetRef => ({
  set: setId(`geo/${name}`),
  provider: providerId('dns-1'),
  zone,
  name: NAME,
  type: 'CNAME',
  group: name,
  targets: [EAST, WEST],
});

const located = (
  identifier: string,
  geoLocation: NonNullable<RecordSet['geoLocation']>,
  target: string,
  ttlSeconds = 60,
): RecordSet => ({ name: NAME, type: 'CNAME', setIdentifier: identifier, geoLocation, ttlSeconds, values: [target] });

const arranged = async (): Promise<Route53World> => {
  const world = await arrangeRoute53({ proven: { conditionalWrite: true, fence: 'native', zeroOnAlias: false } });
  world.fake.foreignEdit(world.zones.home, (records) => {
    for (const record of [
      located('Americas', { continentCode: 'NA' }, EAST),
      located('Europe', { continentCode: 'EU' }, WEST, 30),
      located('Rest', { countryCode: '*' }, EAST),
    ])
      records.set(keyOf(record), record);
  });
  return world;
};

const pointedAt = (ref: SetRef, expects: SetState, target: string) => ({
  ref,
  drain: 'remove' as const,
  expects,
  weights: Object.fromEntries(expects.members.map(({ member }) => [member, member === target ? 1 : null])),
});

describe('a directional group at Route 53', () => {
  it('serves the target that its geolocation record holds, and knows the others it may be given', async () => {
    const world = await arranged();

    const state = await readOne(world, group(world.zones.home, 'Europe'));

    expect(weightsOf(state)).toEqual({ [WEST]: 1 });
    expect(state.members.map(({ member, present, ttlSeconds }) => [member, present, ttlSeconds])).toEqual([
      [EAST, false, 30],
      [WEST, true, 30],
    ]);
  });

  it('points at another target in one batch, and back again to the very records of before', async () => {
    const world = await arranged();
    const refs = [group(world.zones.home, 'Americas'), group(world.zones.home, 'Rest')];
    const before = world.fake.zone(world.zones.home).control.filter(({ name }) => name === NAME);
    const [reading] = await world.steering.read(refs, never());
    const states = reading?.sets ?? [];

    const away = refs.flatMap((ref, i) => (states[i] === undefined ? [] : [pointedAt(ref, states[i], WEST)]));
    const out = await world.steering.replace(writeOf(world.zones.home, away), never());
    const home = refs.flatMap((ref, i) => (out.sets[i] === undefined ? [] : [pointedAt(ref, out.sets[i], EAST)]));
    const moved = world.fake.zone(world.zones.home).control.filter(({ name }) => name === NAME);
    await world.steering.replace(writeOf(world.zones.home, home, { expects: FENCE_1, leaves: FENCE_1 }), never());

    const after = world.fake.zone(world.zones.home).control.filter(({ name }) => name === NAME);
    const sorted = (records: readonly RecordSet[]) => records.map((record) => JSON.stringify(record)).toSorted();
    expect(moved.map(({ values }) => values)).toEqual([[WEST], [WEST], [WEST]]);
    expect(sorted(after)).toEqual(sorted(before));
    expect(await world.landedWrites()).toBe(2);
  });

  it.each([
    ['its territories', { geoLocation: { continentCode: 'SA' } }],
    ['its TTL', { ttlSeconds: 300 }],
    ['its target', { values: ['stranger.example.com.'] }],
  ])('rule 2: refuses a write when somebody changed %s', async (_, edit) => {
    const world = await arranged();
    const ref = group(world.zones.home, 'Americas');
    const stale = await readOne(world, ref);
    const changed = { ...located('Americas', { continentCode: 'NA' }, EAST), ...edit };
    world.fake.foreignEdit(world.zones.home, (records) => void records.set(keyOf(changed), changed));

    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [pointedAt(ref, stale, WEST)]), never()));

    expect(kind).toBe('conflict');
  });

  it('shows a target that the config does not know, so that it is seen to be refused', async () => {
    const world = await arranged();
    const ref = group(world.zones.home, 'Americas');
    const foreign = located('Americas', { continentCode: 'NA' }, 'stranger.example.com.');
    world.fake.foreignEdit(world.zones.home, (records) => void records.set(keyOf(foreign), foreign));

    const state = await readOne(world, ref);

    expect(weightsOf(state)).toEqual({ 'stranger.example.com.': 1 });
  });

  it('rule 1: never takes the last target away, and never gives two', async () => {
    const world = await arranged();
    const ref = group(world.zones.home, 'Americas');
    const state = await readOne(world, ref);
    const none = { ...pointedAt(ref, state, EAST), weights: { [EAST]: null, [WEST]: null } };
    const unknown = { ...group(world.zones.home, 'Nowhere') };

    const empty = await kindOf(world.steering.replace(writeOf(ref.zone, [none]), never()));
    const missing = await readOne(world, unknown);
    const written = await kindOf(
      world.steering.replace(writeOf(ref.zone, [pointedAt(unknown, missing, WEST)]), never()),
    );

    expect([empty, written]).toEqual(['never-empty', 'never-empty']);
    expect(await world.landedWrites()).toBe(0);
  });

  it('rule 1: refuses to give a group two targets at once', async () => {
    const world = await arranged();
    const ref = group(world.zones.home, 'Americas');
    const state = await readOne(world, ref);
    const both = { ...pointedAt(ref, state, EAST), weights: { [EAST]: 1, [WEST]: 1 } };

    const kind = await kindOf(world.steering.replace(writeOf(ref.zone, [both]), never()));

    expect(kind).toBe('rejected');
    expect(await world.landedWrites()).toBe(0);
  });
});
