// The bot as it is, in a process of its own, with the whole engine over the model. It does what its parent says: begins two runs
// that change all the time, counts their events, leaves.
import { z } from 'zod';
import type { RunId } from '../../../../src/domain/ids.ts';
import { resume } from '../../../../src/operations/resume.ts';
import { runStream } from '../../../../src/run/events.ts';
import { startBot } from '../../../../src/slack/bot.ts';
import { createFollower } from '../../../../src/slack/live/follower.ts';
import type { LogFields } from '../../../../src/slack/log.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { systemRandom } from '../../../../src/system/random.ts';
import { EAST } from '../../../support/fleet-config.ts';
import { loadFleet } from '../../../support/load-fleet.ts';
import { buildModel } from '../../../support/model.ts';
import { eventsOf, executedRuns } from '../../replay/executed.ts';
import { repeated } from '../../replay/journal.ts';
import { askerOf, configWith, crowd, someone } from '../crowd.ts';
import { begun, force, officeOver } from '../office.ts';

const [endpoint = '', size = '', history = ''] = process.argv.slice(2);
const SAMPLE_MS = 100;
const LOOK_MS = 1000;
const MINUTE = 60_000;

const say = (message: Record<string, unknown>): void => void process.send?.(message);

const clock = systemClock;
const members = crowd(Number(size));
const limits = { firstStep: 300, largestStep: 300 };
const model = await buildModel(clock, {
  services: ['shop', 'cart', 'pay'],
  ttlSeconds: 1,
  propagationMs: 2000,
  sampleEveryMs: SAMPLE_MS,
  limits: { drill: limits, planned: limits },
});
const { store } = model;
const config = configWith(model.config, members, endpoint);
await force(store, config);
const deps = officeOver({ model, store, clock, config, random: () => systemRandom.next() });
const ended = new AbortController();
const runs: RunId[] = [];
const tasks: Promise<unknown>[] = [];

/** Runs of earlier days, which every look at the fleet knows of. */
const remember = async (events: number): Promise<void> => {
  for (const copy of repeated(await executedRuns(), events)) {
    const own = eventsOf(copy).map(({ type, data }) => ({ type, data }));
    await store.journal.append({ stream: `run/${copy.name}`, expectedVersion: 0, events: own });
  }
};

const everySoOften = async (ms: number, act: () => Promise<void>): Promise<void> => {
  while (!ended.signal.aborted) {
    await clock.sleep(ms, ended.signal).catch(() => {});
    if (!ended.signal.aborted) await act();
  }
};

/** A colleague who lets go on what somebody has held. */
const resumeAll = async (): Promise<void> => {
  const fleet = await loadFleet(store.journal);
  for (const run of runs) {
    if (fleet.runs.get(run)?.personHold != null) await resume(deps, askerOf(someone(members, 'operator')), { run });
  }
};

/** Only one run moves at a time: the other is given what the first one sees, as if it moved beside it. */
const lookOn = async ([first, second]: readonly RunId[]): Promise<void> => {
  if (first === undefined || second === undefined) return;
  const fleet = await loadFleet(store.journal);
  const lastObservation = fleet.runs.get(first)?.lastObservation ?? null;
  if (lastObservation === null) return;
  // An ask that comes in between goes first; the next look is a moment away.
  const events = [{ type: 'observed', data: lastObservation.data }];
  await store.journal.append({
    stream: runStream(second),
    expectedVersion: fleet.runs.get(second)?.version ?? 0,
    events,
  });
};

const go = async (): Promise<void> => {
  for (const { service } of config.services.slice(0, 2))
    runs.push(await begun(deps, members, { region: EAST, services: [service], stayMs: 60 * MINUTE }));
  tasks.push(model.executor({ untilIdle: false }).run(ended.signal));
  tasks.push(everySoOften(LOOK_MS, resumeAll));
  tasks.push(everySoOften(SAMPLE_MS, () => lookOn(runs)));
};

await remember(Number(history));
const troubles: string[] = [];
const trouble = (fields: LogFields): void => void troubles.push(JSON.stringify(fields));
const log = { info: () => {}, warn: trouble, error: trouble };
const bot = await startBot({
  deps,
  config: async () => config,
  log,
  follower: (port, read) =>
    createFollower({
      journal: store.journal,
      clock,
      random: systemRandom,
      ids: deps.ids,
      port,
      config: read,
      log,
      easel: null,
    }),
});
say({ is: 'ready' });

const eventsOfEach = (): Promise<readonly number[]> =>
  Promise.all(runs.map(async (run) => (await store.journal.read(runStream(run), 0)).length));

/** A parent that is gone gives no orders. */
process.on('disconnect', () => process.exit());

const ORDER = z.enum(['go', 'count', 'leave']);

process.on('message', async (message) => {
  switch (ORDER.parse(message)) {
    case 'go':
      await go();
      return say({ is: 'going', runs });
    case 'count':
      return say({ is: 'counted', events: await eventsOfEach() });
    case 'leave':
      await bot.stop();
      ended.abort(new Error('the bench is over'));
      await Promise.allSettled(tasks);
      say({ is: 'ended', troubles });
      process.disconnect();
  }
});
