import { describe, expect, it } from 'vitest';
import { serviceId } from '../../../src/domain/ids.ts';
import { recordOf } from '../../../src/domain/records.ts';
import { renderStatus } from '../../../src/slack/views/answers.ts';
import { renderHome } from '../../../src/slack/views/home.ts';
import { readable } from '../../support/block-kit.ts';
import { context, expectSound, expectSoundView, MANY_REGIONS } from './arrange.ts';
import { nobody, operator, status } from './fleet.ts';

describe('the home', () => {
  it('shows what needs a person, what runs, where traffic goes, what is left, and what its reader may do', () => {
    const view = renderHome(status(), operator, context());

    expect(readable(view.blocks)).toMatchInlineSnapshot(`
      "# shop: traffic by region
      FROZEN by admin-1: release day (until it is lifted)
      *NOBODY EXECUTES: runs stand still. Start one: steer serve*
      *FAILED* run_00 cannot be replayed: run/run_00 7: unknown event run.of-the-future
      us-east-1 is out for 1 service: checkout, since <!date^1767607200^{time_secs}|10:00:00 UTC>. To bring it home: /steer restore us-east-1 --reason "..."
      *Unknown* zone Z2 could not be read: throttled
      *Under way*
      *HOLDING out (gate): us-east-1 at 30 % (was 40 %), step 1 of 3* · evacuate us-east-1, by operator-1, started 8m ago · \`/steer show run_01j8\`
      *Away from home*
      *checkout* AWAY FROM HOME: us-east-1 0 % (home 40 %), us-west-2 50 % (home 30 %), eu-west-1 50 % (home 30 %)
      *mail* UNKNOWN: its records could not be read
      *At home*
      *Tier 1, search at home* us-east-1 40 %, us-west-2 30 %, eu-west-1 30 %
      *Tier 2, 2 services at home* us-east-1 40.2 %, us-west-2 29.8 %, eu-west-1 30 %
      *Budget left*
      *planned* 17.5 % left of 30 % an hour; checkout has used 25 %; it grows again at <!date^1767610800^{time_secs}|11:00:00 UTC>
      *emergency* 80 % left of 80 % an hour
      *Next drills*
      None configured.
      *You*
      You are operator-1, known by the Slack user T1/U1, with the role *operator*.
      *You may* see, plan, hold, propose, resume, stop, rollback.
      Start from a channel: /steer evacuate REGION. When Slack is down: steer status, steer hold on the command line.
      -- config 728348626cf8 in force · updated <!date^1767607800^{time_secs}|10:10:00 UTC>"
    `);
    expectSoundView(view);
  });

  it('of a quiet fleet says so in words', () => {
    const executor = { holder: 'host-1', epoch: 3, until: status().at + 15_000 };
    const [, home] = status().services;
    const quiet = { open: [], broken: [], out: [], freezes: [], missing: [], executor, services: home ? [home] : [] };

    const text = readable(renderHome(status(quiet), operator, context()).blocks);

    expect(text).toContain('Nothing is frozen.');
    expect(text).toContain('No run is under way.');
    expect(text).toContain('Nothing: every service is where it belongs.');
    expect(text).toContain('Executed by host-1');
  });

  it('tells somebody unknown that he can only look, and who can change that', () => {
    const text = readable(renderHome(status(), nobody, context()).blocks);

    expect(text).toContain("I don't know you as a person in steer's config, so you can only look");
    expect(text).toContain('*You may* see, plan.');
  });
});

/** 500 services in 12 regions: `away` of them are not where they belong, 20 cannot be read. */
const large = (away: number) => {
  const home = recordOf(MANY_REGIONS.map((region, at) => [region, at === 0 ? 837 : 833] as const));
  const [first, second] = MANY_REGIONS;
  const moved = { ...home, [first ?? '']: 0, [second ?? '']: 1670 };
  const services = Array.from({ length: 500 }, (_, at) => ({
    service: serviceId(`service-${at}-${'n'.repeat(180)}`),
    tier: at % 4,
    home,
    now: at < away ? moved : at >= 480 ? null : home,
  }));
  return status({ regions: MANY_REGIONS, services });
};

describe('12 regions and 500 services', () => {
  it.each([0, 1, 300, 480])('fit into the home and into a status with %d of them away from home', (away) => {
    const all = large(away);

    const view = renderHome(all, operator, context());
    const message = renderStatus(all, context());

    expectSoundView(view);
    expectSound(message);
  });

  it('name the services that are away first, count those that are not named, and sum up the rest by tier', () => {
    const text = readable(renderHome(large(300), operator, context()).blocks);

    expect(text).toMatch(/\*service-0-n+\* AWAY FROM HOME/);
    expect(text).toMatch(/… and \d+ more: steer status on the command line/);
    expect(text).toMatch(/\*Tier 0, 45 services at home\* region-0-n+ 8\.4 %/);
  });
});
