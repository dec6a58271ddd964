import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceShown } from '../../../src/sandbox/page/types.ts';
import { type House, openHouse } from './house.ts';

let house: House;
const left: (() => void)[] = [];

beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  for (const leave of left.splice(0)) leave();
  await house.page.close();
  house.workspace.shutDown();
});

interface Told {
  readonly event: string;
  readonly data: unknown;
}

/** What a browser hears that looks so. */
const listen = async (query: string): Promise<{ next: (event: string) => Promise<unknown> }> => {
  const ended = new AbortController();
  left.push(() => ended.abort());
  const answer = await fetch(`${house.page.url}events?${query}`, { signal: ended.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('no stream');
  let text = '';
  const heard: Told[] = [];
  const read = async (): Promise<void> => {
    const { value = '', done } = await reader.read();
    if (done) throw new Error('the stream ended');
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/s.exec(part) ?? [];
      heard.push({ event, data: JSON.parse(data) });
    }
  };
  return {
    next: async (event) => {
      for (;;) {
        const at = heard.findIndex((told) => told.event === event);
        if (at !== -1) return heard.splice(at, 1)[0]?.data;
        await read();
      }
    },
  };
};

const say = (as: string, text: string, thread: string | null = null) =>
  house.act({ kind: 'type', as, channel: 'C0OPS', thread, text });

describe('the stream of states', () => {
  it('begins with the history, the workspace as this person sees it, and the world', async () => {
    const stream = await listen('as=U0APPROVER&channel=C0OPS');

    const history = await stream.next('history');
    const workspace = (await stream.next('workspace')) as WorkspaceShown;
    const world = await stream.next('world');

    expect(history).toEqual([{ atMs: 500, traffic: { 'us-east-1': 0.4 } }]);
    expect(workspace).toMatchObject({ me: 'U0APPROVER', channel: 'C0OPS', commandName: '/steer', modals: [] });
    expect(workspace.channels.map(({ name, kind }) => `${name} ${kind}`)).toContain('steer direct');
    expect(world).toMatchObject({ utilisationLimit: 0.88 });
  });

  it('tells at once what somebody else says, and how many answers a message has', async () => {
    const stream = await listen('as=U0APPROVER&channel=C0OPS');
    await stream.next('workspace');

    await say('U0OPERATOR', 'hello');
    const first = (await stream.next('workspace')) as WorkspaceShown;
    const ts = first.messages[0]?.ts ?? '';
    await say('U0APPROVER', 'yes?', ts);
    const second = (await stream.next('workspace')) as WorkspaceShown;

    expect(first.messages.map(({ text, replies }) => [text, replies])).toEqual([['hello', 0]]);
    expect(second.messages.map(({ text, replies }) => [text, replies])).toEqual([['hello', 1]]);
  });

  it('shows the thread that is open, and none that there is not', async () => {
    await say('U0OPERATOR', 'hello');
    const ts = house.workspace.messages('U0OPERATOR', 'C0OPS')[0]?.ts ?? '';
    await say('U0OPERATOR', 'and more', ts);

    const open = (await (await listen(`as=U0OPERATOR&channel=C0OPS&thread=${ts}`)).next('workspace')) as WorkspaceShown;
    const none = (await (await listen('as=U0OPERATOR&channel=C0OPS&thread=9.9')).next('workspace')) as WorkspaceShown;

    expect(open.thread?.messages.map(({ text }) => text)).toEqual(['hello', 'and more']);
    expect(none.thread).toBeNull();
  });

  it('shows nobody a channel that he is not in, whatever he asks for', async () => {
    await say('U0OPERATOR', 'secret');

    const stranger = (await (await listen('as=U0STRANGER&channel=C0OPS')).next('workspace')) as WorkspaceShown;
    const unknown = (await (await listen('as=U0NOBODY&channel=C0NONE')).next('workspace')) as WorkspaceShown;

    expect(JSON.stringify(stranger)).not.toContain('secret');
    expect(stranger.channel).toBe('C0SHARED');
    expect(unknown).toMatchObject({ me: 'U0OPERATOR', channel: 'C0OPS' });
  });

  it('tells of the world whenever it changes', async () => {
    const stream = await listen('as=U0APPROVER&channel=C0OPS');
    await stream.next('world');

    house.tick();

    expect(await stream.next('world')).toMatchObject({ atMs: 1000 });
  });

  it('ends with the page', async () => {
    const stream = await listen('as=U0APPROVER&channel=C0OPS');
    await stream.next('world');

    await house.page.close();

    await expect(stream.next('world')).rejects.toThrow();
  });
});
