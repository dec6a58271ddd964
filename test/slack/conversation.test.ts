import { describe, expect, it } from 'vitest';
import { buttonIn, filled, lastTold, openHouse, propose, runButton, USERS } from './support/house.ts';

describe('the conversation', () => {
  it('goes from a typed evacuation over a plan and a wrong word to a run that waits for another person', async () => {
    const house = await openHouse();

    const first = await house.command(USERS.operator, 'evacuate us-east-1');
    await house.click(USERS.operator, 'steer.start', buttonIn(house, 'steer.start'));
    const wrong = await house.submit(USERS.operator, filled('us-east1', 'short'));
    const before = await house.runs();
    const right = await house.submit(USERS.operator, filled('us-east-1', 'errors in us-east-1 rise'));
    const [run] = await house.runs();

    expect(first).toMatchObject({ response_type: 'ephemeral', text: expect.stringContaining('Nothing changes yet') });
    expect(wrong).toEqual({
      response_action: 'errors',
      errors: {
        word: 'Type us-east-1 exactly. You typed us-east1.',
        reason: 'At least 10 characters, for whoever reads the log.',
      },
    });
    expect(before).toEqual([]);
    expect(right).toMatchObject({ response_action: 'update' });
    expect(run).toMatchObject({ stage: 'waiting', proposed: { by: 'operator-1', door: 'slack' } });
    expect(run?.envelope.request.because).toBe('errors in us-east-1 rise');
    expect(house.api.modal().text).toContain(`Proposed as ${run?.run}`);
  });

  it('rule 12: the asker cannot approve; another person with the role can, and the plan that he saw is bound', async () => {
    const house = await openHouse();
    const run = await propose(house);

    await house.click(USERS.operator, 'steer.approve', await runButton(house, run));
    const toAsker = lastTold(house);
    const forged = JSON.parse(await runButton(house, run)) as Record<string, unknown>;
    await house.click(USERS.approver, 'steer.approve', JSON.stringify({ ...forged, digest: 'f'.repeat(64) }));
    const toForger = lastTold(house);
    await house.click(USERS.approver, 'steer.approve', await runButton(house, run));

    expect(toAsker).toContain('takes the role approver');
    expect(toForger).toContain('has the digest');
    expect((await house.desk.model.run(run)).approval).toMatchObject({ by: 'approver-1', door: 'slack' });
    expect((await house.types()).filter((type) => type === 'approval.given')).toHaveLength(1);
  });

  it('rule 12: an admin who asked is one person, and cannot approve his own plan', async () => {
    const house = await openHouse();
    await house.command(USERS.admin, 'evacuate us-east-1');
    await house.click(USERS.admin, 'steer.start', buttonIn(house, 'steer.start'));
    await house.submit(USERS.admin, filled('us-east-1', 'errors in us-east-1 rise'));
    const [run] = await house.runs();
    if (run === undefined) throw new Error('not proposed');

    await house.click(USERS.admin, 'steer.approve', await runButton(house, run.run));

    expect(lastTold(house)).toContain('another person must approve');
    expect((await house.desk.model.run(run.run)).stage).toBe('waiting');
  });

  it('rule 10: a responder holds by one click, and only an operator resumes and rolls back', async () => {
    const house = await openHouse();
    const run = await propose(house);
    await house.click(USERS.approver, 'steer.approve', await runButton(house, run));

    await house.click(USERS.responder, 'steer.hold', await runButton(house, run));
    const held = await house.desk.model.run(run);
    await house.click(USERS.responder, 'steer.resume', await runButton(house, run));
    const stillHeld = await house.desk.model.run(run);
    await house.click(USERS.operator, 'steer.resume', await runButton(house, run));
    const resumed = await house.desk.model.run(run);
    await house.click(USERS.operator, 'steer.rollback', await runButton(house, run));

    expect(held.personHold).toMatchObject({ by: 'responder-1', door: 'slack' });
    expect(stillHeld.personHold).not.toBeNull();
    expect(resumed.personHold).toBeNull();
    expect((await house.types()).at(-1)).toBe('rollback.asked');
  });

  it('shows a plan without a button, and takes a discarded one away', async () => {
    const house = await openHouse();

    await house.command(USERS.responder, 'plan evacuate us-east-1');
    const shown = lastTold(house);
    await house.command(USERS.operator, 'evacuate us-east-1');
    await house.click(USERS.operator, 'steer.discard', '');

    expect(shown).toContain('PLAN');
    expect(shown).not.toContain('steer.start');
    expect(house.api.of('response_url').at(-1)?.args).toEqual({ delete_original: true });
    expect(await house.runs()).toEqual([]);
  });

  it.each(['status', 'whoami', 'help', 'help shift', 'history', 'drill list', 'status us-east-1'])(
    'answers %s to whoever may look',
    async (text) => {
      const house = await openHouse();

      const first = await house.command(USERS.viewer, text);

      expect(first).toBe('');
      expect(house.api.told()).toHaveLength(1);
      expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );

  it('shows a run, and its report as text', async () => {
    const house = await openHouse();
    const run = await propose(house);

    await house.command(USERS.viewer, `show ${run}`);
    const shown = lastTold(house);
    await house.command(USERS.viewer, `report ${run}`);

    expect(shown).toContain('WAITING FOR APPROVAL');
    expect(lastTold(house)).toContain('markdown of 1 events');
  });

  it('has a run drawn for whoever may look', async () => {
    const house = await openHouse();
    const run = await propose(house);

    await house.click(USERS.viewer, 'steer.picture', await runButton(house, run));

    const asked = (await house.desk.deps.journal.read('slack', 0)).filter(({ type }) => type === 'slack.picture-asked');
    expect(asked.map(({ data }) => data)).toEqual([{ run }]);
  });

  it('publishes the home of whoever opens it', async () => {
    const house = await openHouse();

    await house.send({
      type: 'event_callback',
      team_id: 'T0HOME',
      api_app_id: 'A0STEER',
      event_id: 'Ev1',
      event: { type: 'app_home_opened', user: USERS.viewer, channel: 'D0DIRECT', tab: 'home' },
    });

    expect(house.api.of('views.publish')).toHaveLength(1);
    expect(JSON.stringify(house.api.of('views.publish'))).toContain('us-west-2');
  });

  it('freezes and unfreezes by an admin, each after one more question', async () => {
    const house = await openHouse();

    await house.command(USERS.admin, 'freeze --reason "Christmas is near"');
    const before = await house.types();
    await house.click(USERS.admin, 'steer.freeze', buttonIn(house, 'steer.freeze'));
    await house.click(USERS.operator, 'steer.unfreeze', JSON.stringify({ because: 'no more', forMs: null }));
    const after = await house.types();
    await house.command(USERS.admin, 'unfreeze --reason "it is over"');
    await house.click(USERS.admin, 'steer.unfreeze', buttonIn(house, 'steer.unfreeze'));

    expect(before).not.toContain('freeze.set');
    expect(after.at(-1)).toBe('freeze.set');
    expect((await house.types()).at(-1)).toBe('freeze.lifted');
  });
});
