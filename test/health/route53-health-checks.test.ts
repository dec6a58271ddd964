import {
  CreateHealthCheckCommand,
  DeleteHealthCheckCommand,
  type HealthCheckConfig,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { createRoute53Fake } from '../../providers/route53/fake.ts';
import type { SignalSource } from '../../src/domain/signals.ts';
import { checkerVerdict } from '../../src/health/checker-verdict.ts';
import { route53HealthCheckProbe } from '../../src/health/route53-health-checks.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import { AWS, barePolicy, becauseOf, callLog, MINUTE_MS, NOW, signalOf, stateOf } from './arrange.ts';

const check = (healthCheck: string): SignalSource => ({ kind: 'route53-health-check', provider: AWS, healthCheck });

const HTTP: HealthCheckConfig = {
  Type: 'HTTP',
  FullyQualifiedDomainName: 'checkout.example',
  Port: 80,
  ResourcePath: '/',
};

const arrange = (throttling: 'old' | 'new' = 'old') => {
  const clock = { now: NOW };
  const account = { id: '123456789012', userName: 'test', accessKeyIds: ['test-key'] };
  const fake = createRoute53Fake({ now: () => clock.now, random: () => 0, accounts: [account], throttling });
  const client = new Route53Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test-key', secretAccessKey: 'test' },
    maxAttempts: 1,
    endpoint: 'http://127.0.0.1:1',
    systemClockOffset: NOW - Date.now(),
    requestHandler: createInProcessHandler(fake.handle),
  });
  const log = callLog();
  const probe = route53HealthCheckProbe({
    clientFor: () => client,
    policy: barePolicy,
    observe: log.observe,
    refreshAfterMs: 10_000,
    reportAgeMs: MINUTE_MS,
    maximumAgeMs: MINUTE_MS,
    secondMs: 1000,
  });
  let made = 0;
  const create = async (config: HealthCheckConfig = HTTP): Promise<string> => {
    made += 1;
    clock.now += 1000;
    const answer = await client.send(
      new CreateHealthCheckCommand({ CallerReference: `${made}`, HealthCheckConfig: config }),
    );
    return answer.HealthCheck?.Id ?? '';
  };
  const read = (ids: readonly string[]) =>
    probe.read(
      ids.map((id) => signalOf(check(id), id)),
      clock.now,
      new AbortController().signal,
    );
  const remove = (id: string) => client.send(new DeleteHealthCheckCommand({ HealthCheckId: id }));
  const actions = (action: string) => log.calls.filter((call) => call.action === action).length;
  return { clock, fake, create, remove, read, actions, calls: log.calls };
};

