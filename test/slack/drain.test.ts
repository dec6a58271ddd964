import { describe, expect, it } from 'vitest';
import { type Follower, startBot } from '../../src/slack/bot.ts';
import { Work } from '../../src/slack/work.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { lastTold, openHouse, propose, runButton, USERS } from './support/house.ts';

describe('work under way', () => {
  it('is waited for, and no longer than it may take', async () => {
    const clock = new ManualClock();
    const [work, stuck] = [new Work(), new Work()];
    const done = Promise.withResolvers<void>();
    const order: string[] = [];
    const tracked = work.track(() => done.promise).then(() => order.push('done'));
    const draining = work.drain(clock, 10_000).then(() => order.push('drained'));
    void stuck.track(() => new Promise(() => {}));
    const leaving = stuck.drain(clock, 10_000);

    done.resolve();
    await Promise.all([tracked, draining]);
    await clock.untilSleeping();
    await clock.advance(10_000);
    await leaving;

    expect(order).toEqual(['done', 'drained']);
    expect(clock.sleepers).toBe(0);
  });
});

describe('much work at once', () => {
  it('begins one in each turn of the loop, so that what arrives meanwhile comes first', async () => {
    const work = new Work();
    const order: string[] = [];
    const note = (what: string) => async () => void order.push(what);

    const all = ['first', 'second', 'third'].map((what) => work.track(note(what)));
    setImmediate(note('arrives'));
    setImmediate(note('arrives too'));
    await Promise.all(all);

    expect(order.indexOf('arrives')).toBeLessThan(order.indexOf('second'));
    expect(order.indexOf('arrives too')).toBeLessThan(order.indexOf('third'));
    expect(order.filter((what) => !what.startsWith('arrives'))).toEqual(['first', 'second', 'third']);
  });

  it('rule 10: lets a hold begin before everything that waits', async () => {
    const work = new Work();
    const order: string[] = [];
    const note = (what: string) => async () => void order.push(what);

    const waiting = ['status', 'plan'].map((what) => work.track(note(what)));
    await work.track(note('hold'), { isUrgent: true });
    await Promise.all(waiting);

    expect(order).toEqual(['hold', 'status', 'plan']);
  });
});

describe('a bot that stops', () => {
  /** Stops a bot while a plan is being made, which holds it open. */
  const leaving = async () => {
    const gate = Promise.withResolvers<void>();
    const house = await openHouse();
    const run = await propose(house);
    house.api.failing.set('conversations.info', 'hang');
    await house.desk.clock.advance(20 * 60_000);
    const busy = house.click(USERS.approver, 'steer.approve', await runButton(house, run));
    await settle();
    const stopping = house.bot.stop();
    await settle();
    return { house, run, busy, stopping, gate };
  };

  it('answers that it restarts, and does nothing new', async () => {
    const { house, run } = await leaving();

    const first = await house.command(USERS.operator, 'evacuate us-east-1');
    await house.click(USERS.operator, 'steer.stop', await runButton(house, run));

    expect(JSON.stringify(first)).toContain('restarting');
    expect(lastTold(house)).toContain('restarting');
    expect((await house.types()).at(-1)).toBe('run.proposed');
  });

  it('rule 10: still holds', async () => {
    const { house } = await leaving();

    await house.command(USERS.responder, 'hold');

    expect((await house.types()).at(-1)).toBe('hold.asked');
  });
});

describe('the follower', () => {
  it('runs until the bot stops, with a client of its own, and its failure ends nothing else', async () => {
    const seen: string[] = [];
    const health = () => ({ state: 'closed', because: 'is_archived', since: 5, runs: 1 }) as const;
    const follower: Follower = {
      health,
      run: (signal) =>
        new Promise((resolve) => {
          seen.push('began');
          signal.addEventListener('abort', () => {
            seen.push('ended');
            resolve();
          });
        }),
    };
    const house = await openHouse({ parts: { follower: () => follower } });
    const failing = await openHouse({
      parts: { follower: () => ({ health, run: () => Promise.reject(new Error('no channel')) }) },
    });

    expect(house.bot.health()).toEqual(health());
    await house.bot.stop();
    await failing.command(USERS.viewer, 'help');

    expect(seen).toEqual(['began', 'ended']);
    expect(failing.log.map(({ fields }) => fields['event'])).toContain('slack.follower-ended');
    expect(failing.api.told()).toHaveLength(1);
  });
});

describe('a bot that cannot start', () => {
  it('says what is missing and where to put it, and never the secret', async () => {
    const { desk, config } = await openHouse();
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const parts = { deps: { ...desk.deps, readSecret: async () => null }, config: async () => config, log };

    await expect(startBot(parts)).rejects.toThrow(
      "Slack's bot token (xoxb-…) is missing: put it into the environment variable BOT_TOKEN.",
    );
    await expect(startBot({ ...parts, config: async () => null })).rejects.toThrow('no section slack');
  });
});
