import { describe, expect, it } from 'vitest';
import { gateId, regionId, runId, signalId } from '../../../src/domain/ids.ts';
import type { Objection } from '../../../src/domain/objections.ts';
import { overrideChoices } from '../../../src/slack/views/break-glass.ts';
import { startValue } from '../../../src/slack/views/button-value.ts';
import {
  renderConfirm,
  renderConfirmLoading,
  renderConfirmRefused,
  renderProposed,
  renderProposing,
  wrongWord,
} from '../../../src/slack/views/confirm.ts';
import { renderPlan } from '../../../src/slack/views/plan.ts';
import { envelope, forecast, planned, START, WEST } from '../../cli/fixtures.ts';
import { floor, headroom, ttl } from '../../cli/objection-fixtures.ts';
import { buttonsIn, offences, readable } from '../../support/block-kit.ts';
import { context, expectSound, expectSoundView } from './arrange.ts';

const OFFER = { value: '{"m":{},"e":"3fa9c1d2e4b5"}', mayBreakGlass: false };
const labels = (blocks: unknown): readonly string[] => buttonsIn(blocks).map(({ label }) => label);

const gateUnknown: Objection = {
  code: 'gate-unknown',
  severity: 'refuse',
  value: 'NO_DATA',
  limit: null,
  override: 'admin-and-second-person',
  because: 'checkout: errors@us-west-2 has no data',
  region: WEST,
  mayPass: true,
};
const impossible: Objection = {
  ...floor,
  code: 'impossible-move',
  value: 2500,
  limit: 10_000,
  because: 'the whole move is impossible now',
};

