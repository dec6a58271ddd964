import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DESKTOP, openAlbum, PHONE, startBrowser } from './support/browser.ts';
import { type StartedDemo, startDemo } from './support/demo.ts';
import { DemoPage, WHOLE_RUN_MS } from './support/demo-page.ts';

const TEST_MS = 420_000;
const REASON = 'error rate since the release of the morning';

let browser: Browser;
let demo: StartedDemo;

beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  demo = await startDemo();
}, 90_000);
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await demo.interrupt();
}, 60_000);

describe('the demonstration in a browser', () => {
  it(
    'a newcomer evacuates a region, is refused his own approval, breaks a destination, and goes back',
    async () => {
      const album = openAlbum('broken');
      const me = await DemoPage.open(browser, demo.url, DESKTOP);
      const shot = (name: string): Promise<void> => album.take(me.page, name);
      expect(demo.said()).toContain('/steer evacuate us-east-1');
      await me.expectShares({ 'us-east-1': 40, 'us-west-2': 35, 'eu-west-1': 25 });
      await shot('open');

      // The plan: nothing has changed, and what it would do.
      await me.type('/steer evacuate us-east-1');
      const plan = me.answer(/PLAN: evacuate us-east-1 \(nothing has changed yet\)/);
      await plan.getByRole('button', { name: /^Start: opens a confirmation/ }).waitFor();
      expect(await plan.innerText()).toMatch(
        /Moves 40 % of the traffic.*us-east-1 40 % → 0 %.*us-west-2 35 % → 58.3 %, peak \d+(\.\d)? % of its capacity \(limit 88 %\).*another person must approve it/s,
      );
      await shot('plan');

      // The wrong region is refused at its field, and nothing is proposed.
      await me.find('action-steer.start').click();
      const modal = me.find('modal');
      await me.find('field-word').fill('us-west-2');
      await me.find('field-reason').fill(REASON);
      await shot('modal');
      await me.find('modal-submit').click();
      await expect
        .poll(() => modal.getByRole('alert').allInnerTexts(), { timeout: 20_000 })
        .toEqual(['Type us-east-1 exactly. You typed us-west-2.']);
      expect(await me.find('field-word').getAttribute('aria-invalid')).toBe('true');
      expect(await me.find('field-reason').inputValue()).toBe(REASON);
      await shot('wrong-region');
      await me.find('field-word').fill('us-east-1');
      await me.find('modal-submit').click();
      await modal.getByText('Proposed as run_').waitFor();
      expect(await modal.innerText()).toContain('Nothing moves before another person approves it');
      await shot('proposed');
      await me.find('modal-close').click();
      await modal.waitFor({ state: 'detached' });

      await me.expectLive({
        state: /WAITING FOR APPROVAL: us-east-1 at 40 % \(was 40 %\), \d steps/,
        cause: /Why it needs the approval of another person than operator-1/,
        next: /Next another person approves or denies it/,
        buttons: ['approve', 'deny', 'hold'],
      });
      await me
        .broadcast(/APPROVAL NEEDED: evacuate us-east-1/, /Who asked cannot approve. Called: @approvers/)
        .waitFor();
      await shot('waiting');

      // Who asked cannot approve.
      await me.press('approve');
      expect(await me.question()).toMatch(
        /^Approve: evacuate us-east-1\?.*Moves 40 % of the traffic.*It starts at once/s,
      );
      await shot('approve-confirm');
      await me.yes();
      await me
        .answer(/Refused\. Nothing was done\./, /You are operator-1, .*to approve takes the role approver/)
        .waitFor();
      await me.expectLive({
        state: /WAITING FOR APPROVAL/,
        cause: /Approved by nobody yet/,
        next: /Next another person/,
      });
      await shot('own-approval-refused');

      await me.actAs('U0APPROVER');
      await me.live().getByText('WAITING FOR APPROVAL').waitFor();
      // The operator's plan and refusals are not for the approver's eyes.
      expect(await me.find('ephemeral').count()).toBe(0);
      await shot('as-approver');
      await me.approve();
      await me.answer(/Approved run_/).waitFor();
      await me.expectLive({
        state: /(MOVING|BAKING) out: us-east-1 at \d+(\.\d)? % \(was 40 %\), step \d of \d/,
        cause: /Why (step \d |writing step \d|guards and gates are judged)/,
        next: /Next (it bakes for 4s at least|step \d: )/,
        buttons: ['hold', 'rollback', 'stop', 'picture'],
      });
      await me.broadcast(/APPROVED: evacuate us-east-1/).waitFor();
      await shot('moving');

      // A destination breaks: it holds, and says by which gate, value and limit.
      await me.actAs('U0OPERATOR');
      await me.expectLive({
        state: /BAKING out/,
        cause: /needs 2 good looks in a row/,
        next: /Next step \d: the source goes to about \d+ % in wave \d/,
      });
      await me.flip('degraded-us-west-2', 'BROKEN');
      const holding = {
        state: /HOLDING out \(gate\): us-east-1 at \d+(\.\d)? % \(was 40 %\), step \d of \d/,
        cause:
          /Why held since \S+: \w+: errors@us-west-2 \(us-west-2\): \d+ >= \d+ fails.*only an operator's "resume" ends this/s,
        next: /Next nothing moves until an operator resumes; then step \d/,
        buttons: ['resume', 'rollback', 'stop', 'picture'],
      };
      await me.expectLive(holding);
      const told = [
        /HOLDING out \(gate\)/,
        /errors@us-west-2/,
        /@operator: it waits for a person\. To go on: \/steer resume run_/,
      ];
      await me.broadcast(...told).waitFor();
      await shot('holding');

      // Resumed while it is still broken: judged again, and held again.
      await me.press('resume');
      expect(await me.question()).toContain('Where they still refuse, it holds again.');
      await shot('resume-confirm');
      await me.yes();
      const again = me.broadcast(...told).nth(1);
      await again.waitFor();
      // Buttons of the first hold are stale by now: whatever is edited from here on is that of the second.
      await me.expectLive({ ...holding, otherThan: await me.live().innerText() });
      await me.live().scrollIntoViewIfNeeded();
      await shot('holding-again');

      await me.press('rollback');
      expect(await me.question()).toMatch(
        /^Roll back us-east-1\?.*Takes us-east-1 back to where this run began: \d+(\.\d)? % to 40 %, guarded and gated, in about \d+ min/s,
      );
      await shot('roll-back-confirm');
      await me.yes();
      await me.expectLive({
        state: /ROLLING BACK: us-east-1 at \d+(\.\d)? % \(was 40 %\)/,
        cause: /Why operator-1 \(slack\) asked to roll it back: /,
        next: /Next (it turns back at|the next step back, if guards|it bakes for 4s|what arrives is verified)/,
        buttons: ['hold', 'stop', 'picture'],
      });
      await me.live().scrollIntoViewIfNeeded();
      await shot('rolling-back');

      await me.expectLive({
        state: /STOPPED \(rolled-back\): us-east-1 at 40 % \(was 40 %\)/,
        cause: /Why back at the base of this run/,
        next: /Next nothing/,
        buttons: [],
        withinMs: WHOLE_RUN_MS,
      });
      await me.flip('degraded-us-west-2', 'off');
      await me.expectShares({ 'us-east-1': 40, 'us-west-2': 35, 'eu-west-1': 25 });
      await me.live().scrollIntoViewIfNeeded();
      await shot('stopped');

      await me.find('app-home').click();
      await me.find('home').getByText('No run is under way.').waitFor();
      await me.find('home').getByText('Nothing: every service is where it belongs.').waitFor();
      await shot('home');
      expect(me.errors).toEqual([]);

      // Ctrl-C ends it, and the page says so.
      const code = await demo.interrupt();
      await me.find('problem').waitFor();
      expect(code).toBe(0);
      expect(await me.find('problem').innerText()).toContain('Is "npm run demo" still running?');
      await shot('ended');
    },
    TEST_MS,
  );

  it(
    'goes on to the end through a hold from a phone and an outage of Slack, and says how to return',
    async () => {
      const album = openAlbum('calm');
      const me = await DemoPage.open(browser, demo.url, DESKTOP);
      const phone = await DemoPage.open(browser, `${demo.url}#as=U0RESPONDER&channel=C0OPS`, PHONE);

      // Neither a guest nor a stranger may even look.
      for (const [user, channel] of [
        ['U0GUEST', 'ops'],
        ['U0STRANGER', 'shared'],
      ] as const) {
        await me.actAs(user);
        await me.goTo(channel);
        await me.type('/steer evacuate us-east-1');
        await me.answer(/steer answers full members of this workspace only\. Nothing was done\./).waitFor();
        await album.take(me.page, `refused-${user.toLowerCase()}`);
      }
      await me.actAs('U0OPERATOR');
      await me.goTo('ops');
      await me.propose('us-east-1', REASON);
      const outsider = await DemoPage.open(browser, `${demo.url}#as=U0GUEST&channel=C0OPS`, DESKTOP);
      await outsider.approve();
      await outsider.answer(/steer answers full members of this workspace only\. Nothing was done\./).waitFor();

      await me.actAs('U0APPROVER');
      await me.live().getByText('WAITING FOR APPROVAL').waitFor();
      await me.approve();
      await me.expectLive({ state: /BAKING out/, cause: /Why step \d (bakes|has baked)/, next: /Next step \d: / });

      // One press on a phone holds, without a question.
      await album.take(phone.page, 'phone-baking');
      await phone.press('hold');
      await phone.expectLive({
        state: /HOLDING out \(person\): us-east-1 at \d+(\.\d)? % \(was 40 %\)/,
        cause: /Why held by responder-1 \(slack\) at \S+: /,
        next: /Next nothing moves until an operator resumes/,
        buttons: ['resume', 'rollback', 'stop', 'picture'],
      });
      expect(await phone.find('confirm').count()).toBe(0);
      await phone.live().scrollIntoViewIfNeeded();
      await album.take(phone.page, 'phone-holding');
      await phone.press('resume');
      await phone.question();
      await album.take(phone.page, 'phone-resume-confirm');
      await phone.yes();
      const refusal = phone.answer(/Refused\. Nothing was done\./, /to resume takes the role operator/);
      await phone.expectInView(refusal);
      await album.take(phone.page, 'phone-resume-refused');
      await phone.find('pane-picture').click();
      await album.take(phone.page, 'phone-world');
      await phone.find('pane-workspace').click();

      await me.actAs('U0OPERATOR');
      await me.find('messages').getByText('HOLDING out (person)').first().waitFor();
      await me.press('resume');
      await me.question();
      await me.yes();
      await me.expectLive({
        state: /(MOVING|BAKING) out/,
        cause: /Why (step \d |writing step \d|guards and gates are judged)/,
        next: /Next (it bakes for 4s|step \d: )/,
        buttons: ['hold', 'rollback', 'stop', 'picture'],
      });

      // Slack is out: the picture goes on while the message stands still, which then catches up.
      const [before = 0] = await me.numbers('us-east-1');
      await me.flip('slack-out', 'BROKEN');
      await me.page.getByText('Bot connections: 0').waitFor();
      const stale = await me.live().innerText();
      await expect
        .poll(async () => (await me.numbers('us-east-1'))[0], { timeout: 60_000, interval: 250 })
        .toBeLessThan(before);
      expect(await me.live().innerText()).toBe(stale);
      await album.take(me.page, 'slack-out');
      await me.flip('slack-out', 'off');
      await me.page.getByText('Bot connections: 2').waitFor({ timeout: 60_000 });
      await expect.poll(() => me.live().innerText(), { timeout: 60_000, interval: 250 }).not.toBe(stale);
      await album.take(me.page, 'slack-back');

      await me.expectLive({
        state: /DONE: us-east-1 evacuated, 40 % → 0 %, \S+.* \(forecast \d+ min\)/,
        cause: /Why proven by the traffic that arrives/,
        next: /Next us-east-1 is still out; to bring traffic home: \/steer restore us-east-1 --reason/,
        buttons: [],
        withinMs: WHOLE_RUN_MS,
      });
      await me.expectShares({ 'us-east-1': 0, 'us-west-2': 58, 'eu-west-1': 42 });
      await me.live().scrollIntoViewIfNeeded();
      await album.take(me.page, 'done');
      await phone.live().scrollIntoViewIfNeeded();
      await album.take(phone.page, 'phone-done');

      // The drawn picture stands in the thread.
      await me.live().getByTestId('open-thread').click();
      const drawn = me.find('thread').getByRole('img', { name: /us-east-1/ });
      await drawn.waitFor({ timeout: 60_000 });
      expect(await drawn.evaluate((image) => image.clientWidth)).toBeGreaterThan(100);
      await album.take(me.page, 'thread-with-picture');
      await me.find('close-thread').click();

      await me.type('/steer restore us-east-1');
      const back = me.answer(/PLAN: restore us-east-1/);
      await me.expectInView(back.getByTestId('action-steer.start'));
      expect(await back.innerText()).toMatch(/us-east-1 0 % → 40 %/);
      await album.take(me.page, 'restore-offered');
      for (const { errors } of [me, phone, outsider]) expect(errors).toEqual([]);
    },
    TEST_MS,
  );
});
