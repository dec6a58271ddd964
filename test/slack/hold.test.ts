import { describe, expect, it } from 'vitest';
import { FLEET_STREAM } from '../../src/run/events.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { DIRECT, ELSEWHERE, lastTold, OPS, openHouse, propose, runButton, USERS } from './support/house.ts';

const heldBy = async (house: Awaited<ReturnType<typeof openHouse>>): Promise<string | undefined> =>
  (await house.runs())[0]?.personHold?.by;

describe('hold from Slack', () => {
  it.each([
    ['the channel of operations', OPS],
    ['any other channel', ELSEWHERE],
    ['a direct message', DIRECT],
  ])('rule 10: works by one word from %s', async (_, channel) => {
    const house = await openHouse();
    await propose(house);

    await house.command(USERS.responder, 'hold', channel);

    expect(await heldBy(house)).toBe('responder-1');
    expect(lastTold(house)).toContain('Held run_');
  });

  it('rule 10: works in a channel that is shared with others', async () => {
    const house = await openHouse();
    await propose(house);
    house.api.shared.add(OPS);

    await house.command(USERS.responder, 'pause');

    expect(await heldBy(house)).toBe('responder-1');
  });

  it('rule 10: works while every call to Slack fails', async () => {
    const house = await openHouse();
    const run = await propose(house);
    house.api.failing.set('*', 'internal_error');

    await house.click(USERS.responder, 'steer.hold', await runButton(house, run));

    expect(await heldBy(house)).toBe('responder-1');
  });

  it('rule 10: works while Slack does not answer at all, within a second', async () => {
    const house = await openHouse();
    const run = await propose(house);
    await house.desk.clock.advance(20 * 60_000);
    house.api.failing.set('users.info', 'hang');
    house.api.failing.set('usergroups.users.list', 'hang');

    const holding = house.click(USERS.responder, 'steer.hold', await runButton(house, run));
    await house.desk.clock.untilSleeping();
    await house.desk.clock.advance(1000);
    await holding;

    expect(await heldBy(house)).toBe('responder-1');
  });

  it('rule 10: works for a member of a user group whose membership nobody can tell', async () => {
    const house = await openHouse();
    await propose(house);
    house.api.failing.set('usergroups.users.list', 'internal_error');

    await house.command(USERS.grouped, 'hold');

    expect(await heldBy(house)).toBe(`slack:T0HOME/${USERS.grouped}`);
  });

  it('rule 10: works while the config in force cannot be read', async () => {
    const house = await openHouse();
    await propose(house);
    const fleet = await loadFleet(house.desk.deps.journal);
    await house.desk.deps.journal.append({
      stream: FLEET_STREAM,
      expectedVersion: fleet.fleetVersion,
      events: [
        {
          type: 'config.accepted',
          data: { config: 'unreadable', digest: 'x', by: null, second: null, changes: [] },
        },
      ],
    });

    await house.command(USERS.responder, 'hold');

    expect(await heldBy(house)).toBe(`unchecked:slack:${USERS.responder}`);
  });

  it('rule 10: is never counted, whatever its channel has used up', async () => {
    const house = await openHouse({ parts: { limits: { plansByUser: 2, plansByChannel: 2, looksByUser: 1 } } });
    await propose(house);
    await house.command(USERS.responder, 'status');
    await house.command(USERS.responder, 'status');
    const refused = lastTold(house);

    await house.command(USERS.responder, 'hold');

    expect(refused).toContain('Too many questions');
    expect(await heldBy(house)).toBe('responder-1');
  });

  it('rule 10: works by a button of long ago, and a double click is one hold', async () => {
    const house = await openHouse();
    const run = await propose(house);
    const old = await runButton(house, run);
    await house.click(USERS.approver, 'steer.approve', old);

    await house.click(USERS.responder, 'steer.hold', old);
    await house.click(USERS.responder, 'steer.hold', old);

    expect((await house.types()).filter((type) => type === 'hold.asked')).toHaveLength(1);
  });

  it('rule 10: takes a second click at once when somebody has resumed in between', async () => {
    const house = await openHouse();
    const run = await propose(house);
    const old = await runButton(house, run);
    await house.click(USERS.responder, 'steer.hold', old);
    await house.click(USERS.operator, 'steer.resume', await runButton(house, run));

    await house.click(USERS.responder, 'steer.hold', old);

    expect(await heldBy(house)).toBe('responder-1');
  });

  it('is refused to somebody whom the config knows as nobody', async () => {
    const house = await openHouse();
    await propose(house);

    await house.command(USERS.viewer, 'hold');

    expect(await heldBy(house)).toBeUndefined();
    expect(lastTold(house)).toContain('responder');
  });

  it('takes a mention in a thread, and nothing else that changes something', async () => {
    const house = await openHouse();
    const run = await propose(house);
    const mention = (text: string, id: string) =>
      house.send({
        type: 'event_callback',
        team_id: 'T0HOME',
        api_app_id: 'A0STEER',
        event_id: id,
        event: { type: 'app_mention', user: USERS.approver, channel: OPS, ts: '2.2', thread_ts: '1.1', text },
      });

    await mention(`<@U0STEER> deny ${run}`, 'Ev1');
    const refused = lastTold(house);
    await mention('<@U0STEER> hold', 'Ev2');

    expect(refused).toContain('In a message I answer questions and hold');
    expect(house.api.of('chat.postEphemeral').at(-1)?.args).toMatchObject({ thread_ts: '1.1', channel: OPS });
    expect((await house.types()).slice(-2)).toEqual(['run.proposed', 'hold.asked']);
  });
});
