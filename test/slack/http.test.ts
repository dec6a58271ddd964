import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../src/slack/bot.ts';
import { type House, openHouse, propose, USERS } from './support/house.ts';
import { TEAM } from './support/slack-api.ts';

const SECRET = 'signing-secret';
const OPS = 'C0OPS';

/** Bolt reads the real clock when it checks a signature. */
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

let house: House;
let port: number;
let stop: () => Promise<void>;

const post = async (
  body: string,
  { at = nowSeconds(), secret = SECRET, signature = '' }: { at?: number; secret?: string; signature?: string } = {},
): Promise<number> => {
  const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': signature === '' ? `v0=${mac}` : signature,
    },
    body,
  });
  await response.text();
  return response.status;
};

const hold = (trigger: string): string =>
  new URLSearchParams({
    command: '/steer',
    text: 'hold',
    user_id: USERS.responder,
    team_id: TEAM,
    channel_id: OPS,
    api_app_id: 'A0STEER',
    trigger_id: trigger,
    response_url: 'http://127.0.0.1:9/response/http',
  }).toString();

const holds = async (): Promise<number> => (await house.types()).filter((type) => type === 'hold.asked').length;

beforeEach(async () => {
  house = await openHouse({ start: Date.now() });
  await propose(house);
  const slack = { ...house.config.slack, transport: { kind: 'http', signingSecretFrom: { env: 'SIGNING' }, port: 0 } };
  const bot = await startBot({
    deps: {
      ...house.desk.deps,
      readSecret: async (source) => ('env' in source && source.env === 'SIGNING' ? SECRET : 'xoxb-1'),
    },
    config: async () => ({ ...house.config, slack }) as typeof house.config,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    fetch: house.api.fetch,
  });
  port = bot.port ?? 0;
  stop = bot.stop;
});

afterEach(async () => {
  await stop();
});

describe('signed HTTP', () => {
  it('is listened to once: a replay of the same request is answered and does nothing', async () => {
    const body = hold('t1');
    const at = nowSeconds();

    const statuses = [await post(body, { at }), await post(body, { at })];

    expect(statuses).toEqual([200, 200]);
    expect(await holds()).toBe(1);
  });

  it('is not listened to with a forged signature, an old or a future time, or none', async () => {
    const statuses = [
      await post(hold('t1'), { secret: 'guessed' }),
      await post(hold('t2'), { signature: 'v0=00' }),
      await post(hold('t3'), { signature: 'v1=00' }),
      await post(hold('t4'), { at: nowSeconds() - 360 }),
      await post(hold('t5'), { at: nowSeconds() + 3600 }),
    ];

    expect(statuses).toEqual([401, 401, 401, 401, 200]);
    expect(await holds()).toBe(0);
  });

  it('refuses a body that is larger than anything Slack sends', async () => {
    const status = await post(`text=${'x'.repeat(1_100_000)}`);

    expect(status).toBe(413);
  });

  it('tells whether the process lives and whether it takes commands, and nothing else', async () => {
    const get = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;

    expect([await get('/healthz'), await get('/readyz'), await get('/'), await get('/slack/events')]).toEqual([
      200, 200, 404, 404,
    ]);
  });
});
