import { describe, expect, it } from 'vitest';
import { barePolicy as providersBarePolicy } from '../../providers/resilience.ts';
import type { SignalReading, SignalSource, SignalSpec } from '../../src/domain/signals.ts';
import type { ReadPolicy } from '../../src/health/calls.ts';
import { failureText } from '../../src/health/failure-text.ts';
import { PollBudget } from '../../src/health/poll-budget.ts';
import { type ProbesByKind, probes } from '../../src/health/probes.ts';
import { stateReading } from '../../src/health/readings.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { AWS, alarm, becauseOf, metric, NOW, signalOf, stateOf } from './arrange.ts';

const SOURCES: readonly SignalSource[] = [
  metric(),
  alarm('errors'),
  { kind: 'route53-health-check', provider: AWS, healthCheck: 'check' },
  {
    kind: 'http',
    url: 'http://checkout.example/',
    timeoutMs: 1000,
    expectStatus: { from: 200, to: 299 },
    allowPrivateAddress: false,
  },
  { kind: 'dns-answers', name: 'checkout.example', type: 'A', servers: [], queries: 1, answers: [], timeoutMs: 1000 },
];

const all = SOURCES.map((source) => signalOf(source, source.kind));
const well: Probe = { read: async (signals, now) => signals.map((spec) => stateReading(spec, now, 'ok', 'well')) };
const allWell: ProbesByKind = { cloudWatch: well, route53HealthChecks: well, http: well, dnsAnswers: well };

const read = (
  overrides: Partial<ProbesByKind>,
  signals: readonly SignalSpec[] = all,
  signal = new AbortController().signal,
) => probes({ ...allWell, ...overrides }).read(signals, NOW, signal);

/** A probe that remembers what it was asked. */
const remembering = () => {
  const asked: string[] = [];
  const probe: Probe = {
    read: (signals, now, signal) => {
      asked.push(...signals.map(({ signal: id }) => id));
      return well.read(signals, now, signal);
    },
  };
  return { asked, probe };
};

describe('all probes as one', () => {
  it('send every kind of signal to its own probe and keep the order asked', async () => {
    const cloudWatch = remembering();
    const http = remembering();

    const readings = await read({ cloudWatch: cloudWatch.probe, http: http.probe }, all.toReversed());

    expect(cloudWatch.asked).toEqual(['cloudwatch-alarm', 'cloudwatch-metric']);
    expect(http.asked).toEqual(['http']);
    expect(readings.map(({ signal }) => signal)).toEqual(all.toReversed().map(({ signal }) => signal));
  });

  it('read a signal once, however often it is asked for', async () => {
    const http = remembering();
    const one = signalOf(
      {
        kind: 'http',
        url: 'http://one/',
        timeoutMs: 1,
        expectStatus: { from: 200, to: 299 },
        allowPrivateAddress: false,
      },
      'same',
    );

    const readings = await read({ http: http.probe }, [one, one, one]);

    expect(http.asked).toEqual(['same']);
    expect(readings).toHaveLength(1);
  });

  it.each<[string, Probe['read']]>([
    ['throws', () => Promise.reject(new Error('a secret'))],
    [
      'throws at once',
      () => {
        throw new Error('a secret');
      },
    ],
    ['forgets its signals', async () => []],
    ['answers for others', async () => [stateReading(signalOf(alarm('x'), 'stranger'), NOW, 'ok', 'well')]],
  ])('rule 6: lose only the signals of a probe that %s', async (_, broken) => {
    const readings = await read({ cloudWatch: { read: broken } });

    expect(readings.map(stateOf)).toEqual(['error', 'error', 'ok', 'ok', 'ok']);
    expect(readings.map(becauseOf).join()).not.toContain('secret');
  });

  it('rule 6: give up on a probe that hangs as soon as the caller does', async () => {
    const controller = new AbortController();
    const hanging: Probe = { read: () => new Promise<readonly SignalReading[]>(() => {}) };

    const pending = read({ http: hanging }, all, controller.signal);
    controller.abort();
    const readings = await pending;

    expect(readings.map(stateOf)).toEqual(['ok', 'ok', 'ok', 'error', 'ok']);
    expect(becauseOf(readings[3])).toBe('http was not answered in time');
  });

  it('rule 6: ask nothing, and say so, after the caller has given up', async () => {
    const hanging: Probe = { read: () => new Promise<readonly SignalReading[]>(() => {}) };

    const readings = await read({ cloudWatch: hanging, http: hanging }, all, AbortSignal.abort());

    expect(readings.filter(({ kind }) => kind === 'error')).toHaveLength(3);
  });
});

describe('why a call failed', () => {
  const named = (name: string, more: object = {}) => Object.assign(new Error('with a secret'), { name, ...more });

  it.each([
    [named('AccessDeniedException'), 'x was refused (AccessDeniedException): the credentials in use may not call it'],
    [
      named('ExpiredTokenException'),
      'x was refused (ExpiredTokenException): the credentials are missing, expired or wrong',
    ],
    [named('ThrottlingException'), 'x was throttled (ThrottlingException)'],
    [named('TimeoutError', { code: 'ECONNRESET' }), 'x got no usable answer (ECONNRESET)'],
    [named('TimeoutError'), 'x was not answered in time (TimeoutError)'],
    [named('ProviderError', { kind: 'unavailable' }), 'x failed (ProviderError, unavailable)'],
    [named('Odd', { $metadata: { httpStatusCode: 500 } }), 'x failed (Odd, HTTP 500)'],
    [named('a name with <secrets>'), 'x failed (unknown error)'],
    ['a secret text', 'x failed'],
    [undefined, 'x failed'],
  ])('is told by name and code, never by the message (%#)', (error, expected) => {
    expect(failureText(error, 'x')).toBe(expected);
  });
});

describe('the policy of the providers', () => {
  it('fits where health wants one', async () => {
    const policy: ReadPolicy = providersBarePolicy;

    expect(await policy.read(async () => 'answer', new AbortController().signal)).toBe('answer');
  });
});

describe('a poll budget', () => {
  it('grants its burst, then what time has earned, and nothing for a clock that goes back', () => {
    const budget = new PollBudget({ perSecond: 1, burst: 4 });

    const granted = [
      budget.take(9, NOW),
      budget.take(9, NOW + 2500),
      budget.take(9, NOW - 60_000),
      budget.take(9, NOW + 3000),
    ];
    const rested = budget.take(9, NOW + 3_600_000);

    expect(granted).toEqual([4, 2, 0, 1]);
    expect(rested).toBe(4);
  });
});
