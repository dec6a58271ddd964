import { describe, expect, it } from 'vitest';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { call, send } from './call.ts';
import { virtual } from './workspace-options.ts';

const OPS = 'C0OPS';
const { app } = SANDBOX_WORKSPACE;

const setUp = () => {
  const { clock, options } = virtual();
  return { clock, workspace: createWorkspace(options) };
};

describe('a token', () => {
  it('is asked for, must be known, and must be of the right kind', async () => {
    const { workspace } = setUp();

    const answers = [
      await call(workspace, 'auth.test', {}, ''),
      await call(workspace, 'auth.test', {}, 'xoxb-of-somebody-else'),
      await call(workspace, 'auth.test', {}, app.appToken),
      await call(workspace, 'apps.connections.open', {}, app.botToken),
      await call(workspace, 'blocks.validate', { blocks: [] }, ''),
    ];

    expect(answers.map(({ error }) => error)).toEqual([
      'not_authed',
      'invalid_auth',
      'not_allowed_token_type',
      'not_allowed_token_type',
      undefined,
    ]);
  });

  it('may stand in the body, and tells what it may do', async () => {
    const { workspace } = setUp();

    const answer = await call(workspace, 'auth.test', { token: app.botToken }, '');

    expect(answer).toMatchObject({ ok: true, user_id: app.botUserId, bot_id: app.botId, team_id: workspace.teamId });
    expect(answer.headers['x-oauth-scopes']).toContain('chat:write');
  });

  it('without the scope is told which one is needed and which it has', async () => {
    const { options } = virtual();
    const seed = { ...SANDBOX_WORKSPACE, app: { ...app, scopes: ['commands'] } };
    const workspace = createWorkspace({ ...options, seed });

    const answer = await call(workspace, 'chat.postMessage', { channel: OPS, text: 'x' });

    expect(answer).toMatchObject({ ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  });
});

describe('a call', () => {
  it('of a method that does not exist is answered, not lost', async () => {
    const { workspace } = setUp();

    const answer = await call(workspace, 'chat.startStream');

    expect(answer).toMatchObject({ status: 200, ok: false, error: 'unknown_method' });
  });

  it('takes a JSON body as well as a form, and refuses what is neither', async () => {
    const { workspace } = setUp();
    const headers = { authorization: `Bearer ${app.botToken}`, 'content-type': 'application/json; charset=utf-8' };
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'Hi' } }];

    const good = await send(workspace, '/api/chat.postMessage', JSON.stringify({ channel: OPS, blocks }), headers);
    const bad = await send(workspace, '/api/chat.postMessage', '{', headers);

    expect(JSON.parse(good.body)).toMatchObject({ ok: true, channel: OPS });
    expect(JSON.parse(bad.body)).toMatchObject({ ok: false, error: 'invalid_json' });
  });

  it('with an argument that the method does not know is refused with its name', async () => {
    const { workspace } = setUp();

    const answer = await call(workspace, 'chat.postMessage', { channel: OPS, text: 'x', threadTs: '1.1' });

    expect(answer).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] no such argument: threadTs'] },
    });
  });

  it('is counted by method, with those that failed', async () => {
    const { workspace } = setUp();

    await call(workspace, 'auth.test');
    await call(workspace, 'auth.test', {}, '');

    expect(workspace.calls()).toEqual({ 'auth.test': { ok: 1, failed: 1 } });
  });
});

describe('rate limits', () => {
  it('let one message a second into one channel, and say when the next may come', async () => {
    const { clock, workspace } = setUp();
    const post = (channel: string) => call(workspace, 'chat.postMessage', { channel, text: 'x' });

    const first = await post(OPS);
    const second = await post(OPS);
    const elsewhere = await post('C0SHARED');
    await clock.advance(1000);
    const third = await post(OPS);

    expect([first.ok, elsewhere.ok, third.ok]).toEqual([true, true, true]);
    expect(second).toMatchObject({ status: 429, ok: false, error: 'ratelimited' });
    expect(second.headers['retry-after']).toBe('1');
  });

  it('let fifty updates a minute through, whatever messages they concern', async () => {
    const { clock, workspace } = setUp();
    const { ts } = await call(workspace, 'chat.postMessage', { channel: OPS, text: 'x' });
    const update = () => call(workspace, 'chat.update', { channel: OPS, ts, text: 'y' });

    const burst = await Promise.all(Array.from({ length: 51 }, update));
    await clock.advance(2000);
    const later = await update();

    expect(burst.map(({ status }) => status)).toEqual([...Array.from({ length: 50 }, () => 200), 429]);
    expect(burst.at(-1)?.headers['retry-after']).toBe('2');
    expect(later.ok).toBe(true);
  });
});

describe('faults', () => {
  it('spoil so many calls of one method, each in its way, and none of another', async () => {
    const { clock, workspace } = setUp();
    workspace.faults.rateLimit('users.info', 1, 30);
    workspace.faults.fail('users.info', 1, 'internal_error');
    workspace.faults.breakHttp('users.info', 1, 503);
    workspace.faults.slow('users.info', 1, 2000);
    const ask = () => call(workspace, 'users.info', { user: 'U0ADMIN' });

    const slow = ask();
    await clock.advance(1999);
    const before = workspace.calls();
    await clock.advance(1);
    const limited = await slow;
    const failed = await ask();
    const broken = await send(workspace, '/api/users.info', '');
    const healed = await ask();

    expect(before).toEqual({});
    expect(limited).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    expect(failed).toMatchObject({ ok: false, error: 'internal_error' });
    expect(broken.status).toBe(503);
    expect(healed.ok).toBe(true);
  });

  it('of any method hit whichever comes, and are lifted all at once', async () => {
    const { workspace } = setUp();
    workspace.faults.fail('*', 5, 'internal_error');
    workspace.faults.outage(true);

    const out = await workspace.handle({ method: 'POST', path: '/api/auth.test', query: {}, headers: {}, body: '' });
    workspace.faults.outage(false);
    const failed = await call(workspace, 'auth.test');
    workspace.faults.clear();
    const healed = await call(workspace, 'auth.test');

    expect(out).toBe('reset');
    expect([failed.error, healed.ok]).toEqual(['internal_error', true]);
  });
});
