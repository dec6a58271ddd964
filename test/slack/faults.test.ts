import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LiveHouse, openLiveHouse } from './support/live-house.ts';

const [OPERATOR, RESPONDER, APPROVER] = ['U0OPERATOR', 'U0RESPONDER', 'U0APPROVER'] as const;
const OPS = 'C0OPS';
const WHY = 'errors in us-east-1 rise';

let house: LiveHouse;

const propose = async (): Promise<string> => {
  await house.workspace.command(OPERATOR, OPS, 'evacuate us-east-1');
  await house.press(OPERATOR, await house.sees(OPERATOR, 'steer.start'), 'steer.start');
  await house.send(OPERATOR, await house.modal(OPERATOR, 'Type us-east-1'), { word: 'us-east-1', reason: WHY });
  await house.modal(OPERATOR, 'Proposed as run_');
  return (await house.desk.model.runs())[0]?.run ?? '';
};

const typesOf = async (run: string): Promise<readonly string[]> =>
  (await house.desk.deps.journal.read(`run/${run}`, 0)).map(({ type }) => type);

const sockets = (count: number): Promise<void> =>
  vi.waitFor(
    () => {
      expect(house.workspace.sockets()).toBe(count);
    },
    { timeout: 15_000, interval: 50 },
  );

beforeEach(async () => {
  house = await openLiveHouse('socket');
});

afterEach(async () => {
  const ours = house.log.filter(({ level, fields }) => level === 'error' && fields['event'] !== 'slack.library');
  expect(ours).toEqual([]);
  await house.close();
});

describe('faults of Slack', () => {
  it('every payload twice: one run, one approval, one hold', async () => {
    house.workspace.faults.duplicate(100);
    const run = await propose();
    await house.workspace.command(APPROVER, OPS, `approve ${run}`);
    await house.press(APPROVER, await house.sees(APPROVER, 'steer.approve'), 'steer.approve');
    await house.sees(APPROVER, `Approved ${run}`);

    await house.workspace.command(RESPONDER, OPS, 'hold');
    await house.sees(RESPONDER, `Held ${run}`);

    expect(await house.desk.model.runs()).toHaveLength(1);
    expect(await typesOf(run)).toEqual(['run.proposed', 'approval.given', 'hold.asked']);
  });

  it('a refresh of one socket is no gap: the other serves', async () => {
    const run = await propose();
    house.workspace.faults.refresh();

    const acted = await house.workspace.command(RESPONDER, OPS, 'hold');
    await house.sees(RESPONDER, `Held ${run}`);

    expect(acted.problem).toBeNull();
    await sockets(2);
  });

  it('rule 10: sockets cut, and an outage: it is back by itself, and what was held meanwhile is shown as it is', async () => {
    const run = await propose();
    house.workspace.faults.outage(true);
    house.workspace.faults.dropSockets();
    const lost = await house.workspace.command(RESPONDER, OPS, 'hold');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    house.workspace.faults.outage(false);
    await sockets(2);

    await house.workspace.command(RESPONDER, OPS, 'hold');
    await house.sees(RESPONDER, `Held ${run}`);

    expect(lost.problem).not.toBeNull();
    expect(await typesOf(run)).toEqual(['run.proposed', 'hold.asked']);
  });

  it('a limited views.open is told at once, and delays nobody else', async () => {
    await house.workspace.command(OPERATOR, OPS, 'evacuate us-east-1');
    const plan = await house.sees(OPERATOR, 'steer.start');
    house.workspace.faults.rateLimit('views.open', 1, 30);

    await house.press(OPERATOR, plan, 'steer.start');
    await house.sees(OPERATOR, 'click again');
    const acted = await house.workspace.openHome(RESPONDER);
    await vi.waitFor(() => expect(house.workspace.home(RESPONDER)).not.toBeNull());

    expect(acted.problem).toBeNull();
  });

  it('blocks that Slack does not take cost the decoration, not the answer', async () => {
    house.workspace.faults.fail('chat.postEphemeral', 1, 'invalid_blocks');

    await house.workspace.say(RESPONDER, OPS, '<@U0STEER> status');
    const answer = await house.sees(RESPONDER, 'model: status');

    expect(answer.blocks).toEqual([]);
  });

  it('fifty commands at once are all acknowledged and answered', async () => {
    const people = [OPERATOR, RESPONDER, APPROVER, 'U0ADMIN', 'U0VIEWER'] as const;
    const commands = Array.from({ length: 50 }, (_, i) => people[i % people.length] ?? OPERATOR);

    const acted = await Promise.all(commands.map((user) => house.workspace.command(user, OPS, 'status')));
    await vi.waitFor(
      () => {
        const told = people.flatMap((user) => house.workspace.messages(user, OPS));
        expect(told).toHaveLength(50);
      },
      { timeout: 10_000, interval: 50 },
    );

    expect(acted.filter(({ problem }) => problem !== null)).toEqual([]);
  });
});
