import { beforeAll, describe, expect, it } from 'vitest';
import { exitOf } from '../../src/compose/drill-outcome.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { replay } from '../../src/run/replay.ts';
import { causes, type Drilled, ofType, outcomesOf, perform, type Weights, weightsIn } from './perform.ts';

const heldAt = ({ events }: Drilled): number => ofType(events, 'run.held')[0]?.at ?? Number.NaN;

describe('a destination that degrades', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('destination-degrades');
  });

  it('rule 6: holds for its gate, names it, and sends it nothing more', () => {
    const held = ofType(drilled.events, 'run.held').find(({ data }) => !data.endsByItself);
    const turned = ofType(drilled.events, 'direction.turned')[0];
    const outward = ofType(drilled.events, 'step.intended').filter(({ data }) => data.direction === 'out');

    expect(held?.data).toMatchObject({ cause: 'gate', endsByItself: false });
    expect(held?.data.because.join(' ')).toContain('errors@us-west-2');
    expect(outward.every(({ at }) => at < heldAt(drilled))).toBe(true);
    expect(turned?.at).toBeGreaterThan(heldAt(drilled));
  });

  it('is green for every health check, from wherever it is looked at', () => {
    for (const signal of ['health', 'checkers'])
      expect(outcomesOf(drilled.events, signal, 'us-west-2')).toEqual(new Set(['PASS']));
  });

  it('judges the way back by whom it leads to: what was seen on the way out holds nobody', () => {
    const { events } = drilled.result;
    const turned = events.findIndex(({ type }) => type === 'direction.turned');
    const holds = ofType(drilled.events, 'run.held').filter(({ version }) => version > turned + 1);

    expect(replay(events.slice(0, turned + 1))?.lastObservation).toBeNull();
    expect(holds).toEqual([]);
  });

  it('rolls back when a person asks, to the base, and ends with exit code 5', () => {
    expect(drilled.story).toContain('operator-1 asked for a roll back');
    expect(phaseOf(drilled.run).words).toBe('STOPPED (rolled-back)');
    expect(exitOf(drilled.result)).toBe(5);
    expect(drilled.after).toEqual(drilled.before);
    expect(drilled.result.answers.emptied).toBeNull();
  });

  it('rule 11: the way back starts with a canary and is judged step by step', () => {
    const steps = ofType(drilled.events, 'step.intended').filter(({ data }) => data.direction === 'back');
    const [first] = steps;
    const weights: Weights = first === undefined ? {} : weightsIn(first, 'checkout-v4');
    const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);

    expect(steps.length).toBeGreaterThan(1);
    expect((weights['us-east-1'] ?? 0) / all).toBeLessThanOrEqual(0.04);
  });
});

describe('a destination that falls silent', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('destination-silent');
  });

  it('rule 6: holds for missing data, and intends nothing until there are figures again', () => {
    const released = ofType(drilled.events, 'run.released')[0]?.at ?? Number.NaN;
    const between = ofType(drilled.events, 'step.intended').filter(({ at }) => at > heldAt(drilled) && at < released);

    expect(causes(drilled.events)).toEqual(['data-missing']);
    expect(between).toEqual([]);
    expect(released - heldAt(drilled)).toBeGreaterThan(5 * 60_000);
  });

  it('goes on by itself, nobody resumes it, and is DONE', () => {
    expect(ofType(drilled.events, 'resume.asked')).toEqual([]);
    expect(phaseOf(drilled.run).words).toBe('DONE');
    expect(drilled.after).toEqual(drilled.before);
  });
});

describe('all checks red at once', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('all-checks-red');
  });

  it('calls no region dead and writes nothing while they are red', () => {
    const resumed = ofType(drilled.events, 'resume.asked')[0]?.at ?? Number.NaN;
    const meanwhile = ofType(drilled.events, 'batch.intended').filter(({ at }) => at > heldAt(drilled) && at < resumed);

    expect(drilled.run.envelope.dead).toEqual([]);
    expect(drilled.run.leftOut).toEqual([]);
    expect(causes(drilled.events)).toEqual(['gate']);
    expect(meanwhile).toEqual([]);
    expect(resumed - heldAt(drilled)).toBeGreaterThan(10 * 60_000);
  });

  it('is a matter of one side: the checkers of the vendor see every region well all the while', () => {
    for (const region of ['us-east-1', 'us-west-2', 'eu-west-1']) {
      expect(outcomesOf(drilled.events, 'health', region)).toContain('FAIL');
      expect(outcomesOf(drilled.events, 'checkers', region)).toEqual(new Set(['PASS']));
    }
  });

  it('tells people what it saw, and ends the evacuation once a person has resumed it', () => {
    const because = ofType(drilled.events, 'run.held')[0]?.data.because.join(' ') ?? '';

    expect(because).toContain('health@us-west-2');
    expect(because).toContain('health@eu-west-1');
    expect(phaseOf(drilled.run).words).toBe('DONE');
    expect(drilled.result.answers.after['us-east-1']).toBe(0);
  });
});
