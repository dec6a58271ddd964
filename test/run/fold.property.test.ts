import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerId, regionId, type SetId, setId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { Weights } from '../../src/domain/steering.ts';
import type { StoredEvent } from '../../src/ports/journal.ts';
import { BrokenJournal } from '../../src/run/broken-journal.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { fold } from '../../src/run/fold.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { asRunEvent, replay } from '../../src/run/replay.ts';
import type { Run } from '../../src/run/state.ts';
import { histories } from '../support/histories.ts';
import { at, RunJournal } from '../support/run-events.ts';
import { OPERATOR, SETS } from '../support/run-plan.ts';

const by = { by: OPERATOR, door: 'cli' } as const;
const because = 'somebody wanted it';

const asks: fc.Arbitrary<RunEvent> = fc.constantFrom<RunEvent>(
  { type: 'approval.given', data: { ...by, digest: 'sha256:plan', solo: false } },
  { type: 'approval.given', data: { ...by, digest: 'another', solo: false } },
  { type: 'denial.given', data: { ...by, because } },
  { type: 'hold.asked', data: { ...by, because } },
  { type: 'resume.asked', data: by },
  { type: 'stop.asked', data: { ...by, because } },
  { type: 'rollback.asked', data: { ...by, because } },
);

const step = fc.integer({ min: 1, max: 3 });
const batch = fc.integer({ min: 0, max: 2 });
const fence = { store: 'store-1', epoch: 1 };
const setIds = fc.subarray(SETS.map(({ set }) => set));
const someWeights = fc.dictionary(fc.constantFrom('east', 'west', 'europe', 'stranger'), fc.option(fc.nat(255)));
const wholeWeights = fc.record({ east: fc.option(fc.nat(255)), west: fc.nat(255), europe: fc.nat(255) });

const stepIntended: fc.Arbitrary<RunEvent> = fc
  .record({ step, sets: setIds, weights: fc.oneof({ weight: 4, arbitrary: wholeWeights }, someWeights) })
  .map(({ step: number, sets, weights }) => ({
    type: 'step.intended',
    data: {
      step: number,
      direction: 'out',
      wave: 0,
      progress: 5000,
      weights: recordOf(sets.map((set) => [set, weights] as const)),
      batches: SETS.map(({ set, zone }, i) => ({ batch: i, provider: providerId('dns'), zone, sets: [set] })),
      charges: [],
      factsDigest: 'd',
      factsAt: at(0),
      epoch: 1,
    },
  }));

const held: RunEvent = {
  type: 'run.held',
  data: { cause: 'budget', endsByItself: true, objections: [], because: [because], byHand: [] },
};

const ofBatch: fc.Arbitrary<RunEvent> = fc
  .record({ step, batch, again: fc.boolean(), kind: fc.nat(4) })
  .map((one): RunEvent => {
    const place = { step: one.step, batch: one.batch };
    switch (one.kind) {
      case 0:
      case 1:
        return {
          type: 'batch.intended',
          data: {
            ...place,
            fence: { expects: null, leaves: fence },
            factsDigest: 'd',
            factsAt: at(0),
            notAfter: at(20),
          },
        };
      case 2:
        return { type: 'batch.landed', data: { ...place, change: 'C1', fence, found: false } };
      case 3:
        return { type: 'batch.refused', data: { ...place, kind: 'throttled', because, again: one.again } };
      default:
        return { type: 'batch.unknown', data: { ...place, because } };
    }
  });

const ofStep: fc.Arbitrary<RunEvent> = fc.record({ step, sets: setIds, kind: fc.nat(6) }).map((one): RunEvent => {
  const sets = one.sets.map((set) => ({ set, live: null, diff: ['changed'] }));
  switch (one.kind) {
    case 0:
      return { type: 'sets.foreign', data: { step: one.step, sets } };
    case 1:
      return { type: 'sets.as-expected', data: { sets: one.sets } };
    case 2:
      return { type: 'propagation.asked', data: { step: one.step, pending: 1 } };
    case 3:
      return { type: 'step.propagated', data: { step: one.step } };
    case 4:
      return { type: 'step.verified', data: { step: one.step, listed: 1, answers: [] } };
    case 5:
      return { type: 'step.baked', data: { step: one.step } };
    default:
      return { type: 'wave.completed', data: { wave: one.step } };
  }
});

const ofRun: fc.Arbitrary<RunEvent> = fc.constantFrom<RunEvent>(
  { type: 'run.started', data: { epoch: 1, factsDigest: 'd' } },
  { type: 'fence.raised', data: { zone: 'Z1', fence } },
  { type: 'fence.seen', data: { zone: 'Z2', fence: null } },
  { type: 'stay.begun', data: { until: at(900) } },
  { type: 'direction.turned', data: { because: 'rollback', from: {}, to: {}, leftOut: [regionId('us-east-1')] } },
  held,
  { type: 'run.released', data: { because } },
  { type: 'run.finished', data: { trafficProven: true, residue: 0, because } },
  { type: 'run.stopped', data: { reason: 'void', because: [because] } },
  { type: 'run.failed', data: { because } },
);

