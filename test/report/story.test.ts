import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/ports/journal.ts';
import { jsonReport } from '../../src/report/json.ts';
import { markdownReport } from '../../src/report/markdown.ts';
import type { RunReport } from '../../src/report/report.ts';
import { sketch } from '../../src/report/sketch.ts';
import { reportOf } from '../../src/report/story.ts';
import { at, RunJournal } from '../support/run-events.ts';
import { evacuationEnvelope, shares } from '../support/run-plan.ts';
import { evacuated, expired, onlyProposed, rolledBack, stopped } from '../support/run-stories.ts';

const reported = (events: readonly StoredEvent[]): RunReport => {
  const report = reportOf(events, { fleet: [], asOf: null });
  if (report === null) throw new Error('the story has no proposal');
  return report;
};

const STORIES = [evacuated(), rolledBack(), stopped(), expired(), onlyProposed()] as const;

describe('a report', () => {
  it('names who asked, approved, held and resumed, when and through which door', () => {
    const { people } = reported(evacuated());

    expect(people.map(({ at: when, by, door, did }) => [when, by, door, did])).toEqual([
      [at(0), 'operator-1', 'cli', 'proposed'],
      [at(90), 'approver-1', 'slack', 'approved'],
      [at(340), 'responder-1', 'slack', 'held'],
      [at(400), 'operator-1', 'cli', 'resumed'],
    ]);
  });

  it('keeps an ask that came too late, with the answer it got', () => {
    const { people, times } = reported(stopped());

    expect(people.at(-1)).toMatchObject({ did: 'held', answer: 'too late: the run is stopped' });
    expect(times.ended).toBe(at(155));
  });

  it('tells every hold with its cause, value, operator, limit and end', () => {
    const { holds } = reported(evacuated());

    expect(holds).toMatchObject([
      {
        cause: 'gate',
        by: null,
        measures: [{ what: 'checkout p99 in us-west-2', value: 350, operator: '<', limit: 300 }],
        from: at(300),
        until: at(330),
        ended: { by: null, how: 'released' },
      },
      { cause: 'person', by: 'responder-1', from: at(340), until: at(400), ended: { by: 'operator-1', how: 'resume' } },
    ]);
  });

  it('says that a person ended a hold by rolling back', () => {
    const { holds } = reported(rolledBack());

    expect(holds.at(-1)).toMatchObject({
      from: at(480),
      until: at(500),
      ended: { by: 'responder-1', how: 'rollback' },
    });
  });

  it('draws shares as they landed, batch by batch', () => {
    const [series] = reported(evacuated()).series;

    // The first zone carries three quarters of the traffic: 0.75 · 24 % + 0.25 · 40 % = 28 %.
    expect(series?.written.slice(0, 3)).toEqual([
      { at: at(0), shares: shares(4000, 3000, 3000) },
      { at: at(127), shares: shares(2800, 3600, 3600) },
      { at: at(130), shares: shares(2400, 3800, 3800) },
    ]);
    expect(series?.written.at(-1)?.shares).toEqual(shares(0, 5000, 5000));
  });

  it('lists refused, unknown and found batches, and counts the attempts', () => {
    const report = reported(evacuated());

    expect(report.mishaps.map(({ what, step, batch, zone }) => [what, step, batch, zone])).toEqual([
      ['refused', 1, 1, 'Z2'],
      ['unknown', 2, 1, 'Z2'],
      ['found', 2, 1, 'Z2'],
    ]);
    expect(report.steps[0]?.batches[1]).toMatchObject({ sent: 2, refusals: 1, landedAt: at(130) });
  });

  it('gives a step that a turn left behind and its successor with the same number a story each', () => {
    const events = new RunJournal()
      .started()
      .intended(125, { step: 1, progress: 4000, weights: [24, 38, 38], served: [1, 0.92] })
      .bothLand(127, 1)
      .add(130, { type: 'rollback.asked', data: { by: CALLER, door: 'cli', because: 'wrong region' } })
      .add(131, {
        type: 'direction.turned',
        data: { because: 'rollback', from: {}, to: {}, leftOut: [] },
      })
      .intended(140, { step: 1, progress: 10_000, weights: [40, 30, 30], served: [0.92, 1], direction: 'back' })
      .bothLand(142, 1)
      .propagated(170, 1).events;

    const { steps } = reported(events);

    expect(steps.map(({ direction, landedAt, propagatedAt }) => [direction, landedAt, propagatedAt])).toEqual([
      ['out', at(127), null],
      ['back', at(142), at(170)],
    ]);
  });

  it('shows a foreign edit and when the set was right again', () => {
    const [set] = evacuationEnvelope().sets;
    if (set === undefined) throw new Error('the plan has no set');
    const diff = ['west: expected weight 30, found weight 90'];
    const events = new RunJournal()
      .started()
      .add(130, { type: 'sets.foreign', data: { step: 1, sets: [{ set: set.ref.set, live: null, diff }] } })
      .add(200, { type: 'sets.as-expected', data: { sets: [set.ref.set] } }).events;

    expect(reported(events).foreign).toEqual([{ at: at(130), set: set.ref.set, diff, settledAt: at(200) }]);
  });

  it('puts what happened to the fleet during the run into its timeline, and nothing else of the fleet', () => {
    const [proposal] = onlyProposed();
    if (proposal === undefined) throw new Error('the story is empty');
    const freeze = (second: number, because: string): StoredEvent => ({
      ...proposal,
      stream: 'fleet',
      at: at(second),
      type: 'freeze.set',
      data: { by: 'operator-1', door: 'cli', because, until: null },
    });

    const report = reportOf(evacuated(), { fleet: [freeze(200, 'meanwhile'), freeze(9000, 'next day')], asOf: null });

    const texts = report?.timeline.map(({ text }) => text) ?? [];
    expect(texts).toContain('fleet: operator-1 froze it: meanwhile');
    expect(texts.join()).not.toContain('next day');
  });

  it('of a journal that cannot be replayed tells what came before, and where it broke', () => {
    const events = evacuated().filter(({ version }) => version !== 20);

    const report = reported(events);

    expect(report.remarks[0]).toMatch(/^the journal cannot be replayed beyond version 19: /);
    expect(report.steps).toEqual(reported(evacuated().slice(0, 19)).steps);
  });

  it('of an event type that a newer steer wrote stops there, instead of leaving a fact out', () => {
    const events = evacuated().map((event) => (event.version === 15 ? { ...event, type: 'step.teleported' } : event));

    expect(reported(events).remarks[0]).toContain('unknown event step.teleported');
  });

  it('needs a proposal: no events are no run', () => {
    expect(reportOf([], { fleet: [], asOf: null })).toBeNull();
  });

  it('goes on until now while the run does', () => {
    const report = reportOf(stopped().slice(0, 9), { fleet: [], asOf: at(1000) });

    expect(report?.times.asOf).toBe(at(1000));
    expect(report?.numbers.wholeRun.value).toBe(880_000);
    expect(report?.remarks).toContain('the run had not ended when this was written');
  });
});

const CALLER = evacuationEnvelope().askedBy;

const forms = (events: readonly StoredEvent[]): readonly string[] => {
  const report = reportOf(events, { fleet: [], asOf: null });
  if (report === null) return [];
  return [jsonReport(report), markdownReport(report), sketch(report, { width: 30, unicode: true })];
};

describe('any prefix of a stream', () => {
  it('yields a report in every form', () => {
    for (const story of STORIES)
      for (let length = 1; length <= story.length; length += 1) {
        const [json = '', ...others] = forms(story.slice(0, length));

        expect(others).toHaveLength(2);
        expect(JSON.parse(json)).toMatchObject({ form: 1, run: 'run_1' });
        expect(json).not.toContain('cannot be replayed');
      }
  });

  it('yields a report even with events missing in the middle', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STORIES), fc.infiniteStream(fc.boolean()), (story, keeps) => {
        const [first, ...rest] = story;
        if (first === undefined) return;
        const kept = [first, ...rest.filter(() => keeps.next().value)];

        expect(forms(kept)).toHaveLength(3);
      }),
      { numRuns: 60 },
    );
  });
});
