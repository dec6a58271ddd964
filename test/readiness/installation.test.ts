import { describe, expect, it } from 'vitest';
import { type ProviderId, providerId, type SignalId, signalId } from '../../src/domain/ids.ts';
import type { SignalReading } from '../../src/domain/signals.ts';
import { accountFindings } from '../../src/readiness/accounts.ts';
import { listed, notOk } from '../../src/readiness/finding.ts';
import { fileFindings, nodeFinding, seatedFinding } from '../../src/readiness/installation.ts';
import { signalFindings } from '../../src/readiness/signals.ts';
import { auditFinding, clockFinding, leaseFinding, storeFinding } from '../../src/readiness/store.ts';
import { fleetConfig } from '../support/fleet-config.ts';

const NOW = 1_000_000_000;
const MINUTE = 60_000;

describe('the place where steer runs', () => {
  it.each([
    ['24.0.0', 'ok'],
    ['26.10.0', 'ok'],
    ['22.20.1', 'fail'],
    ['nonsense', 'fail'],
  ])('Node %s is %s', (version, level) => {
    expect(nodeFinding(version).level).toBe(level);
  });

  it('a file that is wrong, differs or is in force reads differently', () => {
    const name = 'steer.yaml';

    const found = [
      fileFindings({ kind: 'in-force', name }),
      fileFindings({ kind: 'differs', name, changes: ['a: 1 → 2', 'b: 3 → 4'], weakens: ['a: 1 → 2'] }),
      fileFindings({ kind: 'wrong', name, problems: ['steer.yaml:3:1: found 7.', 'other'] }),
    ].flat();

    expect(found.map(({ level, says }) => `${level} ${says}`)).toEqual([
      'ok steer.yaml is valid, and it is what is in force',
      'warn steer.yaml is valid, and 2 settings of it are NOT in force, 1 of them weakening a guard: a: 1 → 2 and 1 more',
      'fail the file is not valid: steer.yaml:3:1: found 7 (and 1 more)',
    ]);
  });

  it('somebody who may only look is told so', () => {
    const person = { kind: 'person', identity: 'the account ops1', person: 'operator-1' } as const;

    expect(seatedFinding({ ...person, role: 'operator' }).level).toBe('ok');
    expect(seatedFinding({ ...person, role: 'viewer' }).level).toBe('warn');
    expect(seatedFinding({ kind: 'unmapped', because: 'the account x belongs to nobody' }).level).toBe('warn');
  });

  it('a store that was made for another region than the config says is a finding', () => {
    const store = { storeId: 'store_1', region: 'us-west-2' };

    expect(storeFinding({ ...store, configured: 'us-west-2' }).level).toBe('ok');
    expect(storeFinding({ ...store, configured: null }).says).toContain('the config in force says outside');
  });

  it('rule 13: a chain that does not hold fails, with the place of the first break', () => {
    const findings = [
      { stream: 'run/run_1', version: 4, because: 'its content does not fit its hash' },
      { stream: 'fleet', version: 9, because: 'it is gone' },
    ];

    expect(auditFinding({ events: 12, streams: 2, findings })).toMatchObject({
      level: 'fail',
      says: 'run/run_1 at 4: its content does not fit its hash (and 1 more)',
    });
    expect(auditFinding({ events: 12, streams: 2, findings: [] }).level).toBe('ok');
  });

  it.each([
    [{ holder: 'a', until: NOW + 1 }, 0, 'ok'],
    [{ holder: 'a', until: NOW }, 0, 'warn'],
    [null, 0, 'warn'],
    [null, 2, 'fail'],
    [{ holder: 'a', until: NOW - MINUTE }, 1, 'fail'],
  ])('with the lease %j and %i open runs nobody is told more than is true', (lease, open, level) => {
    expect(leaseFinding(lease, open, NOW).level).toBe(level);
  });

  it('a date after now means that a clock is wrong, and the worst one is named', () => {
    const dated = [
      { what: 'the last event', at: NOW + 2000 },
      { what: 'signal x', at: NOW + MINUTE },
    ];

    expect(clockFinding(dated, NOW)).toMatchObject({
      level: 'fail',
      says: expect.stringContaining('signal x is dated 1m'),
    });
    expect(clockFinding([{ what: 'the last event', at: NOW + 1000 }], NOW).level).toBe('ok');
  });
});

describe('accounts', () => {
  const of = { ...fleetConfig(), providers: [] };
  const main: ProviderId = providerId('main');

  it('rule 2: conditional writes count as emulated until they were proven on that account', () => {
    const seen = { opened: [main], problems: [], provenAliasZero: new Set<string>() };

    const before = accountFindings(of, { ...seen, proven: new Set() });
    const after = accountFindings(of, { ...seen, proven: new Set(['main']) });

    expect(before.at(-1)).toMatchObject({ level: 'warn', remedy: 'steer provider check main' });
    expect(after.map(({ level }) => level)).toEqual(['ok', 'ok']);
  });

  it('says on which of them weight 0 was seen to drain an alias, and of the others nothing', () => {
    const seen = { opened: [main, providerId('second')], problems: [], proven: new Set(['main', 'second']) };

    const found = accountFindings(of, { ...seen, provenAliasZero: new Set(['main']) });

    expect(found.at(-1)).toMatchObject({ level: 'ok', says: 'weight 0 was seen to drain an alias at main' });
    expect(notOk(found)).toEqual([]);
  });

  it('one that does not open fails, and nothing good is said of it', () => {
    const proven = new Set(['main']);

    const found = accountFindings(of, { opened: [], problems: ['main: no key'], proven, provenAliasZero: proven });

    expect(found.map(({ level, says }) => `${level} ${says}`)).toEqual(['fail main: no key']);
  });
});

describe('signals', () => {
  const name = (n: number): SignalId => signalId(`signal-${n}`);
  const number = (n: number, at: number): SignalReading => ({
    signal: name(n),
    readAt: NOW,
    kind: 'number',
    latest: { at, value: 1, sampleCount: 1 },
    recent: [],
    lastWeek: null,
  });

  it('are counted by outcome, and those with one reason share a line', () => {
    const readings: readonly SignalReading[] = [
      number(1, NOW),
      { signal: name(2), readAt: NOW, kind: 'state', state: 'alarm', because: 'it burns' },
      { signal: name(3), readAt: NOW, kind: 'error', because: 'denied' },
      { signal: name(4), readAt: NOW, kind: 'error', because: 'denied' },
      { signal: name(5), readAt: NOW, kind: 'no-data', because: 'nothing published' },
      number(6, NOW - 10 * MINUTE),
    ];

    const found = signalFindings(readings, NOW, 3 * MINUTE);

    expect(found.map(({ level, says }) => `${level} ${says}`)).toEqual([
      'fail 2 of 6 signals speak, 1 are old, 1 have no data, 2 fail',
      'fail fail: 2 signals: signal-3, signal-4 (denied)',
      'warn no data: 1 signal: signal-5 (nothing published)',
      'warn no data: 1 signal: signal-6 (the last reading is 10m old)',
    ]);
  });

  it('that all speak are one good line; a config without one fails', () => {
    expect(signalFindings([number(1, NOW)], NOW, MINUTE).map(({ level }) => level)).toEqual(['ok']);
    expect(signalFindings([], NOW, MINUTE)).toMatchObject([{ level: 'fail' }]);
  });

  it('long lists say how many more there are', () => {
    expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  });
});
