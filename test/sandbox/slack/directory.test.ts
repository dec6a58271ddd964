import { describe, expect, it } from 'vitest';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { call } from './call.ts';
import { virtual } from './workspace-options.ts';

const setUp = () => {
  const { clock, options } = virtual();
  return { clock, workspace: createWorkspace(options) };
};

describe('people', () => {
  it('are members, guests, strangers, deleted or bots', async () => {
    const { workspace } = setUp();
    const ask = (user: string) => call(workspace, 'users.info', { user });

    const answers = await Promise.all(['U0OPERATOR', 'U0GUEST', 'U0STRANGER', 'U0LEFT', 'U0STEER'].map(ask));
    const nobody = await ask('U0NOBODY');

    expect(answers.map(({ user }) => user)).toMatchObject([
      { is_restricted: false, is_stranger: false, deleted: false, is_bot: false, team_id: 'T0SANDBOX' },
      { is_restricted: true },
      { is_stranger: true, team_id: 'T0ELSEWHERE' },
      { deleted: true },
      { is_bot: true },
    ]);
    expect(nobody.error).toBe('user_not_found');
  });

  it('belong to groups, which change', async () => {
    const { workspace } = setUp();
    const ask = (usergroup: string) => call(workspace, 'usergroups.users.list', { usergroup });

    const before = await ask('S0APPROVERS');
    workspace.setGroup('S0APPROVERS', ['U0APPROVER']);
    const after = await ask('S0APPROVERS');
    const all = await call(workspace, 'usergroups.list', { include_users: true });
    const nothing = await ask('S0NOTHING');

    expect([before['users'], after['users']]).toEqual([['U0APPROVER', 'U0ADMIN'], ['U0APPROVER']]);
    expect(all['usergroups']).toMatchObject([
      { id: 'S0APPROVERS', handle: 'approvers', users: ['U0APPROVER'] },
      { id: 'S0ONCALL', handle: 'on-call' },
    ]);
    expect(nothing.error).toBe('no_such_subteam');
  });
});

describe('channels', () => {
  it('tell what they are, and by which name now', async () => {
    const { workspace } = setUp();
    const ask = (channel: string) => call(workspace, 'conversations.info', { channel });
    workspace.renameChannel('C0OPS', 'operations');
    workspace.archiveChannel('C0GENERAL', true);

    const answers = await Promise.all(['C0OPS', 'C0GENERAL', 'C0SHARED'].map(ask));
    const hidden = await ask('C0PRIVATE');
    const direct = await ask(workspace.direct('U0OPERATOR'));

    expect(answers.map(({ channel }) => channel)).toMatchObject([
      { name: 'operations', is_member: true, is_archived: false, is_ext_shared: false },
      { is_member: false, is_archived: true },
      { is_ext_shared: true, is_shared: true },
    ]);
    expect(hidden.error).toBe('channel_not_found');
    expect(direct).toMatchObject({ error: 'missing_scope', needed: 'im:read' });
  });

  it('list their members page by page, and lose them', async () => {
    const { workspace } = setUp();
    workspace.removeFromChannel('C0OPS', 'U0VIEWER');
    const page = (cursor: string) => call(workspace, 'conversations.members', { channel: 'C0OPS', limit: 4, cursor });

    const first = await page('');
    const cursor = String((first['response_metadata'] as { next_cursor: string }).next_cursor);
    const second = await page(cursor);
    const wrong = await page('U0NOBODY');

    expect(first['members']).toEqual(['U0STEER', 'U0OPERATOR', 'U0APPROVER', 'U0ADMIN']);
    expect(second).toMatchObject({ members: ['U0RESPONDER', 'U0GUEST'], response_metadata: { next_cursor: '' } });
    expect(wrong.error).toBe('invalid_cursor');
  });

  it('without the bot take nothing from it, until it is invited again', async () => {
    const { clock, workspace } = setUp();
    const post = () => call(workspace, 'chat.postMessage', { channel: 'C0OPS', text: 'x' });

    workspace.removeFromChannel('C0OPS', 'U0STEER');
    const out = await post();
    workspace.addToChannel('C0OPS', 'U0STEER');
    const back = await post();
    await clock.advance(0);

    expect([out.error, back.ok]).toEqual(['not_in_channel', true]);
  });

  it('are listed as far as the bot can know of them', async () => {
    const { workspace } = setUp();

    const answer = await call(workspace, 'conversations.list', { types: 'public_channel,private_channel' });

    expect(answer['channels']).toMatchObject([{ id: 'C0OPS' }, { id: 'C0GENERAL' }, { id: 'C0SHARED' }]);
  });
});

describe('what a person types', () => {
  const typed = async (text: string): Promise<string> => {
    const { workspace } = setUp();
    await workspace.say('U0OPERATOR', 'C0OPS', text);
    return workspace.messages('U0OPERATOR', 'C0OPS')[0]?.text ?? '';
  };

  it.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['<!channel> <https://example.com|x>', '&lt;!channel&gt; &lt;https://example.com|x&gt;'],
    ['@approver and @on-call, see #ops', '<@U0APPROVER> and <!subteam^S0ONCALL>, see <#C0OPS|ops>'],
    ['<@U0STEER> status', '<@U0STEER> status'],
    ['<@U0NOBODY> a@b', '&lt;@U0NOBODY&gt; a@b'],
    ['look at legacy.example.com', 'look at <http://legacy.example.com|legacy.example.com>'],
    ['us-east-1 10.5%', 'us-east-1 10.5%'],
  ])('%s', async (text, encoded) => {
    expect(await typed(text)).toBe(encoded);
  });
});

describe('the seed', () => {
  it('may describe a workspace of an organisation', async () => {
    const { options } = virtual();
    const team = { ...SANDBOX_WORKSPACE.team, enterpriseId: 'E0ORG' };
    const workspace = createWorkspace({ ...options, seed: { ...SANDBOX_WORKSPACE, team } });

    const self = await call(workspace, 'auth.test');
    const user = await call(workspace, 'users.info', { user: 'U0ADMIN' });

    expect(self).toMatchObject({ enterprise_id: 'E0ORG' });
    expect(user).toMatchObject({ user: { enterprise_user: { enterprise_id: 'E0ORG' } } });
  });
});
