import { describe, expect, it } from 'vitest';
import { acceptedLines, heldLines, proposedLines, whoamiLines } from '../../src/cli/render/answers.ts';
import { historyLines } from '../../src/cli/render/history.ts';
import { objectionsText } from '../../src/cli/render/objections.ts';
import { statusLines } from '../../src/cli/render/status.ts';
import { COLOURED, PLAIN, styleFor } from '../../src/cli/render/style.ts';
import { table, wrapped } from '../../src/cli/render/table.ts';
import { personId, runId, serviceId } from '../../src/domain/ids.ts';
import type { FleetStatus } from '../../src/operations/status.ts';
import { bar, minutesText, share } from '../../src/words/numbers.ts';
import { fleetConfig } from '../support/fleet-config.ts';
import {
  approved,
  EAST,
  EUROPE,
  envelope,
  firstStep,
  forecast,
  HOME,
  held,
  planned,
  proposed,
  runOf,
  START,
  WEST,
} from './fixtures.ts';
import { golden } from './golden.ts';
import { floor, headroom, ttl } from './objection-fixtures.ts';

const asked = { by: personId('responder-1'), door: 'slack' };
const status = (over: Partial<FleetStatus> = {}): FleetStatus => ({
  at: START + 600_000,
  fleet: 'shop',
  regions: [EAST, WEST, EUROPE],
  services: [
    { service: serviceId('checkout'), tier: 1, home: HOME, now: { ...HOME, [EAST]: 0, [WEST]: 5000, [EUROPE]: 5000 } },
    { service: serviceId('search'), tier: 1, home: HOME, now: HOME },
    { service: serviceId('mail'), tier: 2, home: HOME, now: null },
  ],
  open: [runOf([proposed, approved, ...firstStep, held])],
  ended: [runOf([proposed, { type: 'denial.given', data: { ...asked, because: 'not tonight' } }])],
  broken: [{ run: 'run_00', because: 'run/run_00 7: unknown event run.of-the-future' }],
  out: [{ region: EAST, service: serviceId('checkout'), run: runId('run_01j7'), since: START }],
  freezes: [{ by: personId('admin-1'), because: 'release day', since: START, until: null }],
  budget: [],
  executor: null,
  configDigest: '728348626cf8aabb',
  file: { kind: 'differs', name: 'steer.yaml', config: fleetConfig(), digest: 'x', changes: ['a', 'b'], weakens: [] },
  missing: ['zone Z2 could not be read: throttled'],
  ...over,
});

describe('status', () => {
  it('starts with what needs a person', async () => {
    const lines = statusLines(status(), PLAIN);

    await golden('status', lines);
  });

  it('of a large fleet names only the services that are away from home', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({
      service: serviceId(`s${i}`),
      tier: 1,
      home: HOME,
      now: HOME,
    }));
    const [away] = status().services;

    const lines = statusLines(status({ services: [...many, ...(away === undefined ? [] : [away])] }), PLAIN);

    expect(lines).toContain('500 services at home');
    expect(lines.filter((line) => line.includes('AWAY FROM HOME'))).toHaveLength(1);
    expect(lines.length).toBeLessThan(30);
  });

  it('of a quiet fleet is short', () => {
    const executor = { holder: 'host-1', epoch: 3, until: START + 615_000 };
    const quiet = { open: [], ended: [], broken: [], out: [], freezes: [], missing: [], executor } as const;

    const lines = statusLines(status({ ...quiet, file: { kind: 'in-force', name: 'steer.yaml' } }), PLAIN);

    expect(lines).toContain('No run is under way.');
    expect(lines).toContain('Executed by host-1 (epoch 3, lease 15s more).');
  });
});

