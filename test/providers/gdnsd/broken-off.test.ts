import { describe, expect, it } from 'vitest';
import type { GdnsdHost } from '../../../providers/gdnsd/host.ts';
import { sameRecords } from '../../../src/domain/set-state.ts';
import { hostOf } from '../../contracts/steering/gdnsd-world.ts';
import { never, weightsOf } from '../../contracts/steering/world.ts';
import { ADMIN, arrange, PENDING, readSet, refusal, WWW_WEIGHTS, write } from './arrange.ts';

/** The process dies at the so-many-th thing that it does to the machine: nothing it does after that has an effect. */
const dyingAt =
  (last: number) =>
  (host: GdnsdHost): GdnsdHost => {
    let done = 0;
    const alive = (): void => {
      done += 1;
      if (done > last) throw new Error('killed');
    };
    return {
      ...host,
      writeAtomically: async (path, text, signal) => {
        alive();
        await host.writeAtomically(path, text, signal);
      },
      control: async (action, signal) => {
        if (action === 'replace') alive();
        return host.control(action, signal);
      },
    };
  };

/** A write of weights and of a drain: five things in turn. */
const MOVE = { east: null, west: 40, spare: 7 };
const AFTER = { east: null, west: 40, spare: 7 };
const BEFORE = { east: 100, west: 100, spare: null };
const THINGS = 5;

describe('a write that is broken off', () => {
  it.each(Array.from({ length: THINGS }, (_, index) => index))(
    'rule 4: after %i of its five things is whole or not there for who reads next',
    async (things) => {
      const { fake, clock, open } = arrange([], dyingAt(things));

      const met = await refusal(write(open(), MOVE));
      const next = open(hostOf(fake));
      const live = weightsOf(await readSet(next));
      await clock.advance(5000);
      const loaded = [fake.answer({ name: 'www.example.com.', type: 'A' })];
      for (let turn = 0; turn < 99; turn += 1) loaded.push(fake.answer({ name: 'www.example.com.', type: 'A' }));

      expect(met.kind).toBe('unknown-outcome');
      expect(live).toEqual(things === 0 ? BEFORE : AFTER);
      // What gdnsd answers is what the files say: nothing is written that it was not told to load.
      expect(new Set(loaded).size).toBe(2);
      expect(loaded.includes('192.0.2.11')).toBe(things === 0);
      expect(fake.read(PENDING)).toBe(null);
    },
  );

  it('rule 4: is whole when nothing is in the way', async () => {
    const { fake, steering } = arrange([], dyingAt(THINGS));

    await write(steering, MOVE);

    expect(weightsOf(await readSet(steering))).toEqual(AFTER);
    expect(fake.read(PENDING)).toBe(null);
  });

  it("rule 2: leaves somebody else's word as it is when he has changed a file meanwhile", async () => {
    const { fake, open } = arrange([], dyingAt(2));
    await refusal(write(open(), MOVE));
    fake.write(ADMIN, '192.0.2.12/up => DOWN\n');

    const live = await readSet(open(hostOf(fake)));

    expect(fake.read(ADMIN)).toBe('192.0.2.12/up => DOWN\n');
    expect(weightsOf(live)['west']).toBe(null);
    expect(fake.read(PENDING)).toBe(null);
  });

  it('rule 2: is not begun when somebody changes a file between the look and the write', async () => {
    const made = arrange([], (host) => ({
      ...host,
      control: async (action, signal) => {
        made.fake.write(ADMIN, '192.0.2.12/up => UP\n');
        return host.control(action, signal);
      },
    }));

    const met = await refusal(write(made.steering, MOVE));

    expect(met.kind).toBe('conflict');
    expect(made.fake.read(ADMIN)).toBe('192.0.2.12/up => UP\n');
    expect(made.fake.read(PENDING)).toBe(null);
  });

  it('is undone at once when gdnsd does not load the weights', async () => {
    const { fake, steering } = arrange();
    const before = await readSet(steering);
    const held = fake.read(WWW_WEIGHTS);
    fake.write('/etc/gdnsd/steer/far', 'east => [ 192.0.2.31, 0 ]\n');

    const met = await refusal(write(steering, { west: 40 }));

    expect(met.kind).toBe('rejected');
    expect(met.message).toMatch(
      /does not load its configuration: .*Replace command to old daemon failed; `gdnsd checkconf` says more/,
    );
    expect(fake.read(WWW_WEIGHTS)).toBe(held);
    expect(sameRecords(await readSet(steering), before)).toBe(true);
  });

  it('tells what is in the way when the broken-off one cannot be loaded', async () => {
    const { fake, open } = arrange([], dyingAt(2));
    await refusal(write(open(), MOVE));
    const good = fake.read('/etc/gdnsd/steer/far');
    fake.write('/etc/gdnsd/steer/far', 'east => [ 192.0.2.31, 0 ]\n');
    const next = open(hostOf(fake));

    const met = await refusal(readSet(next));
    fake.write('/etc/gdnsd/steer/far', good);

    expect(met.kind).toBe('unavailable');
    expect(met.message).toMatch(/a write was broken off, and gdnsd does not load its configuration/);
    expect(weightsOf(await readSet(next))).toEqual(AFTER);
  });

  it.each([
    ['no JSON', 'not json'],
    ['something else', '{"version":2}'],
    [
      'a file that is not steer’s',
      JSON.stringify({ version: 1, weights: [{ path: '/etc/passwd', before: null, after: 'x' }], admin: null }),
    ],
    [
      'another admin_state',
      JSON.stringify({ version: 1, weights: [], admin: { path: '/etc/cron.d/x', before: null, after: 'x' } }),
    ],
  ])('is not believed when its file holds %s', async (_, text) => {
    const { fake, steering } = arrange([[PENDING, '', text]]);

    const met = await refusal(steering.read([], never()));

    expect(met.kind).toBe('unreadable');
    expect(met.message).toMatch(/take it away/);
    expect(fake.read('/etc/passwd')).toBe(null);
  });
});
