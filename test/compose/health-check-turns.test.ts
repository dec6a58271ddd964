import { describe, expect, it } from 'vitest';
import { patient, readInTurns } from '../../src/compose/health-check-turns.ts';
import { providerId, signalId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { SignalReading, SignalSpec } from '../../src/domain/signals.ts';
import type { Question } from '../../src/facts/gather.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { emptyFleet } from '../../src/run/fleet.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { config, facts } from '../readiness/arrange.ts';

const LATEST = 10 * 60_000;

const checks = (count: number): readonly SignalSpec[] =>
  Array.from({ length: count }, (_, n) => ({
    signal: signalId(`check-${n}`),
    region: null,
    service: null,
    backend: 'route53',
    vantage: 'outside',
    derivedFrom: null,
    needsNoTraffic: true,
    source: { kind: 'route53-health-check', provider: providerId('main'), healthCheck: `hc-${n}` },
  }));

/** Answers four at a time, as the vendor's quota has it; `never` is one that has nothing to say. */
const fourAtATime = (asked: number[], never = ''): Probe => {
  const known = new Set<string>();
  return {
    read: async (signals, now) => {
      asked.push(signals.length);
      const due = signals.filter(({ signal }) => !known.has(signal) && signal !== never).slice(0, 4);
      for (const { signal } of due) known.add(signal);
      return signals.map(
        ({ signal }): SignalReading =>
          known.has(signal)
            ? { signal, readAt: now, kind: 'state', state: 'ok', because: 'it answers' }
            : { signal, readAt: now, kind: 'no-data', because: 'waits for its turn' },
      );
    },
  };
};

describe('health checks whose turn comes later', () => {
  it('are read until each has had its turn, and only those that wait', async () => {
    const clock = new VirtualClock(0);
    const asked: number[] = [];

    const readings = await clock.run(readInTurns(fourAtATime(asked), checks(10), clock), LATEST);

    expect(readings.filter(({ kind }) => kind === 'state')).toHaveLength(10);
    expect(asked).toEqual([10, 6, 2]);
    expect(clock.now()).toBe(8000);
  });

  it('one that never speaks is not waited for beyond its turn', async () => {
    const clock = new VirtualClock(0);
    const asked: number[] = [];

    const readings = await clock.run(readInTurns(fourAtATime(asked, 'check-3'), checks(5), clock), LATEST);

    expect(readings.filter(({ kind }) => kind === 'no-data').map(({ signal }) => signal)).toEqual(['check-3']);
    expect(clock.now()).toBe(4000);
  });

  it('facts are gathered again while one of them is unknown, and once where there are none', async () => {
    const clock = new VirtualClock(0);
    const of = { ...config(), signals: checks(9) };
    let gathered = 0;
    const gather = patient(async () => {
      gathered += 1;
      const health = gathered < 2 ? ('unknown' as const) : ('healthy' as const);
      return facts(of, undefined, recordOf([['hc-8', health] as const]));
    }, clock);
    const question: Question = {
      config: of,
      inForce: of,
      configDigest: '',
      fleet: emptyFleet(),
      services: [],
      declared: null,
      known: null,
      run: null,
      mode: 'planned',
      maximumAgeMs: 1000,
    };

    const seen = await clock.run(gather(question), LATEST);
    const again = gathered;
    await clock.run(gather({ ...question, config: { ...of, signals: [] } }), LATEST);

    expect(Object.values(seen.sets)[0]?.checks).toEqual({ 'hc-8': 'healthy' });
    expect([again, gathered]).toEqual([2, 3]);
  });
});