describe('a plan', () => {
  it('says what moves, how far, how full, how long and how back, and offers to start', () => {
    const message = renderPlan(planned(), OFFER, context());

    expect(readable(message.blocks)).toMatchInlineSnapshot(`
      "# PLAN: evacuate us-east-1 (nothing has changed yet)
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
      After Start… another person must approve it.
      Reason: “test”
      [Start…] [Discard plan]
      -- Start by <!date^1767609000^{time_secs}|10:30:00 UTC>, finish by <!date^1767621600^{time_secs}|14:00:00 UTC>"
    `);
    expect(labels(message.blocks)).toEqual(['Start…', 'Discard plan']);
    expectSound(message);
  });

  it('is complete in its text alone', () => {
    expect(renderPlan(planned(), OFFER, context()).text).toMatchInlineSnapshot(`
      "PLAN: evacuate us-east-1 (nothing has changed yet)
      Moves: 40 % of the traffic: 1 service (checkout), 1 name in 1 zone, to us-west-2, eu-west-1. Mode: planned.
      Takes about 14 min in 3 steps, by weights.
      Going back takes about 9 min.
      Holds by itself if: a destination would pass 80 % of its capacity, or the budget is spent.
      Clients follow a step within 1m, the longest TTL (checkout-0.example.test.). Those that ignore TTLs take longer.
      Limits: step at most 100 %, bake at least 2m, destinations at most 80 % of capacity, at most 100 % out of service per hour, at least 50 % stays in service, at least 1 region serves.
      us-east-1: 40 % → 0 %
      eu-west-1: 30 % → 50 %, peak 69 % of its capacity (limit 80 %)
      us-west-2: 30 % → 50 %, peak 74 % of its capacity (limit 80 %)
      - checkout.example.test. is served again by us-east-1 if all of us-west-2, eu-west-1 are unhealthy
      After Start… another person must approve it.
      Reason: “test”
      Start by 10:30:00 UTC, finish by 14:00:00 UTC"
    `);
  });

  it('of an emergency on old facts says so before anything else', () => {
    const urgent = envelope({ request: { ...envelope().request, mode: 'emergency' }, onOldFacts: true });

    const { text, blocks } = renderPlan(planned({ envelope: urgent }), OFFER, context());

    expect(text).toMatch(/^EMERGENCY ON OLD FACTS PLAN: evacuate us-east-1 /);
    expect(readable(blocks)).toMatch(/^# EMERGENCY ON OLD FACTS PLAN: evacuate us-east-1 /);
  });

  it('that was only asked to be shown has nothing to start', () => {
    const message = renderPlan(planned(), null, context());

    expect(labels(message.blocks)).toEqual([]);
    expect(message.text).toContain('This only shows a plan. It could be proposed: /steer evacuate us-east-1');
  });

  it('that is refused gives code, value, limit and who may override, and no way to start', () => {
    const message = renderPlan(
      planned({ objections: [ttl, headroom, floor] }),
      { ...OFFER, mayBreakGlass: true },
      context(),
    );

    expect(labels(message.blocks)).toEqual([]);
    expect(message.text).toContain(
      'REFUSED headroom: checkout in us-west-2: 92.1 % of what runs there would be used, at most 80 % may. It may pass by itself: try again in a while. An admin with a second person may override it: Break glass… under the plan',
    );
    expect(message.text).toContain('[seen 40 %, limit 50 %]. Nobody can override this.');
    expect(message.text).toContain('WARNING ttl-too-long: legacy.example.test. has a TTL of 3600 s');
    expect(message.text.indexOf('REFUSED floor')).toBeLessThan(message.text.indexOf('WARNING'));
  });

  it.each([
    [true, ['Break glass…', 'Discard plan']],
    [false, []],
  ])('whose refusals can all be overridden offers to break glass to an admin alone: %s', (mayBreakGlass, buttons) => {
    const message = renderPlan(planned({ objections: [headroom, impossible] }), { ...OFFER, mayBreakGlass }, context());

    expect(labels(message.blocks)).toEqual(buttons);
  });

  it('whose request does not fit into a button says what to do instead', () => {
    const because = 'x'.repeat(1900);
    const value = startValue({ ...envelope().request, because }, '3fa9c1d2e4b5');

    const message = renderPlan(planned(), { value, mayBreakGlass: false }, context());

    expect(value).toBeNull();
    expect(labels(message.blocks)).toEqual([]);
    expect(message.text).toContain('too long for a button');
  });

  it('shows the same numbers beside a table', () => {
    const plain = renderPlan(planned(), OFFER, context());
    const decorated = renderPlan(planned(), OFFER, context({ decorated: true }));

    expect(decorated.blocks.filter(({ type }) => type !== 'table')).toEqual(plain.blocks);
    expect(decorated.blocks.some(({ type }) => type === 'table')).toBe(true);
    expect(offences(decorated.blocks)).toEqual([]);
  });
});

describe('what a break-glass may set aside', () => {
  it("rule 12: is nothing where one refusal is nobody's to override", () => {
    expect(overrideChoices({ envelope: null, objections: [headroom, floor] })).toEqual([]);
  });

  it('rule 12: is each code that refuses, with the gates and destinations by name, and no warning', () => {
    const gate = {
      gate: gateId('errors'),
      region: WEST,
      signal: signalId('errors-west'),
      rule: { kind: 'state' },
      critical: true,
      failuresToHold: 1,
    } as const;
    const [service] = envelope().services;
    if (service === undefined) throw new Error('the fixture has no service');
    const withGates = envelope({ services: [{ ...service, gates: [gate, { ...gate, gate: gateId('p99') }] }] });

    const choices = overrideChoices({
      envelope: withGates,
      objections: [headroom, { ...gateUnknown, service: service.service }, impossible, ttl],
    });

    expect(choices.map(({ code, names }) => [code, names])).toEqual([
      ['headroom', []],
      ['gate-unknown', ['errors', 'us-west-2']],
    ]);
  });

  it('is headroom where a fact is missing', () => {
    const choices = overrideChoices({ envelope: null, objections: [{ ...headroom, code: 'facts-missing' }] });

    expect(choices.map(({ code }) => code)).toEqual(['headroom']);
  });
});

const OPTIONS = {
  word: 'us-east-1',
  reason: 'errors 6 %',
  asksForCode: false,
  breakGlass: false,
  changed: [],
} as const;

describe('the confirmation', () => {
  it('shows the plan once more and asks for the name and the reason', () => {
    const view = renderConfirm(planned(), OPTIONS, context());

    expect(view.title).toBe('Evacuate us-east-1');
    expect(view.submit).toBe('Request approval');
    expect(readable(view.blocks)).toMatchInlineSnapshot(`
      "# PLAN: evacuate us-east-1
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
      -- Start by <!date^1767609000^{time_secs}|10:30:00 UTC>, finish by <!date^1767621600^{time_secs}|14:00:00 UTC>
      Type us-east-1 to confirm: ____
      Reason (kept in the audit log): ____"
    `);
    expectSoundView(view);
  });

  it('asks for a one-time code only where one is wanted', () => {
    const view = renderConfirm(planned(), { ...OPTIONS, asksForCode: true }, context());

    expect(readable(view.blocks)).toContain('One-time code of your authenticator: ____');
    expect(readable(renderConfirm(planned(), OPTIONS, context()).blocks)).not.toContain('One-time code');
  });

  it('rule 12: of a break-glass has a box for each refusal that can be set aside, and wants a longer reason', () => {
    const view = renderConfirm(
      planned({ objections: [headroom, gateUnknown] }),
      { ...OPTIONS, breakGlass: true },
      context(),
    );
    const json = JSON.stringify(view.blocks);

    expect(json.match(/"value":"[a-z-]+"/g)).toEqual(['"value":"headroom"', '"value":"gate-unknown"']);
    expect(json).toContain('"min_length":20');
    expect(json).toContain('Needs a second person');
    expectSoundView(view);
  });

  it('rule 12: of a break-glass that cannot help has no box, no field and no way to send it', () => {
    const view = renderConfirm(planned({ objections: [headroom, floor] }), { ...OPTIONS, breakGlass: true }, context());

    expect(view.submit).toBeNull();
    expect(view.blocks.some(({ type }) => type === 'input')).toBe(false);
  });

  it('says first what is not as it was shown', () => {
    const view = renderConfirm(planned(), { ...OPTIONS, changed: ['us-west-2 ends at 55 %, not 50 %'] }, context());

    expect(readable(view.blocks).split('\n')[1]).toBe('*CHANGED since it was shown* us-west-2 ends at 55 %, not 50 %');
  });

  it('starts at once where the mode needs no approval, and its button says so', () => {
    expect(renderConfirm(planned({ approvalNeeded: false }), OPTIONS, context()).submit).toBe('Start now');
  });

  it('shortens a long name in its title and has all of it below', () => {
    const region = regionId('germanywestcentral-availability-zone-2');
    const long = envelope({ request: { ...envelope().request, region }, source: region });

    const view = renderConfirm(planned({ envelope: long }), { ...OPTIONS, word: region }, context());

    expect(view.title).toBe('Evacuate germanywestcen…');
    expect(readable(view.blocks)).toContain(`Type ${region} to confirm`);
  });

  it('says what it does while it loads and while it proposes', () => {
    const { request } = envelope();

    expect(readable(renderConfirmLoading(request).blocks)).toContain(
      'evacuate us-east-1: making the plan anew. Nothing has changed yet.',
    );
    expect(readable(renderProposing(request).blocks)).toContain('evacuate us-east-1: proposing it.');
    expect(renderConfirmLoading(request).submit).toBeNull();
  });

  it('ends with the run and what happens next, and tells an admin from when he may go on alone', () => {
    const run = runId('run_01j8');
    const proposed = { ...planned(), envelope: envelope(), forecast: forecast(), digest: '3fa9c1d2e4b5a6', run };

    const view = renderProposed({ ...proposed, soloFrom: START + 600_000 }, context());

    expect(readable(view.blocks)).toMatchInlineSnapshot(`
      "# Proposed as run_01j8: evacuate us-east-1
      Nothing moves before another person approves it, by the button in the channel or by \`/steer approve run_01j8\`. It expires at <!date^1767609000^{time_secs}|10:30:00 UTC>.
      If nobody answers, you may go on alone from <!date^1767607800^{time_secs}|10:10:00 UTC>: \`/steer approve run_01j8 --solo\`
      Reason: “test”
      -- run_01j8 · plan 3fa9c1d2e4b5"
    `);
    expect(view.submit).toBeNull();
  });

  it('ends with every reason where it is refused', () => {
    const refusal = {
      kind: 'refused',
      problems: ['You are responder-1.'],
      objections: [floor],
      forecast: null,
    } as const;

    const view = renderConfirmRefused(envelope().request, refusal);

    expect(readable(view.blocks)).toContain('You are responder-1.');
    expect(readable(view.blocks)).toContain('*REFUSED floor*');
    expect(readable(view.blocks)).toContain('Nothing was done.');
  });

  it('says which name is wanted and which was typed', () => {
    expect(wrongWord('us-east-1', 'us-east1')).toBe('Type us-east-1 exactly. You typed us-east1.');
  });
});
