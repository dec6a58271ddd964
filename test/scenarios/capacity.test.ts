import { beforeAll, describe, expect, it } from 'vitest';
import { exitOf } from '../../src/compose/drill-outcome.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { causes, type Drilled, ofType, outcomesOf, perform } from './perform.ts';

/** Users come in whole resolvers and with 2 % of noise; what was planned stays within the limit itself. */
const NOISE = 0.03;

describe('a dead source', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('source-dead');
  });

  it('is called dead, and left in at most three steps, the first of them the largest', () => {
    const steps = ofType(drilled.events, 'step.intended');
    const progress = steps.map(({ data }) => data.progress);
    const sizes = progress.map((value, i) => value - (progress[i - 1] ?? 0));

    expect(drilled.run.envelope.dead).toEqual(['us-east-1']);
    expect(steps.length).toBeLessThanOrEqual(3);
    expect(Math.max(...sizes)).toBe(sizes[0]);
    expect(phaseOf(drilled.run).words).toBe('DONE');
    expect(exitOf(drilled.result)).toBe(0);
  });

  it('fails as steer sees it, as the checkers from outside see it, and by its own metrics', () => {
    for (const signal of ['health', 'checkers', 'errors'])
      expect(outcomesOf(drilled.events, signal, 'us-east-1')).toContain('FAIL');
    for (const region of ['us-west-2', 'eu-west-1'])
      expect(outcomesOf(drilled.events, 'checkers', region)).toEqual(new Set(['PASS']));
  });

  it('rule 9: takes no healthy capacity out of service', () => {
    const removed = ofType(drilled.events, 'step.intended').flatMap(({ data }) =>
      data.charges.map(({ servedBefore, servedAfter }) => servedBefore - servedAfter),
    );

    expect(Math.max(...removed)).toBeLessThanOrEqual(0);
  });

  it('rule 11: stays out, because in an emergency traffic never returns by itself', () => {
    const source = Object.entries(drilled.after).filter(([key]) => key.endsWith(' us-east-1'));

    expect(source.length).toBe(4);
    expect(source.every(([, weight]) => weight === 0)).toBe(true);
    expect(drilled.result.answers.after['us-east-1']).toBe(0);
  });

  it('loads nobody beyond the limit of an emergency', () => {
    const limit = drilled.run.envelope.limits.maximumDestinationUtilisation / 10_000;

    for (const used of Object.values(drilled.result.highestUtilisation))
      expect(used).toBeLessThanOrEqual(limit + NOISE);
  });
});

describe('a destination that is short of capacity', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('capacity-short');
  });

  it('holds at the limit, names the headroom with its numbers, and is left HOLDING', () => {
    const [held] = ofType(drilled.events, 'run.held');

    expect(held?.data.objections.map(({ code }) => code)).toContain('headroom');
    expect(held?.data.because.join(' ')).toMatch(/us-west-2: .*of what runs there would be used .*at most 88 % may/);
    expect(causes(drilled.events)).toContain('guardrail');
    expect(phaseOf(drilled.run)).toMatchObject({ phase: 'HOLDING', cause: 'guardrail' });
    expect(exitOf(drilled.result)).toBe(4);
  });

  it('never loads the short destination beyond its limit', () => {
    const limit = drilled.run.envelope.limits.maximumDestinationUtilisation / 10_000;

    expect(drilled.result.highestUtilisation['us-west-2']).toBeLessThanOrEqual(limit + NOISE);
    expect(drilled.outages).toEqual([]);
  });
});
