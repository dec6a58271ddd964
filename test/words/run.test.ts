import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/ports/journal.ts';
import { replay } from '../../src/run/replay.ts';
import type { Run } from '../../src/run/state.ts';
import { gateText, nextText, waveText } from '../../src/words/run.ts';
import { whyLines } from '../../src/words/run-why.ts';
import { rolledBack } from '../support/run-stories.ts';

const rolledBackUntil = (isLast: (event: StoredEvent) => boolean): Run => {
  const events = rolledBack();
  const run = replay(events.slice(0, events.findIndex(isLast) + 1));
  if (run === null) throw new Error('no run in these events');
  return run;
};

const bakedStep =
  (step: number) =>
  ({ type, data }: StoredEvent): boolean =>
    type === 'step.baked' && JSON.stringify(data) === JSON.stringify({ step });

describe('what happens next to a run that is rolled back', () => {
  it('is a step back for as long as it is not home, although the forecast has no such step', () => {
    const turned = rolledBackUntil(({ type }) => type === 'direction.turned');
    const halfway = rolledBackUntil(bakedStep(4));

    const next = [turned, halfway].map((run) => nextText(run));

    expect(next).toEqual(Array(2).fill('the next step back, if guards and gates agree'));
  });

  it('has the one who asked for it as its cause, all the way', () => {
    const halfway = rolledBackUntil(bakedStep(4));

    const [cause, waits] = whyLines(halfway, 0);

    expect(cause).toMatch(/^\S+ \(slack\) asked to roll it back: the database is too slow$/);
    expect(waits).toBe('guards and gates are judged before the next step');
  });

  it('is the end once the last step home has baked', () => {
    const home = rolledBackUntil(bakedStep(5));

    expect(nextText(home)).toBe('what arrives is verified, and it ends');
  });
});

describe('a step of one wave among several', () => {
  it('says which wave its share is of', () => {
    const run = rolledBackUntil(({ type }) => type === 'direction.turned');
    const [wave = { services: [] }] = run.envelope.waves;
    const inTwo = { ...run, envelope: { ...run.envelope, waves: [wave, wave] } };

    expect([waveText(run, { wave: 0 }), waveText(inTwo, { wave: 1 })]).toEqual(['', ' in wave 2']);
  });
});

describe('gates that fail alike in several services', () => {
  it('are named once, with how many', () => {
    const run = rolledBackUntil(({ type }) => type === 'observed');
    const seen = run.lastObservation;
    const [service] = seen?.data.services ?? [];
    const [gate] = service?.gates ?? [];
    if (seen === null || service === undefined || gate === undefined) throw new Error('nothing was observed');
    const failing = { ...service, gates: [{ ...gate, outcome: 'FAIL' as const }] };
    const data = { ...seen.data, services: [failing, failing, failing] };

    const text = gateText({ ...run, lastObservation: { ...seen, data } }, seen.at);

    expect(text).toBe(`0 of 3 PASS, looked 0s ago; ${gate.gate} FAIL (3 services)`);
  });
});
