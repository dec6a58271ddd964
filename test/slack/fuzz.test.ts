import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMetadata, readRunValue, readStartValue } from '../../src/slack/values.ts';
import { ACTIONS } from '../../src/slack/views/ids.ts';
import { openHouse, propose, USERS } from './support/house.ts';

const WORDS = [
  'evacuate',
  'shift',
  'restore',
  'plan',
  'status',
  'resume',
  'rollback',
  'stop',
  'freeze',
  'unfreeze',
  'approve',
  'us-east-1',
  'us-west-2',
  'checkout',
  'to',
  'from',
  '20%',
  '--emergency',
  '--drill',
  '--reason "so it is, and long enough"',
  '--override headroom',
  '--solo',
  'run_1',
  '<@U1>',
  '<!channel>',
  '“',
  '\u202e',
  'please',
] as const;

const sentence = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' ')),
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** What a typed word may do by itself: a hold pauses, a denial moves nothing. */
const harmless = (type: string): boolean => type === 'hold.asked' || type === 'denial.given';

describe('anything that is typed', () => {
  it('rule 12: never throws, is always answered, and never moves, starts or approves anything without a confirmation', async () => {
    const house = await openHouse({ parts: { limits: { plansByUser: 1e6, plansByChannel: 1e6, looksByUser: 1e6 } } });
    await propose(house);
    const before = await house.types();
    await fc.assert(
      fc.asyncProperty(sentence, fc.constantFrom(USERS.admin, USERS.operator, USERS.approver), async (text, user) => {
        const told = house.api.told().length;

        const first = await house.command(user, text);

        const after = await house.types();
        expect(first).toBeDefined();
        expect(house.api.told().length).toBeGreaterThan(told);
        expect(after.slice(before.length).filter((type) => !harmless(type))).toEqual([]);
        expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('never becomes a mention, a link or a line of the bot in an answer', async () => {
    const house = await openHouse();
    const nasty = '<!channel> <@U0ADMIN> <https://evil.example|console> *DONE* us-east-1';

    await house.command(USERS.operator, nasty);
    await house.command(USERS.operator, `evacuate ${nasty} --reason "${nasty}"`);

    const told = house.api.of('response_url').map(({ args }) => args);
    const marks = JSON.stringify(told.map(({ text, blocks }) => [text, blocks]))
      .replaceAll('&lt;', '')
      .match(/"(?:mrkdwn)","text":"[^"]*<(?:!|@|https)/g);
    expect(told.length).toBeGreaterThan(0);
    expect(marks).toBeNull();
    expect(told.every(({ parse, link_names }) => parse === 'none' && link_names === false)).toBe(true);
  });
});

describe('anything that a button carries', () => {
  it('never throws and is never acted upon unless it reads as ours', async () => {
    const house = await openHouse();
    await propose(house);
    const before = await house.types();
    const value = fc.oneof(fc.string(), fc.json(), fc.json({ maxDepth: 4 }));
    await fc.assert(
      fc.asyncProperty(value, fc.constantFrom(...Object.values(ACTIONS)), async (text, action) => {
        await house.desk.clock.advance(2000);

        await house.click(USERS.admin, action, text.slice(0, 2000));

        expect(await house.types()).toEqual(before);
        expect(house.log.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = [readRunValue(text), readStartValue(text), readMetadata(text)];

        expect(read).toEqual([null, null, null]);
      }),
    );
  });
});
