import { describe, expect, it } from 'vitest';
import { regionId, runId } from '../../../src/domain/ids.ts';
import {
  renderConfirm,
  renderConfirmLoading,
  renderConfirmRefused,
  renderProposed,
  renderProposing,
  wrongWord,
} from '../../../src/slack/views/confirm.ts';
import { envelope, forecast, planned, START } from '../../cli/fixtures.ts';
import { floor, headroom } from '../../cli/objection-fixtures.ts';
import { readable } from '../../support/block-kit.ts';
import { context, expectSoundView } from './arrange.ts';
import { gateUnknown } from './refusals.ts';

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
