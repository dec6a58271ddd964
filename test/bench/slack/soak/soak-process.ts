// Twelve hours of a bot at work, in virtual time and in a process of its own, so that its heap and its handles are nobody else's.

import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Day } from './day.ts';
import { openWorld, type World } from './world.ts';

const [looks = ''] = process.argv.slice(2);
/** Hours after which everything is measured; the last ends it. */
const hours = looks.split(',').map(Number);
/** Time limits of calls to Slack run in real time: after this all of them are over. */
const OVER_MS = 8500;
/** V8 throws away compiled code that has not run for some collections; how much of it is there must not decide. */
const COLLECTIONS = 12;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

interface Measured {
  readonly hour: number;
  readonly heapBytes: number;
  readonly outsideBytes: number;
  readonly handles: number;
  readonly waits: number;
  readonly messages: number;
  readonly sockets: number;
}

const messagesIn = ({ workspace, members }: World): number =>
  workspace.channels().flatMap(({ id, members: inIt }) => {
    const eyes = members.filter(({ user }) => inIt.includes(user));
    return [...new Set(eyes.flatMap(({ user }) => workspace.messages(user, id).map(({ ts }) => ts)))];
  }).length;

const measure = async (world: World, hour: number): Promise<Measured> => {
  await world.act('settling', () => delay(OVER_MS));
  for (let times = 0; times < COLLECTIONS; times += 1) collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    hour,
    heapBytes: heapUsed,
    outsideBytes: external + arrayBuffers,
    handles: process.getActiveResourcesInfo().length,
    waits: world.clock.sleepers,
    messages: messagesIn(world),
    sockets: world.workspace.sockets(),
  };
};

const world = await openWorld();
const day = new Day(world);
const measured: Measured[] = [];

/** Gives the number of events that were written. */
const live = async (): Promise<number> => {
  for (let hour = 1; hour <= Math.max(...hours); hour += 1) {
    await day.hour(hour);
    if (hours.includes(hour)) measured.push(await measure(world, hour));
  }
  const { position } = await world.store.archive.ends();
  await world.close();
  return position;
};

const started = performance.now();
const events = await world.virtual.run(live());
const { failed, ...done } = day.done;
process.stdout.write(
  JSON.stringify({
    measured,
    events,
    done,
    failed,
    troubles: Object.fromEntries(world.troubles),
    calls: Object.values(world.workspace.calls()).reduce((sum, { ok, failed: bad }) => sum + ok + bad, 0),
    tookMs: performance.now() - started,
  }),
);
