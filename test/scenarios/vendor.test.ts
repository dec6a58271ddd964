import { beforeAll, describe, expect, it } from 'vitest';
import { exitOf } from '../../src/compose/drill-outcome.ts';
import { setId } from '../../src/domain/ids.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { causes, type Drilled, type Event, ofType, outcomesOf, perform } from './perform.ts';

/** `direction wave progress` of every step: a step done twice or left out shows. */
const way = (events: readonly Event[]): readonly string[] =>
  ofType(events, 'step.intended').map(({ data }) => `${data.direction} ${data.wave} ${data.progress}`);

describe('a foreign edit', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('foreign-edit');
  });

  it('rule 2: holds with what was expected and what was found, and is left HOLDING', () => {
    const [held] = ofType(drilled.events, 'run.held');

    expect(held?.data).toMatchObject({ cause: 'foreign-edit', endsByItself: false });
    expect(held?.data.because.join(' ')).toMatch(/checkout-v4: us-west-2: expected weight \d+, .*found weight \d+/);
    expect(phaseOf(drilled.run)).toMatchObject({ phase: 'HOLDING', cause: 'foreign-edit' });
    expect(exitOf(drilled.result)).toBe(4);
  });

  it('rule 2: never writes over what somebody else wrote', () => {
    const found = drilled.run.sets[setId('checkout-v4')]?.foreign?.live?.members ?? [];
    const live = found.map(({ member, weight }) => [`checkout.shop.example. A ${member}`, weight] as const);

    expect(live.length).toBe(3);
    for (const [key, weight] of live) expect(drilled.after[key]).toBe(weight);
    expect(drilled.accepted).toBe(ofType(drilled.events, 'batch.landed').length);
  });
});

describe('a throttled control plane', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('throttled');
  });

  it('slows down, holds nobody up, and is DONE', () => {
    const refused = ofType(drilled.events, 'batch.refused');

    expect(refused.length).toBeGreaterThan(4);
    expect(refused.every(({ data }) => data.kind === 'throttled' && data.again)).toBe(true);
    expect(causes(drilled.events)).toEqual([]);
    expect(phaseOf(drilled.run).words).toBe('DONE');
    expect(drilled.after).toEqual(drilled.before);
  });

  it('waits longer from refusal to refusal, as the vendor asks', () => {
    const times = ofType(drilled.events, 'batch.refused').map(({ at }) => at);
    const waits = times.slice(1).map((at, i) => at - (times[i] ?? 0));

    expect(waits.every((wait, i) => i === 0 || wait >= (waits[i - 1] ?? 0))).toBe(true);
  });

  it('rule 4: applies no step twice', () => {
    expect(new Set(way(drilled.events)).size).toBe(way(drilled.events).length);
    expect(drilled.accepted).toBe(ofType(drilled.events, 'batch.landed').length);
  });
});

describe('a control plane that is down', () => {
  let drilled: Drilled;

  beforeAll(async () => {
    drilled = await perform('control-plane-down');
  });

  it('holds, says what has landed, and what can be done by hand', () => {
    const [held] = ofType(drilled.events, 'run.held');

    expect(held?.data).toMatchObject({ cause: 'control-plane', endsByItself: false });
    expect(held?.data.because.join(' ')).toContain('step 1 has landed in 1 of 1 zones');
    expect(held?.data.byHand.join(' ')).toContain('steer resume');
  });

  it('rule 6: knows no health check either, and says so instead of keeping what it last heard', () => {
    expect(outcomesOf(drilled.events, 'checkers', 'us-west-2')).toEqual(new Set(['PASS', 'ERROR']));
    expect(outcomesOf(drilled.events, 'health', 'us-west-2')).toEqual(new Set(['PASS']));
  });

  it('goes on only when a person resumes, and is DONE', () => {
    const [held] = ofType(drilled.events, 'run.held');
    const [resumed] = ofType(drilled.events, 'resume.asked');
    const meanwhile = ofType(drilled.events, 'step.intended').filter(
      ({ at }) => at > (held?.at ?? 0) && at < (resumed?.at ?? 0),
    );

    expect(drilled.story.indexOf('operator-1 resumed it')).toBeGreaterThan(drilled.story.indexOf('healed: down'));
    expect(meanwhile).toEqual([]);
    expect(causes(drilled.events)).toEqual(['control-plane']);
    expect(phaseOf(drilled.run).words).toBe('DONE');
  });
});

describe('an executor that is lost', () => {
  let drilled: Drilled;
  let calm: Drilled;

  beforeAll(async () => {
    drilled = await perform('crash');
    calm = await perform('calm', { pace: { resolvers: 60 } });
  });

  it('rule 4: another finds in the world what landed, and repeats and skips no step', () => {
    const found = ofType(drilled.events, 'batch.landed').filter(({ data }) => data.found);

    expect(drilled.story).toContain('the process that executes is lost, without a word and with its lease');
    expect(found.length).toBe(1);
    expect(way(drilled.events)).toEqual(way(calm.events));
    expect(phaseOf(drilled.run).words).toBe('DONE');
    expect(drilled.after).toEqual(drilled.before);
  });

  it('rule 3: raises the marker before it relies on what it reads, and writes under a higher epoch', () => {
    const [raised] = ofType(drilled.events, 'fence.raised');
    const epochs = ofType(drilled.events, 'batch.landed').map(({ data }) => data.fence.epoch);
    const found = ofType(drilled.events, 'batch.landed').find(({ data }) => data.found);

    expect(raised?.data.fence.epoch).toBe(2);
    expect(raised?.at).toBeLessThanOrEqual(found?.at ?? 0);
    expect(epochs.toSorted((a, b) => a - b)).toEqual(epochs);
    expect(drilled.accepted).toBe(epochs.length + ofType(drilled.events, 'fence.raised').length);
  });
});
