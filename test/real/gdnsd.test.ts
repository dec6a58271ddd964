import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { forcing, parseAdminState } from '../../providers/gdnsd/admin-state.ts';
import { createGdnsdFake } from '../../providers/gdnsd/fake.ts';
import { takeSnapshot } from '../../providers/gdnsd/snapshot.ts';
import type { Steering } from '../../providers/steering.ts';
import { fitOf, ONE_IN_A_MILLION } from '../../src/domain/distribution.ts';
import type { SetRef, Weights } from '../../src/domain/steering.ts';
import { ADDRESS, type GdnsdPlaces, worldFiles } from '../contracts/steering/gdnsd-files.ts';
import { changeOf, kindOf, never, refOf, writeOf } from '../contracts/steering/world.ts';
import { countAnswers } from './support/ask.ts';
import { forcedStates, isLoadable, type StartedGdnsd, startGdnsd } from './support/dns-servers/gdnsd.ts';
import { steeringOver } from './support/dns-servers/gdnsd-world.ts';

const QUESTIONS = 4000;
const PATIENCE_MS = 9000;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const start = async (files: Parameters<typeof startGdnsd>[0] = worldFiles) => {
  const server = await startGdnsd(files);
  stops.push(server.stop);
  return { server, ...steeringOver(server) };
};

const www = refOf('www', 'example.com');

const write = async (steering: Steering, ref: SetRef, weights: Weights): Promise<string> => {
  const [reading] = await steering.read([ref], never());
  const [state] = reading?.sets ?? [];
  if (state === undefined) throw new Error(`nothing was read of ${ref.name}`);
  const { change } = await steering.replace(writeOf(ref.zone, [changeOf(ref, state, weights, 'state')]), never());
  return change ?? 'none';
};

/** Asks as a run does until the change has arrived; says how long it took. */
const arrived = async (steering: Steering, change: string): Promise<string> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const told = (await steering.propagation([change], never())).get(change) ?? 'none';
    if (told !== 'pending' || performance.now() > deadline) return told;
    await wait(200);
  }
};

const MEMBERS = ['east', 'west', 'spare'] as const;

const chanceOf = async ({ places }: StartedGdnsd, weights: Readonly<Record<(typeof MEMBERS)[number], number>>) => {
  const counts = await countAnswers(places.port, 'www.example.com', QUESTIONS);
  return fitOf(
    MEMBERS.map((member) => counts[ADDRESS.www[member]] ?? 0),
    MEMBERS.map((member) => weights[member]),
  ).chance;
};

const replaced = (
  files: Readonly<Record<string, string>>,
  from: string,
  to: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replace(from, to)]));

