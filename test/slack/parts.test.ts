import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Aged } from '../../src/slack/aged.ts';
import { appIdOf, authorizeWith } from '../../src/slack/authorize.ts';
import { DoubleClicks } from '../../src/slack/double-clicks.ts';
import { Limiter } from '../../src/slack/limits.ts';
import { boltLogger, type LogFields } from '../../src/slack/log.ts';
import { Seen } from '../../src/slack/seen.ts';
import { desk } from '../operations/arrange.ts';
import { ManualClock } from '../support/manual-clock.ts';

describe('answers of an age', () => {
  const arranged = () => {
    const clock = new ManualClock();
    const state = { value: 'one', fails: false, asked: 0 };
    const aged = new Aged(clock, 60_000, async () => {
      state.asked += 1;
      if (state.fails) throw new Error('down');
      return state.value;
    });
    return { clock, state, aged };
  };

  it('are given as they are while fresh, and asked for once by all who want them', async () => {
    const { aged, state } = arranged();

    const given = await Promise.all([aged.get('a', 600_000), aged.get('a', 600_000), aged.get('a', 600_000)]);
    await aged.get('a', 600_000);

    expect(given).toEqual(['one', 'one', 'one']);
    expect(state.asked).toBe(1);
  });

  it('count while no newer one can be had, and never longer than allowed', async () => {
    const { aged, clock, state } = arranged();
    await aged.get('a', 600_000);
    state.fails = true;

    await clock.advance(599_999);
    const old = await aged.get('a', 600_000);
    await clock.advance(1);
    const tooOld = await aged.get('a', 600_000);

    expect([old, tooOld]).toEqual(['one', null]);
  });

  it('are forgotten when they are known to have changed, also those that are still on their way', async () => {
    const { aged, state } = arranged();
    const asking = aged.get('a', 600_000);
    aged.forget('a');
    await asking;
    state.value = 'two';

    expect(await aged.get('a', 600_000)).toBe('two');
  });
});

describe('limits', () => {
  it('let so many plans through within any minute, and say how long to wait', async () => {
    const clock = new ManualClock();
    const limiter = new Limiter(clock, { plansByUser: 2, plansByChannel: 3, looksByUser: 1 });

    const first = [limiter.plan('a', 'C'), limiter.plan('a', 'C'), limiter.plan('a', 'C')];
    const others = [limiter.plan('b', 'C'), limiter.plan('c', 'C'), limiter.plan('c', 'D')];
    await clock.advance(60_000);

    expect(first).toEqual([null, null, 60_000]);
    expect(others).toEqual([null, 60_000, null]);
    expect(limiter.plan('a', 'C')).toBeNull();
  });

  it('never let more through than they say, however the questions are spread', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (gaps) => {
        let now = 0;
        const limiter = new Limiter({ now: () => now }, { plansByUser: 3, plansByChannel: 99, looksByUser: 3 });
        const passed: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (limiter.plan('a', null) === null) passed.push(now);
        }
        const crowded = passed.filter((at) => passed.filter((other) => other > at - 60_000 && other <= at).length > 3);

        expect(crowded).toEqual([]);
      }),
    );
  });
});

describe('what was seen', () => {
  it('is forgotten after a day, and never grows beyond its bound', async () => {
    const made = await desk();
    const seen = new Seen(made.deps);
    for (let i = 0; i < 25_000; i += 1) seen.isRepeat([`key ${i}`]);
    const crowded = seen.size;
    const known = seen.isRepeat(['key 24999']);

    await made.clock.advance(24 * 3_600_000 + 1);
    const later = seen.isRepeat(['key 24999']);

    expect(crowded).toBeLessThanOrEqual(20_000);
    expect([known, later]).toEqual([true, false]);
  });

  it('is claimed once, whoever else writes into the same stream', async () => {
    const made = await desk();
    const seen = new Seen(made.deps);
    await seen.claim(['a']);
    await made.deps.journal.append({ stream: 'slack', expectedVersion: 1, events: [{ type: 'slack.told', data: {} }] });

    const claims = [await seen.claim(['b']), await seen.claim(['a']), await seen.wasClaimed(['b'])];

    expect(claims).toEqual([true, false, true]);
  });
});

describe('double clicks', () => {
  it('are two clicks of one person on one button within a moment', async () => {
    const clock = new ManualClock();
    const clicks = new DoubleClicks(clock);

    const quick = [clicks.isSecond('a'), clicks.isSecond('a'), clicks.isSecond('b')];
    await clock.advance(1500);

    expect(quick).toEqual([false, true, false]);
    expect(clicks.isSecond('a')).toBe(false);
  });
});

describe('the log of the library', () => {
  it('keeps no token, no address that acts, no payload and no debug line', () => {
    const lines: string[] = [];
    const line = (fields: LogFields, text: string) => void lines.push(`${JSON.stringify(fields)} ${text}`);
    const logger = boltLogger({ info: line, warn: line, error: line });

    logger.debug('everything', { token: 'xoxb-1' });
    logger.info('a lot');
    logger.warn('token xoxb-123-abc at https://hooks.slack.com/commands/T1/1/abc', { body: 'secret text' });
    logger.error(new Error('wss://wss.slack.com/link?ticket=1 with xapp-1-A1-2-3'), { text: 'typed' });

    expect(lines).toHaveLength(2);
    expect(lines.join(' ')).not.toMatch(/xoxb|xapp|hooks\.slack|ticket|secret text|typed/);
  });
});

describe('who may send', () => {
  const home = { team: 'T1', enterprise: null };
  const source = { teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false } as const;

  it('is this workspace and this app, told without a call', async () => {
    const authorize = authorizeWith({ botToken: 'xoxb-1', appId: 'A1' }, () => home);

    const given = await authorize({ ...source, enterpriseId: '' }, undefined);
    const foreign = { api_app_id: 'A2', command: '/steer' };

    expect(given).toEqual({ botToken: 'xoxb-1', teamId: 'T1' });
    await expect(Reflect.apply(authorize, null, [source, foreign])).rejects.toThrow('of another app');
  });

  it('reads the app from its own token', () => {
    expect([appIdOf('xapp-1-A012AB-34-ff'), appIdOf('xapp-1-sandbox-app'), appIdOf('')]).toEqual([
      'A012AB',
      null,
      null,
    ]);
  });
});