const anything = fc.oneof(
  { weight: 2, arbitrary: asks },
  { weight: 3, arbitrary: stepIntended },
  { weight: 5, arbitrary: ofBatch },
  { weight: 4, arbitrary: ofStep },
  { weight: 1, arbitrary: ofRun },
);

const stored = (event: RunEvent, version: number): StoredEvent => ({
  position: version,
  stream: 'run/run_1',
  version,
  at: at(version),
  type: event.type,
  data: event.data,
  previousHash: '',
  hash: '',
});

/** Folds what can have happened, and passes over what cannot; whatever else is thrown goes on to the test. */
const foldWhatFits = (run: Run, event: RunEvent): Run => {
  try {
    return fold(run, asRunEvent(stored(event, run.version + 1)));
  } catch (error) {
    if (error instanceof BrokenJournal) return run;
    throw error;
  }
};

const begun = (): Run => {
  const run = replay(new RunJournal().started().events);
  if (run === null) throw new Error('the journal begins with a proposal');
  return run;
};

/** Outcomes are true whatever people asked before them: they are appended behind any ask. */
const OUTCOMES: ReadonlySet<string> = new Set([
  'batch.landed',
  'batch.refused',
  'batch.unknown',
  'fence.raised',
  'fence.seen',
  'sets.foreign',
  'propagation.asked',
  'step.propagated',
  'step.verified',
]);

describe('the fold of a run', () => {
  it('rule 13: takes any events in any order, or says that the journal is broken; nothing else is ever thrown', () => {
    const reached = new Set<string>();

    fc.assert(
      fc.property(fc.array(anything, { maxLength: 60 }), (events) => {
        const end = events.reduce(foldWhatFits, begun());
        reached.add(end.stage);
        if (end.steps.length > 0) reached.add('a step');
        expect(phaseOf(end).words).not.toBe('');
      }),
      { numRuns: 1500 },
    );

    expect(reached).toContain('a step');
    expect(reached).toContain('stopped');
  });

  it('rule 13: a step that leaves out a weight, or names a set of no plan, breaks its run where it is intended', () => {
    const whole = { east: null, west: 50, europe: 50 };
    const stranger = setId('nobody-planned-this');
    const wrong: readonly Readonly<Record<SetId, Weights>>[] = [
      recordOf(SETS.map(({ set }) => [set, { east: null, west: 50 }] as const)),
      recordOf([[stranger, whole] as const]),
    ];

    for (const weights of wrong) {
      const [intended] = fc.sample(stepIntended, { numRuns: 1, seed: 1 });
      if (intended?.type !== 'step.intended') throw new Error('a step is intended');
      const event: RunEvent = { ...intended, data: { ...intended.data, weights } };

      expect(() => fold(begun(), asRunEvent(stored(event, begun().version + 1)))).toThrow(BrokenJournal);
    }
  });

  it('rule 10: an ask fits into every state, and moves its version by one', () => {
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 40 }),
        fc.array(asks, { minLength: 1, maxLength: 5 }),
        (events, late) => {
          const before = events.reduce(foldWhatFits, begun());

          const after = late.reduce<Run>((run, ask) => fold(run, asRunEvent(stored(ask, run.version + 1))), before);

          expect(after.version).toBe(before.version + late.length);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('rule 10: a hold holds whatever is not over, and nothing but a resume or a roll back ends it', () => {
    const noEnd = anything.filter(
      ({ type }) => type !== 'resume.asked' && type !== 'rollback.asked' && !type.startsWith('run.'),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 30 }), fc.array(noEnd, { maxLength: 20 }), (events, later) => {
        const before = events.reduce(foldWhatFits, begun());
        const held = foldWhatFits(before, { type: 'hold.asked', data: { ...by, because } });
        const after = later.reduce(foldWhatFits, held);

        const isOver = ['stopped', 'done', 'failed'].includes(after.stage);

        expect(isOver || after.personHold !== null).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('rule 10: what has happened at the vendor folds behind any ask that came before it', () => {
    const journals = histories().map(({ events }) => events);
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(asks, { minLength: 1, maxLength: 4 }), (where, late) => {
        for (const events of journals) {
          const places = events.flatMap(({ type }, i) => (OUTCOMES.has(type) ? [i] : []));
          const place = places[where % places.length] ?? 0;
          const outcome = events[place];
          const before = replay(events.slice(0, place));
          if (before === null || outcome === undefined) throw new Error('a history begins with its proposal');

          const asked = late.reduce<Run>((run, ask) => fold(run, asRunEvent(stored(ask, run.version + 1))), before);
          const after = fold(asked, asRunEvent({ ...outcome, version: asked.version + 1 }));

          expect(after.version).toBe(asked.version + 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('rule 4: the same events give the same state, wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), fc.nat(40), (events, cut) => {
        const whole = events.reduce(foldWhatFits, begun());

        const prefix: unknown = JSON.parse(JSON.stringify(events.slice(0, cut).reduce(foldWhatFits, begun())));
        const joined = events.slice(cut).reduce(foldWhatFits, prefix as Run);

        expect(JSON.stringify(joined)).toBe(JSON.stringify(whole));
      }),
      { numRuns: 500 },
    );
  });
});
