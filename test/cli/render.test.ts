import { describe, expect, it } from 'vitest';
import { planLines } from '../../src/cli/render/plan.ts';
import { runLines } from '../../src/cli/render/run.ts';
import { COLOURED, PLAIN } from '../../src/cli/render/style.ts';
import { personId } from '../../src/domain/ids.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { approved, EAST, envelope, firstStep, forecast, held, planned, proposed, viewOf, WEST } from './fixtures.ts';
import { golden } from './golden.ts';
import { floor, headroom, ttl } from './objection-fixtures.ts';

describe('plans', () => {
  it('say what moves, how far, how full, how long and how back', async () => {
    const lines = planLines(planned(), PLAIN);

    await golden('plan', lines);
  });

  it('of an emergency say so first, with old facts, overrides, and what the file says in vain', async () => {
    const because = 'monitoring of us-west-2 is down too';
    const emergency = envelope({
      request: { ...envelope().request, mode: 'emergency', because: 'us-east-1 is burning' },
      onOldFacts: true,
      overrides: [{ code: 'gate-unknown', because, names: [WEST, 'errors'] }],
      dead: [EAST],
    });

    const lines = planLines(
      planned({ envelope: emergency, objections: [ttl], notInForce: ['safety.emergency.firstStep: 20% → 50%'] }),
      PLAIN,
    );

    await golden('plan-emergency', lines);
  });

  it('that may not run end with every refusal, its limit, and who may override it', async () => {
    const lines = planLines(planned({ forecast: forecast({ steps: [] }), objections: [headroom, ttl, floor] }), PLAIN);

    await golden('plan-refused', lines);
  });

  it('with many steps show the first and the last', () => {
    const [first] = forecast().steps;
    const steps = Array.from({ length: 40 }, (_, index) => ({ ...(first ?? fail()), step: index + 1 }));

    const lines = planLines(planned({ forecast: forecast({ steps }) }), PLAIN);

    expect(lines.some((line) => line.includes('... 27 more steps ...'))).toBe(true);
    expect(lines.length).toBeLessThan(40);
  });
});

const fail = (): never => {
  throw new Error('the fixture has no step');
};

const withoutColour = (line: string): string =>
  line
    .split('\u001b')
    .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, '')))
    .join('');

const asked = { by: personId('responder-1'), door: 'slack' };
const stories: readonly (readonly [string, readonly RunEvent[]])[] = [
  ['run-waiting', [proposed]],
  ['run-planned', [proposed, approved]],
  ['run-baking', [proposed, approved, ...firstStep]],
  ['run-moving', [proposed, approved, ...firstStep.slice(0, 4)]],
  ['run-held-by-gate', [proposed, approved, ...firstStep, held]],
  [
    'run-held-by-person',
    [proposed, approved, ...firstStep, { type: 'hold.asked', data: { ...asked, because: 'something looks odd' } }],
  ],
  [
    'run-rolling-back',
    [proposed, approved, ...firstStep, { type: 'rollback.asked', data: { ...asked, because: 'wrong region' } }],
  ],
  ['run-stopped', [proposed, approved, ...firstStep, { type: 'stop.asked', data: { ...asked, because: 'enough' } }]],
  [
    'run-done',
    [
      proposed,
      approved,
      ...firstStep,
      { type: 'run.finished', data: { trafficProven: false, residue: 120, because: 'nothing arrives any more' } },
    ],
  ],
];

describe('runs', () => {
  it.each(stories)('are told as in %s', async (name, events) => {
    const lines = runLines(viewOf(events), PLAIN);

    await golden(name, lines);
  });

  it.each(stories)('fit a screen and 160 columns, and read the same without colour: %s', (_, events) => {
    const plain = runLines(viewOf(events), PLAIN);
    const coloured = runLines(viewOf(events), COLOURED);

    expect(plain.length).toBeLessThanOrEqual(24);
    expect(Math.max(...plain.map((line) => line.length))).toBeLessThanOrEqual(160);
    expect(coloured.map(withoutColour)).toEqual(plain);
  });
});
