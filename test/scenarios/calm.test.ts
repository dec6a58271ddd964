import { beforeAll, describe, expect, it } from 'vitest';
import { COLOURED, PLAIN } from '../../src/cli/render/style.ts';
import { exitOf, tookMs, unavoidableMs } from '../../src/compose/drill-outcome.ts';
import { DrillShow } from '../../src/compose/drill-show.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { REAL_PACE } from '../../src/sandbox/pace.ts';
import { causes, type Drilled, ofType, perform, TEST_PACE } from './perform.ts';

const shown = (isTerminal: boolean) => {
  const chunks: string[] = [];
  let now = 0;
  const show = new DrillShow({
    output: { write: (text) => chunks.push(text), isTerminal, columns: 90 },
    style: isTerminal ? COLOURED : PLAIN,
    now: () => now,
    propagationMs: TEST_PACE.propagationMs,
    redraws: isTerminal,
  });
  const at = (ms: number): void => {
    now = ms;
  };
  return { chunks, show, at };
};

describe('a calm drill', () => {
  const plain = shown(false);
  const screen = shown(true);
  let calm: Drilled;

  beforeAll(async () => {
    calm = await perform('calm', {
      // The stay of the real pace: what a run adds to the waits is a few periods of the metrics, whatever the stay.
      pace: { stayMs: REAL_PACE.stayMs },
      watcher: {
        planned: (plan) => {
          plain.show.planned(plan);
          screen.show.planned(plan);
        },
        moved: (run, picture) => {
          plain.at(picture.atMs);
          screen.at(picture.atMs);
          plain.show.moved(run, picture);
          screen.show.moved(run, picture);
        },
        told: (what) => screen.show.told(what),
      },
    });
  });

  it('is DONE with exit code 0, and its traffic proves it', () => {
    expect(phaseOf(calm.run).words).toBe('DONE');
    expect(exitOf(calm.result)).toBe(0);
    expect(calm.run.finish).toMatchObject({ trafficProven: true });
  });

  it('gives the source no answer at the emptiest, and every region its own at the end', () => {
    const { before, emptied, after } = calm.result.answers;

    expect(emptied?.['us-east-1']).toBe(0);
    for (const [region, count] of Object.entries(before))
      expect(Math.abs((after[region] ?? 0) - count)).toBeLessThanOrEqual(4);
  });

  it('leaves the records as it found them', () => {
    expect(calm.after).toEqual(calm.before);
  });

  it('rule 1: serves every name from at least one region at every tick, with no member lost', () => {
    expect(calm.outages).toEqual([]);
  });

  it('keeps every region within its limit, and holds nowhere', () => {
    const limit = calm.run.envelope.limits.maximumDestinationUtilisation / 10_000;

    for (const used of Object.values(calm.result.highestUtilisation)) expect(used).toBeLessThanOrEqual(limit);
    expect(causes(calm.events)).toEqual([]);
  });

  it('takes at most a twentieth longer than propagation, bakes and stay', () => {
    const told = { result: calm.result, report: null, files: [], propagationMs: TEST_PACE.propagationMs };

    expect(tookMs(calm.result) / unavoidableMs(told)).toBeLessThanOrEqual(1.05);
  });

  it('rule 4: writes every batch once, and no batch without its intent before it', () => {
    const landed = ofType(calm.events, 'batch.landed');
    const intended = ofType(calm.events, 'batch.intended');

    expect(calm.accepted).toBe(landed.length);
    expect(intended.length).toBe(landed.length);
    for (const [i, { at }] of landed.entries()) expect(intended[i]?.at).toBeLessThanOrEqual(at);
  });

  it('shows a log of one line per change, without a control character', () => {
    const text = plain.chunks.join('');

    expect(text).toContain('leaves');
    expect(text.split('\n').length).toBeLessThan(60);
    expect([...text].filter((sign) => sign < ' ' && sign !== '\n')).toEqual([]);
  });

  it('draws one picture over the other on a terminal, and no line is too long for it', () => {
    const pictures = screen.chunks.filter((chunk) => chunk.includes('A\u001b[0J'));
    const lines = screen.chunks
      .join('')
      .split('\n')
      .filter((line) => line.includes('answers'));

    expect(pictures.length).toBeGreaterThan(100);
    expect(pictures.every((picture) => picture.startsWith('\u001b['))).toBe(true);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
  });
});

describe('the same seed', () => {
  const short = { stayMs: 60_000, resolvers: 60 };

  it('gives the same journal, to the last hash; another seed another', async () => {
    const [one, again, other] = [
      await perform('calm', { pace: short }),
      await perform('calm', { pace: short }),
      await perform('calm', { pace: short, seed: 8 }),
    ];

    const last = ({ result }: Drilled) => result.events.at(-1)?.hash;
    expect(last(again)).toBe(last(one));
    expect(last(other)).not.toBe(last(one));
    expect(phaseOf(other.run).words).toBe('DONE');
  });
});

describe('an interrupted drill', () => {
  it('ends where it is with exit code 5, and says in which phase', async () => {
    const interrupt = new AbortController();

    const drilled = await perform('calm', {
      signal: interrupt.signal,
      watcher: { moved: (run) => (run.steps.length === 2 ? interrupt.abort() : undefined) },
    });

    expect(drilled.result.interrupted).toBe(true);
    expect(exitOf(drilled.result)).toBe(5);
    expect(phaseOf(drilled.run).words).toBe('BAKING out');
  });
});
