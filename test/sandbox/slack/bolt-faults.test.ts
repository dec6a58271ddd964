import { describe, expect, it, vi } from 'vitest';
import { createInProcessFetch } from '../../../src/sandbox/slack/in-process-fetch.ts';
import { InProcessReceiver } from '../../../src/sandbox/slack/in-process-receiver.ts';
import { createWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { createTestBot } from './test-bot.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';

const setUp = async () => {
  const { clock, options } = virtual();
  const workspace = createWorkspace(options);
  const receiver = new InProcessReceiver(workspace);
  const fetch = createInProcessFetch(workspace.handle);
  const { heard } = createTestBot({ receiver, apiUrl: 'https://slack.invalid/api/', fetch });
  await receiver.start();
  const failures = () => heard.filter(({ what }) => what === 'error').map(({ message }) => String(message));
  const post = async (): Promise<string> => {
    await workspace.command(OPERATOR, OPS, 'post');
    return vi.waitFor(() => {
      const [message] = workspace.messages(OPERATOR, OPS);
      if (message === undefined) throw new Error('not yet');
      return message.ts;
    });
  };
  return { clock, workspace, heard, failures, post };
};

describe('the framework meets', () => {
  it('a channel that was archived', async () => {
    const { workspace, failures } = await setUp();
    workspace.archiveChannel(OPS, true);

    await workspace.command(OPERATOR, OPS, 'post');

    await vi.waitFor(() => expect(failures()).toEqual([expect.stringContaining('is_archived')]));
  });

  it('a message that is deleted while its update is on the way', async () => {
    const { clock, workspace, failures, post } = await setUp();
    const ts = await post();
    workspace.faults.slow('chat.update', 1, 1000);

    await workspace.click(OPERATOR, { channel: OPS, ts }, 'test.hold');
    await vi.waitFor(() => expect(clock.sleepers).toBe(1));
    workspace.deleteMessage(OPS, ts);
    await clock.advance(1000);

    await vi.waitFor(() => expect(failures()).toEqual([expect.stringContaining('message_not_found')]));
  });

  it('a limit, whose Retry-After it keeps', async () => {
    const { workspace, failures } = await setUp();
    workspace.faults.rateLimit('chat.postMessage', 1, 1);

    await workspace.command(OPERATOR, OPS, 'post');

    await vi.waitFor(() => expect(failures()).toEqual([expect.stringContaining('retry-after: 1')]), 3000);
    expect(workspace.calls()['chat.postMessage']).toEqual({ ok: 0, failed: 1 });
  });

  it('a trigger that is dead by the time at which it is used', async () => {
    const { clock, workspace, failures } = await setUp();
    workspace.faults.slow('views.open', 1, 3001);

    await workspace.command(OPERATOR, OPS, 'open');
    await vi.waitFor(() => expect(clock.sleepers).toBe(1));
    await clock.advance(3001);

    await vi.waitFor(() => expect(failures()).toEqual([expect.stringContaining('expired_trigger_id')]));
    expect(workspace.modals(OPERATOR)).toEqual([]);
  });

  it('an outage before its call, which then does nothing', async () => {
    const { clock, workspace, failures, post } = await setUp();
    const ts = await post();

    const clicking = workspace.click(OPERATOR, { channel: OPS, ts }, 'test.hold');
    workspace.faults.outage(true);
    await clock.advance(3000);
    const acted = await clicking;

    await vi.waitFor(() => expect(failures()).toHaveLength(1));
    expect(acted.problem).toBe('operation_timeout');
    expect(workspace.messages(OPERATOR, OPS)[0]?.text).toBe('state 1');
  });

  it('an outage during its call, whose answer is lost although it was done', async () => {
    const { clock, workspace, failures, post } = await setUp();
    const ts = await post();
    workspace.faults.slow('chat.update', 1, 1000);

    await workspace.click(OPERATOR, { channel: OPS, ts }, 'test.hold');
    await vi.waitFor(() => expect(clock.sleepers).toBe(1));
    workspace.faults.outage(true);
    await clock.advance(1000);

    await vi.waitFor(() => expect(failures()).toHaveLength(1));
    expect(workspace.messages(OPERATOR, OPS)[0]?.text).toBe('state 2');
  });
});
