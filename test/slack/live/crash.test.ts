import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import { RunJournal } from '../../support/run-events.ts';
import { OPERATOR } from '../../support/run-plan.ts';
import { never } from '../../support/story.ts';
import { MINUTE, OPS, SECOND, Stage } from './stage.ts';

/** Short, and with everything in it: approval, a step, a hold, an end. */
const STORY: readonly StoredEvent[] = new RunJournal()
  .started()
  .intended(125, { step: 1, progress: 4000, weights: [24, 38, 38], served: [1, 0.92] })
  .bothLand(127, 1)
  .propagated(160, 1)
  .add(170, {
    type: 'run.held',
    data: { cause: 'gate', endsByItself: false, objections: [], because: ['p99'], byHand: [] },
  })
  .add(420, { type: 'stop.asked', data: { by: OPERATOR, door: 'cli', because: 'enough' } }).events;

const NEWS: readonly RegExp[] = [
  /^APPROV(AL|ED)/,
  /^Approved by/,
  /^STARTED/,
  /^Landed/,
  /^HOLDING out \(gate\)(?!.*waited)/s,
  /^HOLDING out \(gate\).*waited for a person/s,
  /^STOPPED \(person\)/,
];

interface Outcome {
  /** Whether the first bot came as far as to crash. */
  readonly hasCrashed: boolean;
  readonly stage: Stage;
}

/** Tells the story with a bot that dies at the nth of its appends and calls, and one that is started a second later. */
const crashAt = async (nth: number, where: 'before' | 'after'): Promise<Outcome> => {
  const stage = new Stage();
  const crashed = Promise.withResolvers<void>();
  let count = 0;
  let hasCrashed = false;
  const reach = async (): Promise<void> => {
    if (hasCrashed) return never();
    count += 1;
    if (count < nth) return;
    hasCrashed = true;
    crashed.resolve();
    return never();
  };
  const hooks =
    where === 'before' ? { beforeAppend: reach, beforeCall: reach } : { afterAppend: reach, afterCall: reach };
  await stage.run(async () => {
    stage.bot(hooks);
    const restarted = crashed.promise.then(async () => {
      await stage.sleep(SECOND);
      stage.bot();
    });
    await stage.play(STORY);
    await stage.sleep(5 * MINUTE);
    if (hasCrashed) await restarted;
  });
  return { hasCrashed, stage };
};

/** Everything that the bot ever posted below a message, whichever it was. */
const saidIn = (stage: Stage): readonly string[] =>
  stage.seen().flatMap(({ ts, threadTs }) =>
    threadTs === null
      ? stage.workspace
          .thread('U0VIEWER', OPS, ts)
          .filter((message) => message.ts !== ts)
          .map(({ text }) => text)
      : [],
  );

const problemsOf = (stage: Stage): readonly string[] => {
  const tops = stage.seen().filter(({ threadTs }) => threadTs === null);
  const ends = tops.filter(({ text }) => text.startsWith('STOPPED (person)'));
  const orphans = tops.filter(({ text }) => text.startsWith('RUN evacuate us-east-1'));
  const said = saidIn(stage);
  const counts = NEWS.map((news) => said.filter((text) => news.test(text)).length);
  const duplicates = counts.reduce((all, count) => all + Math.max(0, count - 1), 0);
  return [
    ...(ends.length === 1 ? [] : [`${ends.length} messages that show the end`]),
    ...(ends.length + orphans.length === tops.length ? [] : ['a message that shows something old']),
    ...(orphans.every(({ blocks }) => !JSON.stringify(blocks).includes('"button"')) ? [] : ['a button left behind']),
    ...(duplicates + orphans.length <= 1 ? [] : [`${duplicates} news twice, ${orphans.length} messages left behind`]),
    ...NEWS.flatMap((news, at) => ((counts[at] ?? 0) > 0 || isCovered(news, said) ? [] : [`never said: ${news}`])),
  ];
};

/** A request for an approval that came meanwhile is not made any more. */
const isCovered = (news: RegExp, said: readonly string[]): boolean =>
  news.test('APPROVED') && said.some((text) => text.startsWith('Approved by'));

describe('a bot that dies', () => {
  it.each(['before', 'after'] as const)(
    '%s any of its appends and calls loses no news, says one twice at most, and leaves one live message',
    async (where) => {
      const problems: string[] = [];
      let points = 0;
      for (let nth = 1; ; nth += 1) {
        const { hasCrashed, stage } = await crashAt(nth, where);
        problems.push(...problemsOf(stage).map((problem) => `${where} ${nth}: ${problem}`));
        if (!hasCrashed) break;
        points += 1;
      }

      expect(problems).toEqual([]);
      expect(points).toBeGreaterThan(40);
    },
    120_000,
  );
});
