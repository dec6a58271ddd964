import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { notifier } from '../../src/compose/notify.ts';
import type { World } from '../../src/compose/world.ts';
import { FleetTail } from '../../src/executor/fleet-tail.ts';
import { systemClock } from '../../src/system/clock.ts';
import { EAST, OPERATOR } from '../support/fleet-config.ts';
import { buildModel } from '../support/model.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A webhook that answers with this status and keeps what it was told. */
const webhook = async (status: number) => {
  const told: { event: string; text: string }[] = [];
  const heard = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    told.push(JSON.parse(body));
    response.writeHead(status).end();
    heard.resolve();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    told,
    heard: heard.promise,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/secret-token`,
  };
};

const arrange = async (environment: Record<string, string>) => {
  const model = await buildModel(systemClock);
  const notify = [{ kind: 'webhook', urlFrom: { env: 'STEER_WEBHOOK_URL' } }] as const;
  const world: World = {
    config: { ...model.config, notify },
    providers: new Map(),
    steerings: new Map(),
    probe: { read: async () => [] },
    problems: [],
  };
  const complaints: string[] = [];
  const fleet = async () => {
    const tail = new FleetTail(model.store.journal);
    await tail.catchUp();
    return tail.view;
  };
  const stop = new AbortController();
  const product = { store: model.store, fleet, world: async () => world };
  const telling = notifier(product, { environment }, (problem) => complaints.push(problem)).run(stop.signal);
  const end = (): Promise<void> => {
    stop.abort();
    return telling;
  };
  return { model, complaints, end };
};

describe('notifications', () => {
  it('tell a target what was asked and what it came to, in words', async () => {
    const hook = await webhook(200);
    const { model, end } = await arrange({ STEER_WEBHOOK_URL: hook.url });

    const run = await model.start({ region: EAST }, false);
    await hook.heard;
    await end();

    expect(hook.told[0]).toMatchObject({ event: 'run.proposed' });
    expect(hook.told[0]?.text).toContain(`${run} evacuate us-east-1 (drill): WAITING FOR APPROVAL`);
  });

  it('cost only themselves when a target is ill, and never print its address', async () => {
    const hook = await webhook(500);
    const { model, complaints, end } = await arrange({ STEER_WEBHOOK_URL: hook.url });

    const run = await model.start({ region: EAST }, false);
    await hook.heard;
    await model.ask(run, { type: 'hold.asked', data: { by: OPERATOR, door: 'test', because: 'wait' } });
    await end();

    expect(complaints[0]).toBe('a notification target answered 500');
    expect(complaints.join(' ')).not.toContain('secret-token');
  });

  it('say that a target has no address instead of failing', async () => {
    const { model, complaints, end } = await arrange({});
    await model.start({ region: EAST }, false);

    await expect.poll(() => complaints.length).toBeGreaterThan(0);
    await end();

    expect(complaints[0]).toContain('has no address');
  });
});
