import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personId, runId } from '../../../src/domain/ids.ts';
import type { Objection } from '../../../src/domain/objections.ts';
import { asRunEvent, replay } from '../../../src/run/replay.ts';
import {
  renderAsked,
  renderFrozen,
  renderHeld,
  renderHistory,
  renderStatus,
  renderWhoami,
} from '../../../src/slack/views/answers.ts';
import { renderApproval } from '../../../src/slack/views/approval.ts';
import {
  renderConfirm,
  renderConfirmLoading,
  renderConfirmRefused,
  renderProposed,
  renderProposing,
  wrongWord,
} from '../../../src/slack/views/confirm.ts';
import { renderHome } from '../../../src/slack/views/home.ts';
import { renderLive, renderShow } from '../../../src/slack/views/live.ts';
import { renderPlan } from '../../../src/slack/views/plan.ts';
import { renderProblems, renderRefusal, renderStale, renderStranger } from '../../../src/slack/views/refused.ts';
import { renderThreadPost } from '../../../src/slack/views/thread.ts';
import { envelope, forecast, planned, START } from '../../cli/fixtures.ts';
import { headroom, ttl } from '../../cli/objection-fixtures.ts';
import { RunJournal } from '../../support/run-events.ts';
import { evacuationEnvelope, OPERATOR, RESPONDER, RUN, SETS } from '../../support/run-plan.ts';
import { context, expectSound, expectSoundView, HOSTILE, largeEnvelope, largeForecast, viewAt } from './arrange.ts';
import { nobody, operator, status } from './fleet.ts';

const foreign = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2000 }) },
);

const objections = (text: string, count: number): readonly Objection[] =>
  Array.from({ length: count }, (_, at) => ({
    ...(at % 2 === 0 ? headroom : ttl),
    because: `${at} ${text}`,
    value: text,
    limit: text,
  }));

/** Every event that carries text of people, vendors or configs. */
const storyWith = (text: string, end: 'running' | 'stopped' | 'failed') => {
  const overrides = [{ code: 'headroom', because: text, names: [text] }] as const;
  const { request } = evacuationEnvelope();
  const told = new RunJournal()
    .started(evacuationEnvelope({ request: { ...request, because: text }, overrides }))
    .add(130, {
      type: 'run.held',
      data: {
        cause: 'gate',
        endsByItself: true,
        objections: objections(text, 50),
        because: Array(50).fill(text),
        byHand: [text],
      },
    })
    .add(140, { type: 'hold.asked', data: { by: RESPONDER, door: text.slice(0, 50), because: text } })
    .add(145, { type: 'hold.asked', data: { by: RESPONDER, door: 'slack', because: text } })
    .add(148, { type: 'resume.asked', data: { by: OPERATOR, door: text } })
    .intended(150, { step: 1, progress: 4000, weights: [24, 38, 38], served: [1, 0.92] })
    .sent(151, 1, 0)
    .add(152, { type: 'batch.unknown', data: { step: 1, batch: 0, because: text } })
    .add(153, {
      type: 'sets.foreign',
      data: { step: 1, sets: [{ set: SETS[1]?.set ?? fail(), live: null, diff: Array(100).fill(text) }] },
    });
  if (end === 'stopped')
    return told.add(160, { type: 'stop.asked', data: { by: OPERATOR, door: 'slack', because: text } }).events;
  return end === 'failed' ? told.add(160, { type: 'run.failed', data: { because: text } }).events : told.events;
};

const fail = (): never => {
  throw new Error('the fixture has no such set');
};

