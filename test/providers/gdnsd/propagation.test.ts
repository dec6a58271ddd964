import { describe, expect, it } from 'vitest';
import { createGdnsdFake } from '../../../providers/gdnsd/fake.ts';
import { gdnsdSteering } from '../../../providers/gdnsd/steering.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { worldFiles } from '../../contracts/steering/gdnsd-files.ts';
import { hostOf } from '../../contracts/steering/gdnsd-world.ts';
import { never } from '../../contracts/steering/world.ts';
import { answering } from '../../support/dns-exchange.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ADMIN, arrange, PLACES, refusal, settings, write } from './arrange.ts';

const toldOf = async (steering: ReturnType<typeof arrange>['steering'], change: string | null) =>
  [...(await steering.propagation([change ?? 'none'], never())).values()][0];

describe('how far a change at gdnsd has got', () => {
  it('is told to another process, too, which has only the id', async () => {
    const { clock, open, steering } = arrange();
    const { change } = await write(steering, { east: null });

    const early = await toldOf(open(), change);
    await clock.advance(4000);

    expect(early).toBe('pending');
    expect(await toldOf(open(), change)).toBe('done');
  });

  it('is not done while the server still answers with a drained member, however long ago it was', async () => {
    const clock = new ManualClock();
    const fake = createGdnsdFake({
      now: () => clock.now(),
      random: () => 0.4,
      ...settings,
      files: worldFiles(PLACES),
      statesAfterMs: 1000,
      answersAfterMs: 30_000,
    });
    const steering = gdnsdSteering({
      host: hostOf(fake),
      settings,
      clock,
      policy: barePolicy,
      dns: answering((question) => fake.answer(question)),
      nameServers: [],
    });
    const { change } = await write(steering, { east: null });
    await clock.advance(29_000);

    const early = await toldOf(steering, change);
    await clock.advance(1000);

    expect([early, await toldOf(steering, change)]).toEqual(['pending', 'done']);
  });

  it('is not done sooner than any server has been seen to need, however few answers would show the old way', async () => {
    const { clock, fake, steering } = arrange();
    const { change } = await write(steering, { east: 30, west: 170 });
    const states = fake.control('states').stdout;
    await clock.advance(3999);

    const early = await toldOf(steering, change);
    await clock.advance(1);

    // Nothing that is asked would have told them apart.
    expect(fake.control('states').stdout).toBe(states);
    expect([early, await toldOf(steering, change)]).toEqual(['pending', 'done']);
  });

  it('is not done when the running server no longer does what the file says', async () => {
    const { fake, clock, steering } = arrange();
    const { change } = await write(steering, { east: null });
    await clock.advance(10_000);
    // Void for gdnsd would be unreadable for steer; this one it reads, but not yet.
    fake.write(ADMIN, `${fake.read(ADMIN) ?? ''}192.0.2.12/up => UP\n`);

    expect(await toldOf(steering, change)).toBe('pending');
  });

  it('is done where the clock was set back, once states and answers say so', async () => {
    const { clock, steering } = arrange();
    const { change } = await write(steering, { east: null });
    await clock.advance(5000);
    clock.skew(-3_600_000);

    // Its history of admin_state is of the same clock: before the write, for the fake, nothing was drained.
    expect(await toldOf(steering, change)).toBe('pending');
  });

  it.each(['', 'C0NEVERMADE', 'gdnsd.', 'gdnsd.bm90IGpzb24', 'gdnsd.e30'])('knows no change "%s"', async (id) => {
    const { steering } = arrange();

    expect(await toldOf(steering, id)).toBe('unknown-change');
  });

  it('cannot be told when the server does not answer', async () => {
    const { fake, clock } = arrange();
    const steering = gdnsdSteering({
      host: hostOf(fake),
      settings,
      clock,
      policy: barePolicy,
      dns: () => Promise.reject(new Error('connection refused')),
      nameServers: ['127.0.0.1:5353'],
    });
    const { change } = await write(steering, { east: null });
    await clock.advance(5000);

    const met = await refusal(toldOf(steering, change));

    expect(met.kind).toBe('unavailable');
    expect(met.message).toMatch(/127\.0\.0\.1:5353 does not answer for www\.example\.com/);
  });
});
