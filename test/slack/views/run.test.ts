import { describe, expect, it } from 'vitest';
import { personId } from '../../../src/domain/ids.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { phaseOf } from '../../../src/run/phase.ts';
import { renderApproval } from '../../../src/slack/views/approval.ts';
import { renderFinal } from '../../../src/slack/views/final.ts';
import { renderLive, renderShow } from '../../../src/slack/views/live.ts';
import { envelope, proposed, runOf, viewOf } from '../../cli/fixtures.ts';
import { buttonsIn, mrkdwnTexts, offences, readable } from '../../support/block-kit.ts';
import { evacuated, expired, onlyProposed, rolledBack, stopped } from '../../support/run-stories.ts';
import { context, expectSound, inMode, STATES, viewAt } from './arrange.ts';

const live = (events: readonly RunEvent[]) => renderLive(viewOf(events), context());

describe('the live message', () => {
  it.each([
    ['waiting', ['Approve us-east-1', 'Deny', 'Hold']],
    ['waiting and held', ['Resume', 'Approve us-east-1', 'Deny']],
    ['planned', ['Hold', 'Stop…']],
    ['moving', ['Hold', 'Roll back…', 'Stop…']],
    ['baking', ['Hold', 'Roll back…', 'Stop…']],
    ['held by a gate', ['Resume', 'Roll back…', 'Stop…']],
    ['held for a while', ['Resume', 'Hold until resumed', 'Roll back…', 'Stop…']],
    ['held by a person', ['Resume', 'Roll back…', 'Stop…']],
    ['rolling back', ['Hold', 'Stop…']],
    ['held while rolling back', ['Resume', 'Stop…']],
    ['stopped', []],
    ['done', []],
  ] as const)('has the buttons of its state: %s', (state, labels) => {
    expect(buttonsIn(live(STATES[state]).blocks).map(({ label }) => label)).toEqual(labels);
  });

  it.each(Object.entries(STATES))(
    'rule 10: never asks back before a hold, and always before anything else: %s',
    (_, events) => {
      const buttons = buttonsIn(live(events).blocks);
      const wrong = buttons.filter(({ action, confirms }) => confirms === action.startsWith('steer.hold'));

      expect(wrong).toEqual([]);
    },
  );

  it.each(Object.entries(STATES))('begins with its state word, in blocks and in text: %s', (_, events) => {
    const { run } = viewOf(events);
    const message = live(events);

    expect(message.text.startsWith(phaseOf(run).words)).toBe(true);
    expect(readable(message.blocks).startsWith(`# ${phaseOf(run).words}`)).toBe(true);
    expectSound(message);
  });

  it('of a hold says why, with value, operator and limit, what is next, who asked, and what to press', () => {
    expect(readable(live(STATES['held by a gate']).blocks)).toMatchInlineSnapshot(`
      "# HOLDING out (gate): us-east-1 at 30 % (was 40 %), step 1 of 3
      *Why* held since <!date^1767607620^{time_secs}|10:07:00 UTC>: errors@us-west-2: 0.06 &gt;= 0.05 fails
      only an operator's "resume" ends this
      by hand: look at the error rate of us-west-2
      *Next* nothing moves until an operator resumes; then step 2: the source goes to about 15 %, if guards and gates agree
      *Ends* about 10 min once it is resumed (forecast); must finish by <!date^1767621600^{time_secs}|14:00:00 UTC>
      *us-east-1* 30 % (was 40 %, goes to 0 %)
      *eu-west-1* 35 % (was 30 %, goes to 50 %)
      *us-west-2* 35 % (was 30 %, goes to 50 %)
      1. us-east-1 to 30 %, landed <!date^1767607560^{time_secs}|10:06:00 UTC>, holding out (gate)
      2. us-east-1 to about 15 % (forecast)
      3. us-east-1 to about 0 % (forecast)
      Asked by operator-1 (cli) 10:00:00 UTC: “errors 6 %”
      Approved by approver-1 (slack) 10:01:00 UTC
      [Resume] [Roll back…] [Stop…]
      -- evacuate us-east-1 · run_01j8 · plan 3fa9c1d2e4b5 · updated <!date^1767607680^{time_secs}|10:08:00 UTC> · last event <!date^1767607620^{time_secs}|10:07:00 UTC>: run.held"
    `);
  });

  it('is complete in its text alone, with what to type where no button is', () => {
    expect(live(STATES['held by a gate']).text).toMatchInlineSnapshot(`
      "HOLDING out (gate): us-east-1 at 30 % (was 40 %), step 1 of 3
      Why: held since 10:07:00 UTC: errors@us-west-2: 0.06 &gt;= 0.05 fails
      only an operator's "resume" ends this
      by hand: look at the error rate of us-west-2
      Next: nothing moves until an operator resumes; then step 2: the source goes to about 15 %, if guards and gates agree
      Ends: about 10 min once it is resumed (forecast); must finish by 14:00:00 UTC
      us-east-1: 30 % (was 40 %, goes to 0 %)
      eu-west-1: 35 % (was 30 %, goes to 50 %)
      us-west-2: 35 % (was 30 %, goes to 50 %)
      1. us-east-1 to 30 %, landed 10:06:00 UTC, holding out (gate)
      2. us-east-1 to about 15 % (forecast)
      3. us-east-1 to about 0 % (forecast)
      Asked by operator-1 (cli) 10:00:00 UTC: “errors 6 %”
      Approved by approver-1 (slack) 10:01:00 UTC
      Type: /steer resume run_01j8 · /steer rollback run_01j8 · /steer stop run_01j8
      evacuate us-east-1 · run_01j8 · plan 3fa9c1d2e4b5 · updated 10:08:00 UTC · last event 10:07:00 UTC: run.held"
    `);
  });

  it.each([
    ['drill', {}, /^DRILL HOLDING/],
    ['emergency', { onOldFacts: true }, /^EMERGENCY ON OLD FACTS HOLDING/],
  ] as const)('of a run in mode %s says so before anything else', (mode, over, start) => {
    const events = inMode(STATES['held by a gate'], over, mode);

    const message = live(events);

    expect(message.text).toMatch(start);
    expect(readable(message.blocks).slice(2)).toMatch(start);
  });

  it('of a drill has no button that could be taken for one of the real thing', () => {
    const labels = buttonsIn(live(inMode(STATES.baking, {}, 'drill')).blocks).map(({ label }) => label);

    expect(labels).toEqual(['Hold drill', 'Roll back drill…', 'Stop drill…']);
  });

  it('names the consequence before it rolls back or stops', () => {
    const json = JSON.stringify(live(STATES.baking).blocks);

    expect(json).toContain(
      'Takes us-east-1 back to where this run began: 30 % to 40 %, guarded and gated, in about 9 min.',
    );
    expect(json).toContain('us-east-1 stays at 30 % (was 40 %) and counts as out until it is restored.');
    expect(json).toContain('"text":"Stop at 30 %"');
    expect(json).toContain('"text":"Roll back us-east-1"');
  });

  it('gets a new block id with every revision, and its buttons carry run, revision and plan', () => {
    const block = live(STATES.baking).blocks.find(({ type }) => type === 'actions');
    const { version } = runOf(STATES.baking);

    expect(block?.block_id).toBe(`steer:run_01j8:${version}`);
    expect(JSON.stringify(block)).toContain(
      JSON.stringify(JSON.stringify({ run: 'run_01j8', rev: version, digest: '3fa9c1d2e4b5a6978877' })),
    );
  });

  it('says the same with step cards beside the steps', () => {
    const view = viewOf(STATES.baking);
    const decorated = renderLive(view, context({ decorated: true }));

    expect(decorated.blocks.filter(({ type }) => type !== 'plan')).toEqual(renderLive(view, context()).blocks);
    expect(decorated.blocks.some(({ type }) => type === 'plan')).toBe(true);
    expect(offences(decorated.blocks)).toEqual([]);
  });

  it('for one reader has lines to type in place of buttons', () => {
    const message = renderShow(viewOf(STATES.baking), context());

    expect(buttonsIn(message.blocks)).toEqual([]);
    expect(readable(message.blocks)).toContain(
      'Type: /steer hold run_01j8 · /steer rollback run_01j8 · /steer stop run_01j8',
    );
    expectSound(message);
  });

  it.each([
    ['evacuated', evacuated()],
    ['rolled back', rolledBack()],
    ['stopped', stopped()],
    ['expired', expired()],
    ['proposed', onlyProposed()],
  ])('is sound after every event of a run that was %s', (_, story) => {
    for (const index of story.keys()) {
      const view = viewAt(story.slice(0, index + 1));

      expectSound(renderLive(view, context()));
      expect(renderLive(view, context()).text.startsWith(phaseOf(view.run).words.slice(0, 4))).toBe(true);
    }
  });
});