describe('text of people, vendors and configs', () => {
  it('never mentions, links, forges a line or breaks a limit in any message of a run', () => {
    fc.assert(
      fc.property(foreign, fc.constantFrom('running', 'stopped', 'failed'), fc.boolean(), (text, end, decorated) => {
        const story = storyWith(text, end);
        for (const [index, event] of story.entries()) {
          const run = replay(story.slice(0, index + 1));
          if (run === null) throw new Error('no run');
          const post = renderThreadPost(asRunEvent(event), run, context({ now: event.at }));
          if (post !== null) expectSound(post);
        }
        const view = viewAt(story);
        expectSound(renderLive({ ...view, warnings: objections(text, 60) }, context({ decorated })));
        expectSound(renderShow(view, context()));
        expectSound(renderApproval(view.run, context()));
        expectSound(renderAsked('stop', view.run, context()));
        expectSound(renderStale(view.run, text, context()));
        expectSound(renderHeld([{ run: RUN, outcome: 'failed', state: view.run, alreadySent: 2, because: text }]));
      }),
      { numRuns: 60 },
    );
  });

  it('never does so in a plan, a confirmation or a refusal', () => {
    fc.assert(
      fc.property(foreign, fc.integer({ min: 0, max: 60 }), fc.boolean(), (text, count, breakGlass) => {
        const request = { ...envelope().request, because: text };
        const plan = planned({
          envelope: envelope({ request }),
          forecast: forecast({ remarks: Array(40).fill(text), waits: [text] }),
          objections: objections(text, count),
          notInForce: Array(200).fill(text),
        });
        const options = { word: text, reason: text, asksForCode: true, breakGlass, changed: Array(20).fill(text) };
        const refusal = {
          kind: 'refused',
          problems: Array(30).fill(text),
          objections: plan.objections,
          forecast: null,
        } as const;

        expectSound(renderPlan(plan, { value: 'x'.repeat(2000), mayBreakGlass: true }, context({ decorated: true })));
        expectSoundView(renderConfirm(plan, options, context()));
        expectSoundView(renderConfirmLoading(request));
        expectSoundView(renderProposing(request));
        expectSoundView(renderConfirmRefused(request, refusal));
        expectSound(renderRefusal(refusal));
        expectSound(renderProblems(refusal.problems));
        expectSound(renderStranger(text));
        expect(wrongWord(text, text).length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 60 },
    );
  });

  it('never does so at home, in a status or in a history', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const freeze = { by: personId('admin-1'), because: text, since: START, until: START };
        const all = status({
          fleet: text,
          freezes: Array(20).fill(freeze),
          broken: Array(20).fill({ run: text, because: text }),
          missing: Array(300).fill(text),
          executor: { holder: text, epoch: 1, until: START },
        });
        const entry = { at: START, type: 'stop.asked', run: runId('run_1'), verb: 'shift', region: null } as const;

        expectSoundView(renderHome(all, nobody, context()));
        expectSound(renderStatus(all, context()));
        expectSound(renderFrozen(freeze, context()));
        expectSound(renderWhoami({ ...operator, identity: text }));
        expectSound(
          renderHistory(
            Array(500).fill({ ...entry, by: personId('operator-1'), door: text, because: text }),
            context(),
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each(HOSTILE)('stays within the limits in 12 regions with 500 services of long names: %#', (text) => {
    const large = largeEnvelope(text);
    const steps = largeForecast(text);
    const plan = planned({ envelope: large, forecast: steps, objections: objections(text, 500) });
    const story = new RunJournal().proposed(large).add(90, {
      type: 'run.held',
      data: { cause: 'gate', endsByItself: false, objections: [], because: Array(500).fill(text), byHand: [] },
    }).events;
    const run = { ...viewAt(story).run, forecast: steps };

    expectSound(renderPlan(plan, { value: 'x'.repeat(2000), mayBreakGlass: true }, context({ decorated: true })));
    expectSoundView(
      renderConfirm(plan, { word: 'w', reason: '', asksForCode: true, breakGlass: true, changed: [] }, context()),
    );
    expectSoundView(
      renderProposed(
        { ...plan, envelope: large, forecast: steps, digest: 'd'.repeat(64), run: RUN, soloFrom: START },
        context(),
      ),
    );
    expectSound(renderApproval(run, context()));
    expectSound(renderLive({ ...viewAt(story), run }, context({ decorated: true })));
  });
});