describe('health checks of Route 53', () => {
  it('are ok or alarm by what their checkers say', async () => {
    const { fake, create, read, clock } = arrange();
    const [good, bad] = [await create(), await create()];
    fake.forceHealth(bad, false);
    clock.now += MINUTE_MS;

    const readings = await read([good, bad]);

    expect(readings.map(stateOf)).toEqual(['ok', 'alarm']);
    expect(becauseOf(readings[1])).toBe(`health check ${bad}: 0 of 16 checkers say success, more than 18 % are needed`);
  });

  it('are asked again only after a while, and say when they were really asked', async () => {
    const { create, read, clock, actions } = arrange();
    const id = await create();
    clock.now += MINUTE_MS;
    const firstAt = clock.now;

    await read([id]);
    clock.now = firstAt + 9999;
    const [kept] = await read([id]);
    clock.now = firstAt + 10_000;
    const [fresh] = await read([id]);

    expect(kept?.readAt).toBe(firstAt);
    expect(fresh?.readAt).toBe(firstAt + 10_000);
    expect(actions('GetHealthCheckStatus')).toBe(2);
  });

  it('stay inside their quota on an old account: four at once, then one a second, the oldest first', async () => {
    const { create, read, clock, calls } = arrange('old');
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) ids.push(await create());
    clock.now += MINUTE_MS;

    const first = await read(ids);
    clock.now += 2000;
    const second = await read(ids);

    expect(first.map(({ kind }) => kind).sort()).toEqual(['no-data', 'no-data', 'state', 'state', 'state', 'state']);
    expect(second.map(({ kind }) => kind)).toEqual(Array(6).fill('state'));
    expect(calls.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it('are no data while their turn has not come', async () => {
    const { create, read, clock } = arrange();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await create());
    clock.now += 2 * MINUTE_MS;

    const readings = await read(ids);

    expect(readings.filter(({ kind }) => kind === 'no-data')).toHaveLength(1);
    expect(readings.map(becauseOf).join()).toContain('waits for its turn');
  });

  it.each([
    ['disabled', { ...HTTP, Disabled: true }, 'is disabled'],
    ['inverted', { ...HTTP, Inverted: true }, 'is inverted'],
    ['calculated', { Type: 'CALCULATED', HealthThreshold: 0, ChildHealthChecks: [] }, 'is of type CALCULATED'],
  ] as const)('rule 6: that are %s are an error, because they say nothing of an endpoint', async (_, config, words) => {
    const { create, read, actions } = arrange();
    const id = await create(config as HealthCheckConfig);

    const [reading] = await read([id]);

    expect(reading?.kind).toBe('error');
    expect(becauseOf(reading)).toContain(words);
    expect(actions('GetHealthCheckStatus')).toBe(0);
  });

  it('rule 6: that do not exist are an error', async () => {
    const { read } = arrange();

    const [reading] = await read(['00000000-0000-0000-0000-000000000000']);

    expect(becauseOf(reading)).toContain('it is not among the health checks of the account');
  });

  it('rule 6: are errors while the control plane is down', async () => {
    const { fake, create, read } = arrange();
    const id = await create();
    fake.setOutage('unavailable');

    const [reading] = await read([id]);

    expect(becauseOf(reading)).toContain('route53:ListHealthChecks failed (ServiceUnavailable, HTTP 503)');
  });
});

describe('a question that gets no answer', () => {
  const known = async () => {
    const arranged = arrange();
    const id = await arranged.create();
    arranged.clock.now += 2 * MINUTE_MS;
    const [reading] = await arranged.read([id]);
    return { ...arranged, id, readAt: reading?.readAt };
  };

  it.each([
    ['an outage', 'ListHealthChecks'],
    ['an outage of the status alone', 'GetHealthCheckStatus'],
  ])('takes nothing away from what was read before, in %s, until that is too old', async (_, operation) => {
    const { clock, fake, id, read, readAt } = await known();
    fake.faults.add({ kind: 'unavailable', operation, times: Number.POSITIVE_INFINITY });

    clock.now += MINUTE_MS;
    const [kept] = await read([id]);
    clock.now += 1;
    const [tooOld] = await read([id]);
    fake.faults.clear();
    const [back] = await read([id]);

    expect(kept).toMatchObject({ kind: 'state', state: 'ok', readAt });
    expect(tooOld).toMatchObject({ kind: 'error', readAt: clock.now });
    expect(becauseOf(tooOld)).toContain(`route53:${operation} failed (ServiceUnavailable, HTTP 503)`);
    expect(back).toMatchObject({ kind: 'state', state: 'ok', readAt: clock.now });
  });

  it('is asked again at the next reading, when others have used up the quota of the account', async () => {
    const { clock, fake, id, read } = await known();
    clock.now += 20_000;
    fake.faults.add({ kind: 'throttle', operation: 'GetHealthCheckStatus' });

    const [kept] = await read([id]);
    clock.now += 1000;
    const [fresh] = await read([id]);

    expect(kept).toMatchObject({ kind: 'state', readAt: clock.now - 21_000 });
    expect(fresh).toMatchObject({ kind: 'state', readAt: clock.now });
  });

  it('rule 6: does not keep the good word of a check that is gone', async () => {
    const { clock, id, read, remove } = await known();
    await remove(id);
    clock.now += 10_000;

    const [reading] = await read([id]);

    expect(becauseOf(reading)).toContain('it is not among the health checks of the account');
  });
});

describe('the checkers of one check', () => {
  const seen = (statuses: readonly string[], ageMs = 0) =>
    statuses.map((Status) => ({ StatusReport: { Status, CheckedTime: new Date(NOW - ageMs) } }));
  const verdict = (observations: ReturnType<typeof seen>) => checkerVerdict(observations, MINUTE_MS, NOW).kind;
  const OK = 'Success: HTTP Status Code 200, OK';
  const BAD = 'Failure: Connection refused.';

  it.each([
    [3, 13, 'ok'],
    [2, 14, 'alarm'],
    [18, 82, 'alarm'],
    [19, 81, 'ok'],
    [0, 1, 'alarm'],
  ])('call it healthy when more than 18 %% do: %d say success and %d failure', (good, bad, expected) => {
    const observations = seen([...Array(good).fill(OK), ...Array(bad).fill(BAD)]);

    expect(verdict(observations)).toBe(expected);
  });

  it('rule 6: decide nothing without fresh reports, or where odd texts could turn the balance', () => {
    expect(verdict([])).toBe('no-data');
    expect(verdict(seen([OK, OK], MINUTE_MS + 1))).toBe('no-data');
    expect(verdict(seen(['', 'Unknown', BAD]))).toBe('no-data');
    expect(verdict([...seen([OK], MINUTE_MS + 1), ...seen([BAD, BAD])])).toBe('alarm');
  });
});
