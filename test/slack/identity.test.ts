import { describe, expect, it } from 'vitest';
import { APP, GROUP, lastTold, OPS, openHouse, propose, runButton, USERS } from './support/house.ts';
import { TEAM } from './support/slack-api.ts';

const OUTSIDERS = [
  ['a guest', USERS.guest],
  ['a stranger', USERS.stranger],
  ['a bot', USERS.bot],
  ['a deleted account', USERS.gone],
] as const;

describe('who is listened to', () => {
  it.each(OUTSIDERS)('%s may not even look', async (_, user) => {
    const house = await openHouse();

    await house.command(user, 'status');

    expect(house.api.told()).toHaveLength(1);
    expect(lastTold(house)).not.toContain('us-west-2');
    expect(lastTold(house)).toContain('can neither look nor do anything');
  });

  it.each(OUTSIDERS)('rule 12: %s cannot approve, and cannot hold', async (_, user) => {
    const house = await openHouse();
    const run = await propose(house);

    await house.click(user, 'steer.approve', await runButton(house, run));
    await house.click(user, 'steer.hold', await runButton(house, run));

    expect((await house.types()).at(-1)).toBe('run.proposed');
  });

  it('sees nothing of a member whom the config knows as nobody but his questions', async () => {
    const house = await openHouse();
    const run = await propose(house);

    for (const action of ['approve', 'deny', 'resume', 'stop', 'rollback', 'hold']) {
      await house.click(USERS.viewer, `steer.${action}`, await runButton(house, run));
    }

    expect((await house.types()).at(-1)).toBe('run.proposed');
  });

  it('counts somebody whom a user group names, as long as Slack says so', async () => {
    const house = await openHouse({ slack: { groups: [{ group: GROUP, role: 'approver' }] } });
    house.api.groups.set(GROUP, []);
    const run = await propose(house);

    await house.click(USERS.grouped, 'steer.approve', await runButton(house, run));
    const before = await house.types();
    house.api.groups.set(GROUP, [USERS.grouped]);
    await house.send({
      type: 'event_callback',
      team_id: TEAM,
      api_app_id: APP,
      event_id: 'Ev1',
      event: { type: 'subteam_members_changed', subteam_id: GROUP },
    });
    await house.desk.clock.advance(2000);
    await house.click(USERS.grouped, 'steer.approve', await runButton(house, run));

    expect(before.at(-1)).toBe('run.proposed');
    expect((await house.types()).at(-1)).toBe('approval.given');
  });

  it('rule 6: knows nobody to approve while Slack does not say who he is', async () => {
    const house = await openHouse();
    const run = await propose(house);
    house.api.failing.set('users.info', 'internal_error');

    await house.click(USERS.approver, 'steer.approve', await runButton(house, run));

    expect(lastTold(house)).toContain('does not say who you are');
    expect((await house.types()).at(-1)).toBe('run.proposed');
  });

  it('rule 6: knows a membership for as long as the config allows, and not a moment longer', async () => {
    const house = await openHouse({
      slack: { groups: [{ group: GROUP, role: 'approver' }], membershipMaximumAgeMs: 5 * 60_000 },
    });
    const run = await propose(house);
    await house.command(USERS.grouped, 'whoami');
    house.api.failing.set('usergroups.users.list', 'internal_error');
    await house.desk.clock.advance(5 * 60_000 + 1);

    await house.click(USERS.grouped, 'steer.approve', await runButton(house, run));
    const tooOld = await house.types();
    house.api.failing.clear();
    await house.click(USERS.grouped, 'steer.approve', await runButton(house, run), {
      container: { message_ts: '1700000000.000200' },
    });

    expect(tooOld.at(-1)).toBe('run.proposed');
    expect((await house.types()).at(-1)).toBe('approval.given');
  });

  const click = async (over: Record<string, unknown>) => {
    const house = await openHouse();
    const run = await propose(house);
    const calls = house.api.calls.length;
    const answer = await house.click(USERS.approver, 'steer.approve', await runButton(house, run), over);
    return { house, answer, calls: house.api.calls.length - calls };
  };

  it.each([
    ['another workspace', { team: { id: 'T0AWAY' }, user: { id: USERS.approver, team_id: 'T0AWAY' } }],
    ['another organisation', { enterprise: { id: 'E0AWAY' }, team: { id: 'T0AWAY' } }],
    ['a person of another workspace', { user: { id: USERS.approver, team_id: 'T0AWAY' } }],
    ['a person of no workspace', { user: { id: USERS.approver } }],
  ])('acknowledges a click from %s and does nothing, not even ask Slack', async (_, over) => {
    const { house, answer, calls } = await click(over);

    expect(answer).toBe('');
    expect(calls).toBe(0);
    expect((await house.types()).at(-1)).toBe('run.proposed');
    expect(house.log.at(-1)).toMatchObject({ level: 'warn', fields: { event: 'slack.foreign' } });
  });

  it('does not answer a message of another bot', async () => {
    const house = await openHouse();

    await house.send({
      type: 'event_callback',
      team_id: TEAM,
      api_app_id: APP,
      event_id: 'Ev1',
      event: { type: 'app_mention', user: USERS.operator, bot_id: 'B0OTHER', channel: OPS, ts: '1.1', text: 'status' },
    });

    expect(house.api.calls).toEqual([]);
  });
});

describe('where something may be changed', () => {
  it.each([
    ['another channel', 'C0ELSEWHERE'],
    ['a direct message', 'D0DIRECT'],
  ])('offers no plan from %s, but answers a question there', async (_, channel) => {
    const house = await openHouse();

    await house.command(USERS.operator, 'evacuate us-east-1', channel);
    const refused = lastTold(house);
    await house.command(USERS.operator, 'status', channel);

    expect(refused).toContain(OPS);
    expect(refused).not.toContain('steer.start');
    expect(lastTold(house)).toContain('us-west-2');
  });

  it('carries out no click in a channel that is shared, or of which nobody says whether it is', async () => {
    const house = await openHouse();
    const run = await propose(house);
    await house.desk.clock.advance(20 * 60_000);
    house.api.failing.set('conversations.info', 'internal_error');
    await house.click(USERS.approver, 'steer.approve', await runButton(house, run));
    const unknown = lastTold(house);
    house.api.failing.clear();
    house.api.shared.add(OPS);
    const container = { message_ts: '1700000000.000200' };

    await house.click(USERS.approver, 'steer.approve', await runButton(house, run), { container });

    expect(unknown).toContain('does not say at the moment whether this channel is shared');
    expect(lastTold(house)).toContain('shared with people of other workspaces');
    expect((await house.types()).at(-1)).toBe('run.proposed');
  });

  it('carries out no click on a copy of a button in another channel', async () => {
    const house = await openHouse();
    const run = await propose(house);

    await house.click(USERS.approver, 'steer.approve', await runButton(house, run), { channel: { id: 'C0ELSEWHERE' } });

    expect((await house.types()).at(-1)).toBe('run.proposed');
  });
});