describe('the final summary', () => {
  it('says how it ended, what it took, and what to type to return', () => {
    expect(readable(renderFinal(viewAt(evacuated()), context()).blocks)).toMatchInlineSnapshot(`
      "# DONE: us-east-1 evacuated, 40 % → 0 %, 7m 30s (forecast 8 min)
      *Why* proven by the traffic that arrives
      0.4 % of the traffic still ignores the change
      3 steps landed.
      *Next* us-east-1 is still out; to bring traffic home: /steer restore us-east-1 --reason "..."
      *us-east-1* 0 % (was 40 %), 0.4 % of its capacity used, traffic seen 4
      *eu-west-1* 50 % (was 30 %), 55.3 % of its capacity used, traffic seen 498
      *us-west-2* 50 % (was 30 %), 62.3 % of its capacity used, traffic seen 498
      Asked by operator-1 (cli) 10:00:00 UTC: “errors at the edge”
      Approved by approver-1 (slack) 10:01:30 UTC
      -- evacuate us-east-1 · run_1 · plan sha256:plan · ended <!date^1767607770^{time_secs}|10:09:30 UTC>"
    `);
  });

  it('of traffic that nobody saw says that it is unproven', () => {
    expect(live(STATES.done).text).toMatch(/^DONE, traffic unproven: us-east-1 evacuated, 40 % → 30 %, /);
  });

  it.each([
    ['stopped by a person', stopped(), /^STOPPED \(person\): us-east-1 at 24 % \(was 40 %\)/],
    ['never approved', expired(), /^STOPPED \(expired\): us-east-1 at 40 % \(was 40 %\)/],
    ['rolled back', rolledBack(), /^STOPPED \(rolled-back\): us-east-1 at 40 % \(was 40 %\)/],
  ])('of a run that was %s says where it stands, and has no buttons', (_, story, start) => {
    const message = renderFinal(viewAt(story), context());

    expect(message.text).toMatch(start);
    expect(buttonsIn(message.blocks)).toEqual([]);
    expectSound(message);
  });
});

