import type { FetchFunction } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { patientFetch } from '../../src/slack/receivers/patient-fetch.ts';
import { ManualClock } from '../support/manual-clock.ts';

const URL_OF = 'http://127.0.0.1:9/api/apps.connections.open';
const GOOD = { ok: true, url: 'ws://127.0.0.1:9/link' };

type Answer = { readonly status?: number; readonly body: unknown; readonly retryAfter?: number } | 'refused';

const arranged = (answers: readonly Answer[]) => {
  const clock = new ManualClock();
  const stopped = new AbortController();
  const asked: number[] = [];
  const warned: unknown[] = [];
  const fetch: FetchFunction = async () => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(clock.now());
    if (answer === undefined || answer === 'refused') throw new TypeError('fetch failed');
    const headers = answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) };
    return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200, headers });
  };
  const log = { info: () => {}, warn: (fields: unknown) => void warned.push(fields), error: () => {} };
  const patient = patientFetch({ fetch, clock, log, signal: stopped.signal });
  return { clock, stopped, asked, warned, patient };
};

describe('the fetch of the sockets', () => {
  it('gives a connection as it comes', async () => {
    const { patient, asked } = arranged([{ body: GOOD }]);

    const response = await patient(URL_OF, {});

    expect(await response.text()).toBe(JSON.stringify(GOOD));
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a revoked token', { body: { ok: false, error: 'invalid_auth' } }],
    ['a server error', { status: 500, body: 'oops' }],
    ['no network', 'refused'],
    ['an answer without an address', { body: { ok: true } }],
  ] as const)('waits out %s, for hours if need be, and says so once', async (_, answer) => {
    const { patient, clock, asked, warned } = arranged([...Array.from({ length: 900 }, () => answer), { body: GOOD }]);

    const waiting = patient(URL_OF, {});
    await clock.untilSleeping();
    await clock.advance(4 * 3_600_000);
    const response = await waiting;

    expect(response.status).toBe(200);
    expect(asked).toHaveLength(901);
    expect(warned).toHaveLength(1);
  });

  it('waits as long as Slack says', async () => {
    const limited = { status: 429, body: { ok: false, error: 'ratelimited' }, retryAfter: 60 };
    const { patient, clock, asked } = arranged([limited, { body: GOOD }]);

    const waiting = patient(URL_OF, {});
    await clock.untilSleeping();
    await clock.advance(60_000);
    await waiting;

    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBe(60_000);
  });

  it('asks no more once it is stopped', async () => {
    const { patient, clock, stopped, asked } = arranged(['refused']);
    void patient(URL_OF, {});
    await clock.untilSleeping();

    stopped.abort();
    await clock.advance(3_600_000);

    expect(asked).toHaveLength(1);
    expect(clock.sleepers).toBe(0);
  });
});
