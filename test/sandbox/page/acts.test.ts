import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await house.page.close();
  house.workspace.shutDown();
});

const type = (text: string, more: { as?: string; thread?: string } = {}) =>
  house.act({
    kind: 'type',
    as: more.as ?? 'U0OPERATOR',
    channel: 'C0OPS',
    thread: more.thread ?? null,
    text,
  });

describe('acts', () => {
  it('says what Slack says when no bot takes a command', async () => {
    const { problem, acted } = await type('/steer status');

    expect(problem).toContain(`/steer failed with the error “${acted?.problem}”`);
    expect(acted?.acknowledgedMs).toBeNull();
  });

  it('knows one command only, and none in threads, as Slack does', async () => {
    await type('hello');
    const ts = house.workspace.messages('U0OPERATOR', 'C0OPS')[0]?.ts ?? '';

    const other = await type('/deploy now');
    const inThread = await type('/steer hold', { thread: ts });

    expect(other.problem).toBe('/deploy is not a command of this workspace. Try /steer help.');
    expect(inThread.problem).toContain('no slash commands in threads');
    expect(house.workspace.messages('U0OPERATOR', 'C0OPS').map(({ text }) => text)).toEqual(['hello']);
  });

  it('lets nobody act as the bot or as somebody who is not offered', async () => {
    const bot = await type('I am steer', { as: house.workspace.botUserId });
    const admin = await type('I am admin', { as: 'U0ADMIN' });

    expect([bot.problem, admin.problem]).toEqual([
      `Nobody can act as ${house.workspace.botUserId} here.`,
      'Nobody can act as U0ADMIN here.',
    ]);
    expect(house.workspace.messages('U0OPERATOR', 'C0OPS')).toEqual([]);
  });

  it('flips a switch, and refuses one that there is not', async () => {
    const on = await house.act({ kind: 'switch', id: 'slack-out', isOn: true });
    const none = await house.act({ kind: 'switch', id: 'dead-mars', isOn: true });

    expect(on.problem).toBeNull();
    expect(none.problem).toBe('There is no switch dead-mars.');
    expect(house.switched).toEqual(['slack-out on']);
  });
});
