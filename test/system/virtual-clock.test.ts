import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { setTimeout as realTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VirtualClock } from '../../src/system/virtual-clock.ts';

const HOUR_MS = 3_600_000;

const never = (): AbortSignal => new AbortController().signal;

describe('a virtual clock', () => {
  it('lets a thousand hours pass in well under a second', async () => {
    const clock = new VirtualClock(0);
    const began = performance.now();
    const main = async (): Promise<number> => {
      for (let hour = 0; hour < 1000; hour += 1) await clock.sleep(HOUR_MS, never());
      return clock.now();
    };

    const ended = await clock.run(main());

    expect(ended).toBe(1000 * HOUR_MS);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('stands still where nobody sleeps', async () => {
    const clock = new VirtualClock(7);

    const ended = await clock.run(Promise.resolve().then(() => clock.now()));

    expect(ended).toBe(7);
  });

  it('wakes sleepers in the order of their instants, and those of one instant in the order in which they fell asleep', async () => {
    const clock = new VirtualClock(0);
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms, never());
      woken.push(`${name} ${clock.now()}`);
    };

    await clock.run(
      Promise.all([sleeper('c', 30), sleeper('a', 10), sleeper('b1', 20), sleeper('b2', 20), sleeper('z', 0)]),
    );

    expect(woken).toEqual(['z 0', 'a 10', 'b1 20', 'b2 20', 'c 30']);
  });

  it('lets everything that a sleeper sets off happen before the next wakes, also when it takes some turns of the event loop', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    const slowToReact = async (): Promise<void> => {
      await clock.sleep(10, never());
      for (let hop = 0; hop < 50; hop += 1) await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => process.nextTick(resolve));
      seen.push(`reacted at ${clock.now()}`);
    };
    const next = async (): Promise<void> => {
      await clock.sleep(11, never());
      seen.push(`woke at ${clock.now()}`);
    };

    await clock.run(Promise.all([slowToReact(), next()]));

    expect(seen).toEqual(['reacted at 10', 'woke at 11']);
  });

  it('stands still while a call is in flight, however long that really takes', async () => {
    const clock = new VirtualClock(0);
    const server = createServer((_, response) => void realTimeout(30).then(() => response.end('pong')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const call = async (): Promise<number> => {
      const text = await clock.busy('ping', async () => (await fetch(`http://127.0.0.1:${port}/`)).text());
      expect(text).toBe('pong');
      return clock.now();
    };

    const [at] = await clock.run(Promise.all([call(), clock.sleep(1, never())]));

    expect(at).toBe(0);
    expect(clock.now()).toBe(1);
  });

  it('counts what is in flight', async () => {
    const clock = new VirtualClock(0);
    const counts: number[] = [];
    const main = async (): Promise<void> => {
      const calls = [1, 2].map(() => clock.busy('read', () => readFile(import.meta.filename)));
      counts.push(clock.inFlight);
      await Promise.all(calls);
      counts.push(clock.inFlight);
    };

    await clock.run(main());

    expect(counts).toEqual([2, 0]);
  });

  it('goes on while the calls in flight sleep on it themselves, also one inside another', async () => {
    const clock = new VirtualClock(0);
    const slowAnswer = async (): Promise<number> => {
      await clock.sleep(200, never());
      return clock.now();
    };

    const answered = await clock.run(clock.busy('outer', () => clock.busy('inner', slowAnswer)));

    expect(answered).toBe(200);
    expect(clock.inFlight).toBe(0);
  });

  it('gives a failed call back as it failed, and no longer counts it', async () => {
    const clock = new VirtualClock(0);

    const running = clock.run(clock.busy('write', () => Promise.reject(new Error('reset by peer'))));

    await expect(running).rejects.toThrow('reset by peer');
    expect(clock.inFlight).toBe(0);
  });

  it('says so when nothing can ever happen again', async () => {
    const clock = new VirtualClock(5);
    const forgotten = new Promise<void>(() => {});

    const running = clock.run(clock.sleep(10, never()).then(() => forgotten));

    await expect(running).rejects.toMatchObject({
      kind: 'deadlock',
      message: expect.stringMatching(/stands at 15 .*no timer/),
    });
  });

  it('sets no timer for a sleep without end', async () => {
    const clock = new VirtualClock(0);

    const running = clock.run(clock.sleep(Number.POSITIVE_INFINITY, never()));

    await expect(running).rejects.toMatchObject({ kind: 'deadlock' });
  });

  it('names the call that hangs', async () => {
    const clock = new VirtualClock(0, { stuckAfterMs: 20 });

    const running = clock.run(clock.busy('route53 list', () => new Promise(() => {})));

    await expect(running).rejects.toMatchObject({ kind: 'stuck', message: expect.stringContaining('route53 list') });
  });

  it('stops at the latest instant that it was allowed', async () => {
    const clock = new VirtualClock(0);
    const forever = async (): Promise<never> => {
      for (;;) await clock.sleep(HOUR_MS, never());
    };

    const running = clock.run(forever(), 10 * HOUR_MS);

    await expect(running).rejects.toMatchObject({ kind: 'too-late' });
    expect(clock.now()).toBe(10 * HOUR_MS);
  });

  it('ends a sleep that is aborted at once, with the reason', async () => {
    const clock = new VirtualClock(0);
    const stop = new AbortController();
    const main = async (): Promise<unknown> => {
      const sleeping = clock.sleep(HOUR_MS, stop.signal).catch((reason) => reason);
      await clock.sleep(1, never());
      stop.abort('enough');
      return sleeping;
    };

    const reason = await clock.run(main());

    expect(reason).toBe('enough');
    expect(clock.now()).toBe(1);
  });

  it('takes the same course every time', async () => {
    const course = async (): Promise<string[]> => {
      const clock = new VirtualClock(0);
      const seen: string[] = [];
      const worker = async (name: number): Promise<void> => {
        for (let turn = 0; turn < 20; turn += 1) {
          await clock.sleep((name * 7 + turn * 13) % 29, never());
          seen.push(`${name}:${turn}@${clock.now()}`);
        }
      };
      await clock.run(Promise.all(Array.from({ length: 10 }, (_, name) => worker(name))));
      return seen;
    };

    const [one, other] = [await course(), await course()];

    expect(one).toHaveLength(200);
    expect(one).toEqual(other);
  });
});
