import { describe, expect, it } from 'vitest';
import { base32, oneTimeCode } from '../../src/access/totp.ts';
import { hmac, SECRET } from '../operations/arrange.ts';
import { buttonIn, filled, type House, lastTold, openHouse, propose, runButton, USERS } from './support/house.ts';

const WHY = 'errors in us-east-1 rise';
const LONGER = 'errors in us-east-1 rise, and us-west-2 has room enough';

const opened = async (house: House, user: string, action = 'steer.start'): Promise<void> => {
  await house.command(user, 'evacuate us-east-1');
  await house.click(user, action, buttonIn(house, action));
};

const codeNow = (house: House): string =>
  oneTimeCode(base32(SECRET) ?? new Uint8Array(), Math.floor(house.desk.clock.now() / 30_000), hmac);

/** Somebody else changes the record of us-west-2 at the vendor. */
const reweigh = ({ desk }: House, weight: number): void => {
  const key = { name: 'n0.checkout.example.com.', type: 'A', member: 'm-us-west-2' };
  const rest = { ttlSeconds: 60, healthCheck: null, value: '192.0.2.9', extra: null };
  desk.model.vendor.edit('zone-0', key, { ...key, ...rest, weight });
};

const code = (digits: string) => ({ code: { digits: { type: 'plain_text_input', value: digits } } });

describe('the confirmation', () => {
  it('stands for the plan that was shown: where it is another by now, nothing is proposed and the new one is shown', async () => {
    const house = await openHouse();
    await opened(house, USERS.operator);
    reweigh(house, 40);

    await house.submit(USERS.operator, filled('us-east-1', WHY));
    const first = await house.runs();
    const shown = house.api.modal();
    await house.submit(USERS.operator, filled('us-east-1', WHY));

    expect(first).toEqual([]);
    expect(shown.text).toContain('The plan has changed while you read it');
    expect(await house.runs()).toHaveLength(1);
  });

  it('is the same plan while only what is measured drifts', async () => {
    const house = await openHouse();
    await opened(house, USERS.operator);
    house.desk.model.world.demand *= 1.02;
    await house.desk.clock.advance(60_000);

    await house.submit(USERS.operator, filled('us-east-1', WHY));

    expect(await house.runs()).toHaveLength(1);
  });

  it('says in the modal why a plan that was possible is refused now', async () => {
    const house = await openHouse();
    await opened(house, USERS.operator);
    house.desk.model.world.demand = 5000;

    await house.submit(USERS.operator, filled('us-east-1', WHY));

    expect(house.api.modal().text).toContain('Not proposed');
    expect(await house.runs()).toEqual([]);
  });

  it('opens before anything is asked or read, because a trigger lives three seconds', async () => {
    const house = await openHouse();
    await house.command(USERS.operator, 'evacuate us-east-1');
    const value = buttonIn(house, 'steer.start');
    house.api.calls.length = 0;

    await house.click(USERS.operator, 'steer.start', value);

    expect(house.api.calls[0]?.method).toBe('views.open');
    expect(JSON.stringify(house.api.calls[0]?.args)).toContain('making the plan anew');
  });

  it('says so where Slack does not open it', async () => {
    const house = await openHouse();
    await house.command(USERS.operator, 'evacuate us-east-1');
    house.api.failing.set('views.open', 'expired_trigger_id');

    await house.click(USERS.operator, 'steer.start', buttonIn(house, 'steer.start'));

    expect(lastTold(house)).toContain('click again');
  });

  it('is not for somebody who may not start, whatever button he got hold of', async () => {
    const house = await openHouse();
    await house.command(USERS.operator, 'evacuate us-east-1');

    await house.click(USERS.responder, 'steer.start', buttonIn(house, 'steer.start'));
    const shown = house.api.modal().text;
    await house.submit(USERS.responder, filled('us-east-1', WHY));

    expect(shown).toContain('takes the role operator');
    expect(await house.runs()).toEqual([]);
  });

  it('with metadata that is not of this bot is closed', async () => {
    const house = await openHouse();

    const answer = await house.submit(USERS.operator, filled('us-east-1', WHY), { private_metadata: '{"m":{}}' });

    expect(answer).toEqual({ response_action: 'clear' });
  });
});