describe('a real gdnsd, by what it answers', () => {
  it('answers by the weights before a write and by the new ones after it', async () => {
    const { server, steering } = await start();

    const before = await chanceOf(server, { east: 100, west: 100, spare: 0 });
    const told = await arrived(steering, await write(steering, www, { east: 10, west: 90 }));
    const after = await chanceOf(server, { east: 10, west: 90, spare: 0 });

    expect(told).toBe('done');
    expect(before).toBeGreaterThan(ONE_IN_A_MILLION);
    expect(after).toBeGreaterThan(ONE_IN_A_MILLION);
  });

  it('never answers with a drained member, and with a member given back by its weight', async () => {
    const { server, steering } = await start();

    const out = await arrived(steering, await write(steering, www, { east: null }));
    const drained = await chanceOf(server, { east: 0, west: 100, spare: 0 });
    const home = await arrived(steering, await write(steering, www, { east: 50, spare: 100 }));
    const back = await chanceOf(server, { east: 50, west: 100, spare: 100 });

    expect([out, home]).toEqual(['done', 'done']);
    expect(drained).toBeGreaterThan(ONE_IN_A_MILLION);
    expect(back).toBeGreaterThan(ONE_IN_A_MILLION);
  });

  it('answers as if nothing were drained below up_thresh, which is why such a write is refused', async () => {
    const { server, steering } = await start((places) =>
      replaced(worldFiles(places), 'up_thresh => 0.01', 'up_thresh => 0.5'),
    );

    // West alone is 100 of 300: less than the half that the default asks for.
    const kind = await kindOf(write(steering, www, { east: null }));
    const admin = join(server.places.stateDirectory, 'admin_state');
    await writeFile(admin, `${await readFile(admin, 'utf8')}${ADDRESS.www.east}/up => DOWN\n`);
    await expect.poll(() => forcedStates(server.places), { timeout: 5000 }).toHaveProperty([`${ADDRESS.www.east}/up`]);
    await wait(2500);

    expect(kind).toBe('rejected');
    expect(await chanceOf(server, { east: 100, west: 100, spare: 100 })).toBeGreaterThan(ONE_IN_A_MILLION);
  });

  it('keeps what is drained when it takes over from itself', async () => {
    const { server, steering } = await start();
    await arrived(steering, await write(steering, www, { east: null }));

    const told = await arrived(steering, await write(steering, www, { west: 7 }));

    expect(told).toBe('done');
    expect(await chanceOf(server, { east: 0, west: 7, spare: 0 })).toBeGreaterThan(ONE_IN_A_MILLION);
  });

  it('says that nothing has changed where gdnsd does not load what somebody else has broken', async () => {
    const { server, steering } = await start();
    const broken = join(server.places.configDirectory, 'steer', 'far');
    const text = await readFile(broken, 'utf8');
    await writeFile(broken, text.replace(', 10 ]', ', 0 ]'));
    const held = await readFile(join(server.places.configDirectory, 'steer', 'www'), 'utf8');

    const kind = await kindOf(write(steering, www, { east: 10, west: 90 }));

    expect(kind).toBe('rejected');
    expect(await readFile(join(server.places.configDirectory, 'steer', 'www'), 'utf8')).toBe(held);
    expect(await chanceOf(server, { east: 100, west: 100, spare: 0 })).toBeGreaterThan(ONE_IN_A_MILLION);
  });
});

/** Keys of every kind that gdnsd takes, and some that match nothing. */
const ADMIN = [
  `${ADDRESS.www.east}/up => DOWN`,
  '192.0.2.1?/up => DOWN\n192.0.2.13/up => UP',
  '*/up => DOWN\n*2.2?/up => UP/30',
  '"192.0.2.1[12]/up" => down',
  '"192.0.2.1[!12]/up" => DOWN',
  '"192.0.2.1[^2]/*" => DOWN',
  '"192.0.2.*" => DOWN\n"*[0-9]1/up" => UP',
  '*192.0.2.2* = DOWN, # a comment\n; another\n192.0.2.21/UP = UP',
  '"\\\\1*" => DOWN\n192.0.2.\\0491/up => DOWN',
];

/** The same, which gdnsd ignores as a whole. */
const IGNORED = [
  '192.0.2.11/up => DOWN\n192.0.2.11/up => UP',
  '192.0.2.11/up => SIDEWAYS',
  '192.0.2.11/up => { a => b }',
  '[1]92.0.2.11/up => DOWN',
  '192.0.2.11/up => "DOWN',
  '192.0.2.11/up DOWN',
];

const withAdmin =
  (text: string) =>
  (places: GdnsdPlaces): Readonly<Record<string, string>> => ({
    ...worldFiles(places),
    [join(places.stateDirectory, 'admin_state')]: `${text}\n`,
  });

const fakeOf = (places: GdnsdPlaces, files: Readonly<Record<string, string>>) =>
  createGdnsdFake({
    now: () => 0,
    random: () => 0,
    configDirectory: places.configDirectory,
    stateDirectory: places.stateDirectory,
    files,
    statesAfterMs: 0,
    answersAfterMs: 0,
  });

