import { describe, expect, it } from 'vitest';
import { createFollower } from '../../../src/slack/live/follower.ts';
import type { SlackPort } from '../../../src/slack/live/port.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { EAST } from '../../support/fleet-config.ts';
import { MONDAY_MORNING } from '../../support/manual-clock.ts';
import { buildModel } from '../../support/model.ts';
import { never } from '../../support/story.ts';
import { peopleOf, slackConfig } from '../support/house.ts';
import { HOUR } from './stage.ts';

/** A Slack that takes every call and answers none. */
const HANGING: SlackPort = {
  chat: { postMessage: () => never(), update: () => never() },
  files: { getUploadURLExternal: () => never(), completeUploadExternal: () => never() },
};

/** An evacuation by the real engine, told by a bot over this port; the types and times of its events. */
const evacuate = async (port: SlackPort | null): Promise<readonly string[]> => {
  const clock = new VirtualClock(MONDAY_MORNING);
  const told: string[] = [];
  const story = async (): Promise<void> => {
    const model = await buildModel(clock);
    const ended = new AbortController();
    const config = { ...model.config, people: peopleOf('T0HOME'), slack: slackConfig() };
    const following =
      port === null
        ? Promise.resolve()
        : createFollower({
            journal: openMemoryStore(model.disk, { clock, hash: sha256 }).journal,
            clock,
            random: { next: () => 0.5 },
            ids: { next: () => 'bot_1' },
            port,
            config: async () => config,
            log: { info: () => {}, warn: () => {}, error: () => {} },
            easel: null,
          }).run(ended.signal);
    const run = await model.start({ region: EAST, mode: 'planned' });
    await model.executor().run(new AbortController().signal);
    const events = await model.store.journal.read(`run/${run}`, 0);
    told.push(...events.map(({ type, at }) => `${at - MONDAY_MORNING} ${type}`));
    ended.abort(new Error('the test ends'));
    await following;
  };
  await clock.run(story(), MONDAY_MORNING + 12 * HOUR);
  return told;
};

describe('the engine', () => {
  it('takes the same course to the millisecond whether Slack answers nothing or nobody tells Slack', async () => {
    const alone = await evacuate(null);
    const told = await evacuate(HANGING);

    expect(alone.at(-1)).toContain('run.finished');
    expect(told).toEqual(alone);
  });
});