describe('break-glass', () => {
  const crowded = async () => {
    const house = await openHouse();
    house.desk.model.world.demand = 2100;
    return house;
  };

  it('rule 12: is offered to an admin only', async () => {
    const house = await crowded();

    await house.command(USERS.operator, 'evacuate us-east-1');
    const toOperator = lastTold(house);
    await house.command(USERS.admin, 'evacuate us-east-1');

    expect(toOperator).toContain('headroom');
    expect(toOperator).not.toContain('steer.break-glass');
    expect(lastTold(house)).toContain('steer.break-glass');
  });

  it('rule 12: names the rules, wants a longer reason, shows the plan under them, and still needs a second person', async () => {
    const house = await crowded();
    await opened(house, USERS.admin, 'steer.break-glass');
    const ticked = {
      overrides: { codes: { type: 'checkboxes', selected_options: [{ value: 'headroom' }] } },
    };

    const short = await house.submit(USERS.admin, filled('us-east-1', 'too short', ticked));
    await house.submit(USERS.admin, filled('us-east-1', LONGER, ticked));
    const afterTicking = await house.runs();
    const shown = house.api.modal().text;
    await house.submit(USERS.admin, filled('us-east-1', LONGER, ticked));
    const [run] = await house.runs();
    if (run === undefined) throw new Error(house.api.modal().text);
    await house.click(USERS.admin, 'steer.approve', await runButton(house, run.run));

    expect(short).toMatchObject({ errors: { reason: expect.stringContaining('At least 20') } });
    expect(afterTicking).toEqual([]);
    expect(shown).toContain('set aside');
    expect(run.envelope.overrides).toMatchObject([{ code: 'headroom', because: LONGER }]);
    expect((await house.desk.model.run(run.run)).stage).toBe('waiting');
  });
});

describe('the second factor', () => {
  const strict = () => openHouse({ slack: { secondFactor: ['start', 'approve', 'break-glass'] } });

  it('starts only with the right code, once', async () => {
    const house = await strict();
    await opened(house, USERS.operator);

    const none = await house.submit(USERS.operator, filled('us-east-1', WHY));
    const before = house.api.modal();
    await house.submit(USERS.operator, filled('us-east-1', WHY, code('000000')));
    const wrong = house.api.modal().text;
    const view = { private_metadata: before.metadata };
    await house.submit(USERS.operator, filled('us-east-1', WHY, code(codeNow(house))), view);
    const right = await house.runs();
    await house.submit(USERS.operator, filled('us-east-1', WHY, code(codeNow(house))), view);

    expect(none).toMatchObject({ response_action: 'errors', errors: { code: expect.stringContaining('six digits') } });
    expect(wrong).toContain('one-time code');
    expect(right).toHaveLength(1);
    expect(await house.runs()).toHaveLength(1);
  });

  it('rule 12: approves only with the code of the one who approves', async () => {
    const house = await strict();
    await opened(house, USERS.operator);
    await house.submit(USERS.operator, filled('us-east-1', WHY, code(codeNow(house))));
    const [run] = await house.runs();
    if (run === undefined) throw new Error(house.api.modal().text);
    const view = { callback_id: 'steer.code' };

    await house.click(USERS.approver, 'steer.approve', await runButton(house, run.run));
    const asked = house.api.modal().text;
    const { metadata } = house.api.modal();
    const typed = { ...view, private_metadata: metadata };
    await house.submit(USERS.approver, code('000000'), typed);
    const afterWrong = (await house.desk.model.run(run.run)).stage;
    await house.submit(USERS.approver, code(codeNow(house)), typed);

    expect(asked).toContain('one-time code');
    expect(afterWrong).toBe('waiting');
    expect((await house.desk.model.run(run.run)).approval).toMatchObject({ by: 'approver-1' });
  });

  it('rule 10: is never asked for a hold', async () => {
    const house = await openHouse({ slack: { secondFactor: ['approve'] } });
    const run = await propose(house);

    await house.click(USERS.responder, 'steer.hold', await runButton(house, run));

    expect((await house.desk.model.run(run)).personHold).toMatchObject({ by: 'responder-1' });
  });
});
