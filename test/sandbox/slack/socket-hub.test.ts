import { describe, expect, it } from 'vitest';
import { objectOf, parseJson, textOf } from '../../../src/sandbox/slack/json.ts';
import { createWorkspace, type SlackWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { virtual } from './workspace-options.ts';

const OPERATOR = 'U0OPERATOR';
const OPS = 'C0OPS';

const setUp = () => {
  const { clock, options } = virtual();
  return { clock, workspace: createWorkspace(options) };
};

/** A connection that acknowledges what it hears. */
const connect = (workspace: SlackWorkspace) => {
  const said: string[] = [];
  const ids: string[] = [];
  const end = workspace.connect({
    send: (text) => {
      const message = objectOf(parseJson(text));
      said.push(textOf(message['type']));
      if (message['envelope_id'] === undefined) return;
      ids.push(textOf(message['envelope_id']));
      end.receive(JSON.stringify({ envelope_id: message['envelope_id'], payload: {} }));
    },
    close: () => said.push('closed'),
  });
  return { said, ids, end };
};

describe('connections', () => {
  it('share what is delivered, in no pattern', async () => {
    const { workspace } = setUp();
    const [one, two] = [connect(workspace), connect(workspace)];

    for (let index = 0; index < 40; index += 1) await workspace.command(OPERATOR, OPS, 'x');

    expect(one.ids.length + two.ids.length).toBe(40);
    expect(Math.min(one.ids.length, two.ids.length)).toBeGreaterThan(5);
    expect(new Set([...one.ids, ...two.ids]).size).toBe(40);
  });

  it('are refreshed one at a time: nothing more arrives over the old one, which ends some seconds later', async () => {
    const { clock, workspace } = setUp();
    const [old, other] = [connect(workspace), connect(workspace)];

    workspace.faults.refresh();
    for (let index = 0; index < 10; index += 1) await workspace.command(OPERATOR, OPS, 'x');
    await clock.advance(10_000);

    expect(old.said).toEqual(['hello', 'disconnect', 'closed']);
    expect(other.ids).toHaveLength(10);
    expect(workspace.sockets()).toBe(1);
  });

  it('that hang up are forgotten, and those that are dropped hear nothing of it', async () => {
    const { workspace } = setUp();
    const [polite, dropped] = [connect(workspace), connect(workspace)];

    polite.end.closed();
    const left = workspace.sockets();
    workspace.faults.dropSockets();

    expect([left, workspace.sockets()]).toEqual([1, 0]);
    expect(dropped.said).toEqual(['hello', 'closed']);
  });

  it('need a ticket that is used once and soon', async () => {
    const { clock, workspace } = setUp();
    const token = 'xapp-1-sandbox-app';
    const open = async () => {
      const headers = { authorization: `Bearer ${token}` };
      const request = { method: 'POST', path: '/api/apps.connections.open', query: {}, headers, body: '' };
      const answer = await workspace.handle(request);
      const url = typeof answer === 'string' ? '' : textOf(objectOf(parseJson(answer.body))['url']);
      return new URL(url).searchParams.get('ticket') ?? '';
    };
    const [used, late] = [await open(), await open()];

    const first = workspace.redeem(used);
    const again = workspace.redeem(used);
    await clock.advance(30_001);
    const expired = workspace.redeem(late);

    expect([first, again, expired, workspace.redeem('')]).toEqual([true, false, false, false]);
  });

  it('that are told of something twice acknowledge it once', async () => {
    const { workspace } = setUp();
    const one = connect(workspace);
    workspace.faults.duplicate(1);

    const acted = await workspace.command(OPERATOR, OPS, 'x');

    expect(acted.problem).toBeNull();
    expect(one.ids).toHaveLength(2);
    expect(new Set(one.ids).size).toBe(1);
  });
});

describe('an acknowledgement', () => {
  const setUpSlow = () => {
    const { clock, workspace } = setUp();
    const ids: string[] = [];
    const end = workspace.connect({
      send: (text) => ids.push(textOf(objectOf(parseJson(text))['envelope_id'])),
      close: () => {},
    });
    const acknowledge = (id: string | undefined) =>
      end.receive(JSON.stringify({ envelope_id: id, payload: { text: 'here I am' } }));
    return { clock, workspace, ids, acknowledge };
  };

  it('that comes too late changes nothing', async () => {
    const { clock, workspace, ids, acknowledge } = setUpSlow();

    const typing = workspace.command(OPERATOR, OPS, 'x');
    await clock.advance(3000);
    const acted = await typing;
    acknowledge(ids.at(-1));

    expect(acted.problem).toBe('operation_timeout');
    expect(workspace.messages(OPERATOR, OPS)).toEqual([]);
  });

  it('counts once, and only for what was sent', async () => {
    const { clock, workspace, ids, acknowledge } = setUpSlow();
    workspace.faults.duplicate(1);

    const typing = workspace.command(OPERATOR, OPS, 'x');
    await clock.advance(10);
    acknowledge('unknown');
    acknowledge(ids.at(-1));
    acknowledge(ids.at(-1));
    const acted = await typing;

    expect(acted).toEqual({ isSent: true, acknowledgedMs: 10, problem: null });
    expect(workspace.messages(OPERATOR, OPS)).toHaveLength(1);
  });
});

describe('a long time', () => {
  it('leaves nothing behind but what people can see', async () => {
    const { clock, workspace } = setUp();
    connect(workspace);

    for (let index = 0; index < 500; index += 1) {
      await workspace.command(OPERATOR, OPS, 'x');
      await clock.advance(90_000);
    }

    expect(clock.sleepers).toBe(0);
    expect(workspace.messages(OPERATOR, OPS)).toEqual([]);
  });
});