const forcedByFake = (places: GdnsdPlaces, files: Readonly<Record<string, string>>): Record<string, string> => {
  const states: Record<string, { state: string }> = JSON.parse(fakeOf(places, files).control('states').stdout);
  return Object.fromEntries(
    Object.entries(states).flatMap(([name, { state }]) => (state.endsWith('!') ? [[name, state]] : [])),
  );
};

const ALL_STATES = Object.values(ADDRESS)
  .flatMap((members) => Object.entries(members))
  .flatMap(([member, address]) => (member === 'stranger' || address === '' ? [] : [`${address}/up`]));

describe('what gdnsd, the provider and the fake read alike', () => {
  it.each(ADMIN)('admin_state %j', async (text) => {
    const { server } = await start(withAdmin(text));

    const real = await forcedStates(server.places);
    const { rules } = parseAdminState(`${text}\n`, 'admin_state');
    const ours = ALL_STATES.flatMap((name) => {
      const forced = forcing(rules, name)?.forced;
      return forced === undefined ? [] : [[name, `${forced}!`] as const];
    });

    expect(Object.fromEntries(ours)).toEqual(real);
  });

  it.each(ADMIN.filter((text) => !/[?[\\]/.test(text)))('admin_state %j, the fake too', async (text) => {
    const { server } = await start(withAdmin(text));

    const fake = forcedByFake(server.places, withAdmin(text)(server.places));

    expect(fake).toEqual(await forcedStates(server.places));
  });

  it.each(IGNORED)('an admin_state that is void: %j', async (text) => {
    const { server } = await start(withAdmin(`${ADDRESS.www.east}/up => DOWN`));
    const admin = join(server.places.stateDirectory, 'admin_state');
    await writeFile(admin, `${text}\n`);
    await wait(2500);

    const fake = fakeOf(server.places, withAdmin(`${ADDRESS.www.east}/up => DOWN`)(server.places));
    fake.write(admin, `${text}\n`);

    const held = { [`${ADDRESS.www.east}/up`]: 'DOWN!' };
    expect(await forcedStates(server.places)).toEqual(held);
    expect(JSON.parse(fake.control('states').stdout)).toMatchObject({ [`${ADDRESS.www.east}/up`]: { state: 'DOWN!' } });
    expect(() => parseAdminState(`${text}\n`, 'admin_state')).toThrow();
  });

  it.each([
    ['as it is', 'up_thresh => 0.01', 'up_thresh => 0.01', true],
    ['a directory as an include', '$include{steer/www}', '$include{"steer/ww*"}', true],
    ['quotes and escapes', 'up_thresh => 0.01', '"up_\\116hresh" = "0\\.01",', true],
    ['an include of nothing', '$include{steer/www}', '$include{steer/nothing}', false],
    ['an include of no name but a glob', '$include{steer/www}', '$include{steer/no*}', false],
    ['a key twice', 'up_thresh => 0.01', 'up_thresh => 0.01 up_thresh => 0.02', false],
    ['a threshold of nothing', 'up_thresh => 0.01', 'up_thresh => 0', false],
    ['a threshold above all', 'up_thresh => 0.01', 'up_thresh => 1.5', false],
    ['an open hash', 'up_thresh => 0.01', 'up_thresh => { 0.01', false],
    ['a hash for a weight', '$include{steer/www}', 'x => [ 192.0.2.1, { } ]', false],
    ['addresses of two kinds', '$include{steer/www}', 'x => [ 192.0.2.1, 1 ] y => [ 2001:db8::1, 1 ]', false],
  ])('a configuration with %s', async (_, from, to, isGood) => {
    const { server, faults } = await start();
    const config = join(server.places.configDirectory, 'config');
    await writeFile(config, (await readFile(config, 'utf8')).replace(from, to));

    const settings = { configDirectory: server.places.configDirectory, stateDirectory: server.places.stateDirectory };
    const isRead = await takeSnapshot(faults.host, settings, [www], never()).then(
      () => true,
      () => false,
    );

    expect(await isLoadable(server.places)).toBe(isGood);
    expect(isRead).toBe(isGood);
  });
});
