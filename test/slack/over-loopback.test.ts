import { afterEach, describe, expect, it } from 'vitest';
import { type LiveHouse, openLiveHouse } from './support/live-house.ts';

const [OPERATOR, APPROVER, RESPONDER, GUEST] = ['U0OPERATOR', 'U0APPROVER', 'U0RESPONDER', 'U0GUEST'];
const OPS = 'C0OPS';
const WHY = 'errors in us-east-1 rise';

let house: LiveHouse | undefined;

afterEach(async () => {
  await house?.close();
  house = undefined;
});

describe.each(['socket', 'http'] as const)('real Bolt over %s', (transport) => {
  it('carries the whole conversation', async () => {
    house = await openLiveHouse(transport);
    const { workspace, desk } = house;
    const say = (user: string, text: string) => workspace.command(user, OPS, text);

    const asked = await say(OPERATOR, 'evacuate us-east-1');
    const plan = await house.sees(OPERATOR, 'steer.start');
    await house.press(OPERATOR, plan, 'steer.start');
    const form = await house.modal(OPERATOR, 'Type us-east-1');
    await house.send(OPERATOR, form, { word: 'us-east1', reason: WHY });
    const wrong = workspace.modals(OPERATOR).at(-1)?.errors;
    await house.send(OPERATOR, form, { word: 'us-east-1', reason: WHY });
    await house.modal(OPERATOR, 'Proposed as run_');
    const [proposed] = await desk.model.runs();
    const run = proposed?.run ?? '';
    await say(OPERATOR, `approve ${run}`);
    await house.sees(OPERATOR, 'takes the role approver');
    await say(APPROVER, `approve ${run}`);
    await house.press(APPROVER, await house.sees(APPROVER, 'steer.approve'), 'steer.approve');
    await house.sees(APPROVER, `Approved ${run}`);
    if (proposed !== undefined)
      await desk.model.ask(proposed.run, { type: 'run.started', data: { epoch: 1, factsDigest: 'facts' } });
    await say(RESPONDER, 'hold');
    await house.sees(RESPONDER, `Held ${run}`);
    await say(OPERATOR, 'resume');
    await house.press(OPERATOR, await house.sees(OPERATOR, 'steer.resume'), 'steer.resume');
    await house.sees(OPERATOR, `Resumed ${run}`);
    await say(OPERATOR, 'rollback');
    // The message from before the resume has the button as well, and would be refused as stale.
    await house.press(OPERATOR, await house.sees(OPERATOR, '"steer.hold"'), 'steer.rollback');
    await house.sees(OPERATOR, `Rolling back ${run}`);

    const events = await desk.deps.journal.read(`run/${run}`, 0);
    expect(asked.problem).toBeNull();
    expect(asked.acknowledgedMs).toBeLessThan(1000);
    expect(wrong).toMatchObject({ word: 'Type us-east-1 exactly. You typed us-east1.' });
    expect(events.map(({ type }) => type)).toEqual([
      'run.proposed',
      'approval.given',
      'run.started',
      'hold.asked',
      'resume.asked',
      'rollback.asked',
    ]);
    expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('rule 13: tells a guest nothing', async () => {
    house = await openLiveHouse(transport);

    await house.workspace.command(GUEST ?? '', OPS, 'status');
    const answer = await house.sees(GUEST ?? '', 'Guests');

    expect(answer.ephemeralTo).toBe(GUEST);
    expect(JSON.stringify(house.workspace.messages(GUEST ?? '', OPS))).not.toContain('us-west-2');
  });
});