describe('answers', () => {
  it('of a proposal give the line to copy, and an admin the time from which he may go on alone', () => {
    const run = runId('run_01j8');
    const lines = proposedLines(
      {
        ...planned(),
        envelope: envelope(),
        forecast: forecast(),
        digest: '3fa9c1d2e4b5a6',
        run,
        soloFrom: START + 600_000,
      },
      PLAIN,
    );

    expect(lines).toEqual([
      'Proposed as run_01j8. Nothing moves before another person approves it:',
      '  steer approve run_01j8 --digest 3fa9c1d2e4b5',
      'If nobody answers, you may go on alone from 10:10:00 UTC: steer approve run_01j8 --solo',
    ]);
  });

  it('of a hold say what had left already, and shout when one could not be held', () => {
    const run = runId('run_01j8');
    const state = runOf([proposed, approved, ...firstStep.slice(0, 3)]);

    const lines = heldLines(
      [
        { run, outcome: 'held', state, alreadySent: 1, because: null },
        { run: runId('run_2'), outcome: 'failed', state: null, alreadySent: 0, because: 'the disk is full' },
        { run: runId('run_3'), outcome: 'ended', state: null, alreadySent: 0, because: 'it is DONE' },
        { run: runId('run_4'), outcome: 'held', state: null, alreadySent: 0, because: null },
      ],
      PLAIN,
    );

    expect(lines[0]).toContain(
      '1 request had left already and may still land: the last. To go on: steer resume run_01j8',
    );
    expect(lines[1]).toBe('run_2: COULD NOT BE HELD: the disk is full. Try again now.');
    expect(lines[2]).toBe('run_3: nothing to hold, it is DONE.');
    expect(lines[3]).toContain('the hold stands in it');
    expect(heldLines([], PLAIN)).toEqual(['No run is under way, so nothing is held.']);
  });

  it('of a weakening say that it is not in force', () => {
    const change = { outcome: 'waiting', digest: '3fa9c1d2e4b5a6', changes: ['a'], weakens: ['a'] } as const;

    const lines = acceptedLines(change, PLAIN);

    expect(lines.at(-1)).toContain(
      'NOT in force yet: 1 change weakens a guard. A second person must accept the same file',
    );
  });

  it('of whoami explain a capped role', () => {
    const standing = {
      kind: 'person',
      person: personId('approver-1'),
      role: 'operator',
      ownRole: 'approver',
      shared: false,
      provenBy: 'identity',
    } as const;

    const lines = whoamiLines({
      identity: 'the operating-system account ops',
      standing,
      may: ['see', 'check-provider'],
    });

    expect(lines).toEqual([
      'approver-1, known by the operating-system account ops, here with the role operator, though approver elsewhere: --code-of approver-1 proves the rest by a one-time code.',
      'You may: see, check provider.',
    ]);
  });

  it('of history are one line each', async () => {
    const lines = historyLines([
      {
        at: START + 60_000,
        type: 'stop.asked',
        run: runId('run_01j8'),
        verb: 'evacuate',
        region: EAST,
        by: personId('operator-1'),
        door: 'cli',
        because: 'wrong region '.repeat(20),
      },
      {
        at: START,
        type: 'freeze.set',
        run: null,
        verb: null,
        region: null,
        by: personId('admin-1'),
        door: 'slack',
        because: 'release day',
      },
    ]);

    await golden('history', lines);
    expect(historyLines([])).toEqual(['Nothing has happened yet.']);
  });

  it('of a guard give code, value, limit and who may override, refusals first', async () => {
    await golden('objections', objectionsText([ttl, headroom, floor], PLAIN));
  });
});

describe('numbers and tables', () => {
  it.each([
    [0, '0 %', '[..........]'],
    [1, '<0.1 %', '[#.........]'],
    [1840, '18.4 %', '[##........]'],
    [9999, '>99.9 %', '[##########]'],
    [10_000, '100 %', '[##########]'],
  ])('%i basis points never read as empty or full when they are not', (points, text, drawn) => {
    const seen = [share(points), bar(points)];

    expect(seen).toEqual([text, drawn]);
  });

  it('a forecast has no false precision', () => {
    const texts = [0.2, 12.4, 119, 200].map(minutesText);

    expect(texts).toEqual(['1 min', '13 min', '119 min', '3 h 20 min']);
  });

  it('columns line up, and sentences break at spaces but not before a percent sign', () => {
    const rows = table(
      [
        ['a', '1'],
        ['long', '22'],
      ],
      ['left', 'right'],
    );
    const lines = wrapped('it would be 92.1 % of it', 18, '  ');

    expect(rows).toEqual(['a      1', 'long  22']);
    expect(lines).toEqual(['it would be 92.1 %', '  of it']);
  });

  it.each([
    ['a terminal', true, undefined, 'xterm', COLOURED],
    ['a pipe', false, undefined, 'xterm', PLAIN],
    ['NO_COLOR', true, '1', 'xterm', PLAIN],
    ['an empty NO_COLOR', true, '', 'xterm', COLOURED],
    ['a dumb terminal', true, undefined, 'dumb', PLAIN],
  ])('colour on %s', (_, isTerminal, noColor, term, expected) => {
    const style = styleFor(isTerminal, noColor, term);

    expect(style).toBe(expected);
  });
});
