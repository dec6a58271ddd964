import { describe, expect, it } from 'vitest';
import { essenceOf } from '../../src/operations/essence.ts';
import { planMove } from '../../src/operations/propose-move.ts';
import { granted, move } from '../operations/arrange.ts';
import { filled, type House, openHouse, runButton, USERS } from './support/house.ts';

const WHY = 'errors in us-east-1 rise';

const startValue = async ({ desk }: House): Promise<string> => {
  const asker = { presented: { door: 'sandbox', user: 'operator-1' }, door: 'cli', proof: null } as const;
  const m = move({ because: '' });
  const { envelope } = granted(await planMove(desk.deps, asker, m));
  if (envelope === null) throw new Error('no plan');
  return JSON.stringify({ m, e: essenceOf(envelope, desk.deps.hash) });
};

const proposedRun = async (house: House) => {
  await house.click(USERS.operator, 'steer.start', await startValue(house));
  await house.submit(USERS.operator, filled('us-east-1', WHY));
  const [run] = await house.runs();
  if (run === undefined)
    throw new Error(`nothing was proposed: ${house.api.modal().text} ${JSON.stringify(house.log)}`);
  return run.run;
};

describe('the conversation', () => {
  it('goes from a typed evacuation to a run that waits for another person', async () => {
    const house = await openHouse();

    const first = await house.command(USERS.operator, 'evacuate us-east-1');
    const before = await house.runs();
    const run = await proposedRun(house);

    expect(first).toMatchObject({ response_type: 'ephemeral' });
    expect(before).toEqual([]);
    expect((await house.desk.model.run(run)).stage).toBe('waiting');
    expect((await house.desk.model.run(run)).envelope.request.because).toBe(WHY);
  });

  it('rule 12: the asker cannot approve, another person with the role can', async () => {
    const house = await openHouse();
    const run = await proposedRun(house);

    await house.click(USERS.operator, 'steer.approve', await runButton(house, run));
    const byAsker = (await house.desk.model.run(run)).stage;
    await house.click(USERS.approver, 'steer.approve', await runButton(house, run));

    expect(byAsker).toBe('waiting');
    expect((await house.desk.model.run(run)).approval).toMatchObject({ by: 'approver-1', door: 'slack' });
  });

  it('rule 10: a responder holds by one click, also by a button from before, and an operator resumes and rolls back', async () => {
    const house = await openHouse();
    const run = await proposedRun(house);
    const old = await runButton(house, run);
    await house.click(USERS.approver, 'steer.approve', await runButton(house, run));

    await house.click(USERS.responder, 'steer.hold', old);
    const held = await house.desk.model.run(run);
    await house.click(USERS.responder, 'steer.resume', await runButton(house, run));
    const stillHeld = await house.desk.model.run(run);
    await house.click(USERS.operator, 'steer.resume', await runButton(house, run));
    const resumed = await house.desk.model.run(run);
    await house.click(USERS.operator, 'steer.rollback', await runButton(house, run));

    expect(held.personHold).toMatchObject({ by: 'responder-1', door: 'slack' });
    expect(stillHeld.personHold).not.toBeNull();
    expect(resumed.personHold).toBeNull();
    expect(await house.types()).toContain('rollback.asked');
  });
});