describe('the request for an approval', () => {
  it('says what would move, by when, who asked and why, and calls the approvers', () => {
    expect(readable(renderApproval(runOf([proposed]), context()).blocks)).toMatchInlineSnapshot(`
      "# APPROVAL NEEDED: evacuate us-east-1 (40 % of the traffic)
      Expires <!date^1767609000^{time_secs}|10:30:00 UTC>. Who asked cannot approve. Called: <!subteam^S1>.
      *Moves* 40 % of the traffic: 1 service (checkout), 1 name in 1 zone, to us-west-2, eu-west-1. Mode: planned.
      Takes about 14 min in 3 steps, by weights.
      Going back takes about 9 min.
      *Holds by itself if* a destination would pass 80 % of its capacity, or the budget is spent.
      Clients follow a step within 1m, the longest TTL (checkout-0.example.test.). Those that ignore TTLs take longer.
      *Limits* step at most 100 %, bake at least 2m, destinations at most 80 % of capacity, at most 100 % out of service per hour, at least 50 % stays in service, at least 1 region serves.
      *us-east-1* 40 % → 0 %
      *eu-west-1* 30 % → 50 %, peak 69 % of its capacity (limit 80 %)
      *us-west-2* 30 % → 50 %, peak 74 % of its capacity (limit 80 %)
      - checkout.example.test. is served again by us-east-1 if all of us-west-2, eu-west-1 are unhealthy
      Asked by operator-1 (cli) 10:00:00 UTC: “errors 6 %”
      [Approve us-east-1] [Deny]
      -- run_01j8 · plan 3fa9c1d2e4b5 · or type \`/steer approve run_01j8\`"
    `);
  });

  it('calls the approvers once, and nobody else', () => {
    const { blocks, text } = renderApproval(runOf([proposed]), context());
    const calls = mrkdwnTexts(blocks)
      .join(' ')
      .match(/<!subteam\^S1>|<@[^>]*>/g);

    expect(calls).toEqual(['<!subteam^S1>']);
    expect(text).not.toContain('<');
  });

  it('rule 12: of a break-glass says so before what it is for, and what it sets aside', () => {
    const overrides = [{ code: 'headroom', because: 'us-east-1 is burning', names: [] }] as const;
    const events = inMode([proposed], { overrides }, 'emergency');

    const { text } = renderApproval(runOf(events), context());

    expect(text).toMatch(/^EMERGENCY BREAK-GLASS APPROVAL NEEDED: evacuate us-east-1/);
    expect(text).toContain('BREAK-GLASS sets aside headroom: us-east-1 is burning');
  });

  it.each(['planned', 'moving', 'baking', 'held by a gate', 'rolling back', 'stopped', 'done'] as const)(
    'has no buttons once it is decided, calls nobody, and says who approved and when, never where the run stands: %s',
    (state) => {
      const run = runOf(STATES[state]);
      const message = renderApproval(run, context());

      expect(buttonsIn(message.blocks)).toEqual([]);
      expect(mrkdwnTexts(message.blocks).join(' ')).not.toContain('subteam');
      expect(message.text).toMatch(/^(EMERGENCY )?APPROVED: /);
      expect(readable(message.blocks)).toContain(`Approved by ${run.approval?.by} (${run.approval?.door})`);
      expect(message.text).not.toContain(phaseOf(run).words);
    },
  );

  it('that was denied says by whom, when and why', () => {
    const denial: RunEvent = {
      type: 'denial.given',
      data: { by: personId('approver-1'), door: 'slack', because: 'not now' },
    };

    const { text } = renderApproval(runOf([proposed, denial]), context());

    expect(text).toMatch(/^DENIED: evacuate us-east-1/);
    expect(text).toContain('approver-1 denied it: not now');
    expect(text).toContain('STOPPED (denied) 10:01:00 UTC');
    expect(text).not.toContain('yet');
  });

  it('that nobody answered in time says so', () => {
    const { text } = renderApproval(viewAt(expired()).run, context());

    expect(text).toMatch(/^NOT APPROVED, STOPPED \(expired\): evacuate us-east-1/);
    expect(text).not.toContain('yet');
  });

  it('names the plan by its digest, in the message and in the question before the approval', () => {
    const { blocks } = renderApproval(runOf([proposed]), context());

    expect(JSON.stringify(blocks).match(/3fa9c1d2e4b5/g)?.length).toBeGreaterThan(2);
    expect(JSON.stringify(blocks)).toContain(
      `Moves 40 % of the traffic: 1 service (${envelope().services[0]?.service})`,
    );
  });
});
