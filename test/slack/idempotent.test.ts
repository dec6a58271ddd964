import { describe, expect, it } from 'vitest';
import { Seen } from '../../src/slack/seen.ts';
import { desk } from '../operations/arrange.ts';
import { buttonIn, filled, type House, lastTold, OPS, openHouse, propose, runButton, USERS } from './support/house.ts';
import { TEAM } from './support/slack-api.ts';

const commandBody = (text: string, user: string = USERS.responder): Record<string, unknown> => ({
  command: '/steer',
  text,
  user_id: user,
  team_id: TEAM,
  channel_id: OPS,
  api_app_id: 'A0STEER',
  trigger_id: 'trigger-once',
  response_url: 'http://127.0.0.1:9/response/once',
});

const countOf = async (house: House, type: string): Promise<number> =>
  (await house.types()).filter((one) => one === type).length;

describe('duplicates', () => {
  it('of an envelope are acknowledged and do nothing', async () => {
    const house = await openHouse();
    await propose(house);
    const body = commandBody('hold');

    const first = await house.send(body, { deliveryKey: 'envelope-once' });
    const second = await house.send({ ...body, trigger_id: 'another' }, { deliveryKey: 'envelope-once' });

    expect([first, second]).toEqual(['', '']);
    expect(await countOf(house, 'hold.asked')).toBe(1);
  });

  it('of a question are answered once, and need no journal for it', async () => {
    const house = await openHouse();

    await house.send(commandBody('whoami'), { deliveryKey: 'one' });
    await house.send(commandBody('whoami'), { deliveryKey: 'one' });

    expect(house.api.told()).toHaveLength(1);
    expect(await house.desk.deps.journal.read('slack', 0)).toEqual([]);
  });

  it('of a command are known by its trigger, whatever brought them', async () => {
    const house = await openHouse();
    await propose(house);

    await house.send(commandBody('hold'), { deliveryKey: 'one' });
    await house.send(commandBody('hold'), { deliveryKey: 'two' });

    expect(await countOf(house, 'hold.asked')).toBe(1);
  });

  it('do nothing after a restart either: what changed something was written down', async () => {
    const house = await openHouse();
    const run = await propose(house);
    const body = commandBody(`deny ${run}`, USERS.approver);
    await house.send(body, { deliveryKey: 'one' });
    const seen = new Seen(house.desk.deps);

    const again = await seen.claim(['command trigger-once']);

    expect(again).toBe(false);
  });

  it('keep no word of Slack in the journal: keys are digests', async () => {
    const house = await openHouse();
    await propose(house);

    await house.send(commandBody('hold'), { deliveryKey: 'envelope-once' });

    const events = await house.desk.deps.journal.read('slack', 0);
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toMatch(/trigger-once|envelope-once|xoxb/);
  });

  it('of a modal propose one run', async () => {
    const house = await openHouse();
    await house.command(USERS.operator, 'evacuate us-east-1');
    await house.click(USERS.operator, 'steer.start', buttonIn(house, 'steer.start'));
    const { id, metadata } = house.api.modal();
    const view = {
      id,
      hash: '1.same',
      type: 'modal',
      callback_id: 'steer.confirm',
      private_metadata: metadata,
      state: { values: filled('us-east-1', 'errors in us-east-1 rise') },
    };

    await Promise.all([
      house.submit(USERS.operator, {}, view),
      house.submit(USERS.operator, {}, view),
      house.submit(USERS.operator, {}, view),
    ]);

    expect(await house.runs()).toHaveLength(1);
  });

  it('of a click open one modal', async () => {
    const house = await openHouse();
    await house.command(USERS.operator, 'evacuate us-east-1');
    const value = buttonIn(house, 'steer.start');

    await house.click(USERS.operator, 'steer.start', value);
    await house.click(USERS.operator, 'steer.start', value);

    expect(house.api.of('views.open')).toHaveLength(1);
  });

  it('rule 4: two processes of the bot that hear the same do it once', async () => {
    const made = await desk();
    const [first, second] = [new Seen(made.deps), new Seen(made.deps)];

    const claims = await Promise.all([first.claim(['a', 'b']), second.claim(['b', 'c'])]);

    expect(claims.toSorted()).toEqual([false, true]);
  });
});

describe('buttons', () => {
  it('that two people press at once: one wins, the other is told who', async () => {
    const house = await openHouse();
    const run = await propose(house);
    await house.click(USERS.responder, 'steer.hold', await runButton(house, run));
    const value = await runButton(house, run);

    await Promise.all([
      house.click(USERS.operator, 'steer.resume', value),
      house.click(USERS.operator2, 'steer.resume', value),
    ]);

    const told = house.api.told().slice(-2).join(' ');
    expect(await countOf(house, 'resume.asked')).toBe(1);
    expect(told).toContain('Resumed');
    expect(told).toMatch(/resumed by operator-[12]/);
  });

  it('from before a change are refused, with what changed and by whom', async () => {
    const house = await openHouse();
    const run = await propose(house);
    const old = await runButton(house, run);
    await house.click(USERS.responder, 'steer.hold', old);

    await house.click(USERS.approver, 'steer.approve', old);

    expect(lastTold(house)).toContain('held by responder-1');
    expect(await countOf(house, 'approval.given')).toBe(0);
  });

  it('with a value that is not of this bot do nothing', async () => {
    const house = await openHouse();
    await propose(house);

    for (const value of ['', '{}', 'null', '[]', '{"run":"run_1"}', '{"run":"../x","rev":1,"digest":""}']) {
      await house.click(USERS.approver, 'steer.approve', value);
      await house.click(USERS.operator, 'steer.start', value);
      await house.click(USERS.responder, 'steer.hold', value);
    }

    expect((await house.types()).at(-1)).toBe('run.proposed');
    expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('times', () => {
  it.each([
    ['an hour from now', 3600],
    ['an hour ago', -3600],
    ['a little more than five minutes from now', 301],
  ])('a request that was signed %s is dropped', async (_, seconds) => {
    const house = await openHouse();
    await propose(house);
    const sentAtSeconds = house.desk.clock.now() / 1000 + seconds;

    const answer = await house.send(commandBody('hold'), { deliveryKey: 'x', sentAtSeconds });

    expect(answer).toBe('');
    expect(await countOf(house, 'hold.asked')).toBe(0);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'a request that was signed at %s is dropped',
    async (sentAtSeconds) => {
      const house = await openHouse();

      await house.send(commandBody('status'), { deliveryKey: 'x', sentAtSeconds });

      expect(house.api.calls).toEqual([]);
    },
  );
});
