import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Demo, demo } from '../../src/compose/demo.ts';
import type { ActOutcome } from '../../src/sandbox/page/types.ts';

const running: { end: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const { end } of running.splice(0)) await end();
});

interface Up {
  readonly it: Demo;
  readonly written: readonly string[];
  readonly log: readonly string[];
  readonly end: () => Promise<void>;
}

const start = async (): Promise<Up> => {
  const stop = new AbortController();
  const written: string[] = [];
  const log: string[] = [];
  const line = (_: unknown, text: string): void => {
    log.push(text);
  };
  const ready = Promise.withResolvers<Demo>();
  const over = demo({
    port: 0,
    seed: 7,
    write: (text) => {
      written.push(text);
    },
    log: { info: () => {}, warn: () => {}, error: line },
    signal: stop.signal,
    ready: ready.resolve,
  });
  const end = async (): Promise<void> => {
    stop.abort();
    await over;
  };
  running.push({ end });
  return { it: await Promise.race([ready.promise, over.then(() => expect.fail('it ended'))]), written, log, end };
};

const type = async ({ page }: Demo, as: string, text: string): Promise<ActOutcome> => {
  const answer = await fetch(`${page.url}act`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: page.url.slice(0, -1) },
    body: JSON.stringify({ kind: 'type', as, channel: 'C0OPS', thread: null, text }),
  });
  return (await answer.json()) as ActOutcome;
};

const sees = ({ workspace }: Demo, user: string, text: string) =>
  vi.waitFor(
    () => {
      const seen = workspace.messages(user, 'C0OPS').map((message) => JSON.stringify([message.text, message.blocks]));
      expect(seen.join('\n')).toContain(text);
    },
    { timeout: 15_000, interval: 50 },
  );

describe('the demonstration', () => {
  it('starts, listens to its people as the config names them, breaks what is switched, and ends without a rest', async () => {
    const up = await start();
    const connected = () => expect(up.it.workspace.sockets()).toBe(2);
    await vi.waitFor(connected, { timeout: 15_000 });

    const operator = await type(up.it, 'U0OPERATOR', '/steer whoami');
    await sees(up.it, 'U0OPERATOR', 'operator-1');
    await type(up.it, 'U0GUEST', '/steer evacuate us-east-1');
    await type(up.it, 'U0OPERATOR', '/steer plan evacuate us-east-1');
    await sees(up.it, 'U0OPERATOR', 'PLAN: evacuate us-east-1');
    const guest = up.it.workspace.messages('U0GUEST', 'C0OPS').map(({ text }) => text);
    const runs = (await up.it.product.fleet()).runs.size;
    await up.end();
    const gone = await fetch(up.it.page.url).then(
      () => 'still there',
      () => 'gone',
    );

    expect(up.written.join('')).toContain(up.it.page.url);
    expect(up.written.join('')).toContain('/steer evacuate us-east-1');
    expect(operator.problem).toBeNull();
    expect(guest.join(' ')).not.toContain('PLAN');
    expect(runs).toBe(0);
    expect(gone).toBe('gone');
    expect(up.log).toEqual([]);
  });

  it('can be interrupted before it is up', async () => {
    const stop = new AbortController();
    const written: string[] = [];

    stop.abort();
    await demo({
      port: 0,
      seed: 7,
      write: (text) => {
        written.push(text);
      },
      log: { info: () => {}, warn: () => {}, error: () => {} },
      signal: stop.signal,
    });

    expect(written).toEqual([]);
  });
});
