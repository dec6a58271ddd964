import { describe, expect, it } from 'vitest';
import { startValue } from '../../../src/slack/views/button-value.ts';
import { renderPlan } from '../../../src/slack/views/plan.ts';
import { envelope, planned } from '../../cli/fixtures.ts';
import { floor, headroom, ttl } from '../../cli/objection-fixtures.ts';
import { buttonsIn, offences, readable } from '../../support/block-kit.ts';
import { context, expectSound } from './arrange.ts';
import { impossible } from './refusals.ts';

const OFFER = { value: '{"m":{},"e":"3fa9c1d2e4b5"}', mayBreakGlass: false };
const labels = (blocks: unknown): readonly string[] => buttonsIn(blocks).map(({ label }) => label);

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
