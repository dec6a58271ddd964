import { recordOf } from '../../providers/memory/translate.ts';
import type { MemoryRecord } from '../../providers/memory/vendor.ts';
import { FleetTail } from '../../src/executor/fleet-tail.ts';
import { closedRuns } from '../../src/run/closed-runs.ts';
import { isEnded } from '../../src/run/state.ts';
import { EAST, EUROPE, WEST } from '../support/fleet-config.ts';
import type { Model } from '../support/model.ts';
import type { Dice } from './dice.ts';
import type { Judge } from './judge.ts';
import { CALM, type Weather } from './ports.ts';
import { recordsOf } from './zone-sets.ts';

/** The vendor and the processes get worse or better. */
export const changeWeather = (weather: Weather, dice: Dice): void => {
  const bad = dice.chance(0.5);
  Object.assign(weather, CALM, {
    crash: dice.pick([0, 0.001, 0.005]),
    stall: dice.pick([0, 0.001, 0.01]),
    throttled: bad ? dice.pick([0, 0.1, 0.6]) : 0,
    unavailable: bad ? dice.pick([0, 0.1, 1]) : 0,
    lost: bad ? dice.pick([0, 0.1, 0.4]) : 0,
    hang: bad ? dice.pick([0, 0, 0.1]) : 0,
    late: dice.pick([0, 0.05, 0.3]),
  });
};

/** Monitoring goes, or a region fails, falls silent or loses machines. Gives back how it heals. */
export const breakHealth = ({ world }: Model, dice: Dice): (() => void) => {
  const region = dice.pick([EAST, WEST, EUROPE]);
  switch (dice.between(1, 5)) {
    case 1:
      world.failing.add(region);
      return () => void world.failing.delete(region);
    case 2:
      world.silent.add(region);
      return () => void world.silent.delete(region);
    case 3:
      world.monitoringDown = true;
      return () => {
        world.monitoringDown = false;
      };
    case 4:
      // One measured FAIL: dead for those who declare it, unknown for all others.
      world.failing.add(region);
      world.unheard.add(region);
      return () => {
        world.failing.delete(region);
        world.unheard.delete(region);
      };
    default:
      world.capacity.set(region, 500);
      return () => void world.capacity.set(region, 1000);
  }
};

export const heal = ({ world, config }: Model): void => {
  world.failing.clear();
  world.silent.clear();
  world.unheard.clear();
  world.monitoringDown = false;
  for (const region of config.regions) world.capacity.set(region, 1000);
};

/** Somebody changes a record at the vendor's console. */
export const editSomething = (model: Model, judge: Judge, dice: Dice): void => {
  const service = dice.any(model.config.services);
  const set = dice.any(service?.sets ?? []);
  if (service === undefined || set === undefined) return;
  const record = dice.any(recordsOf(model.vendor.zone(set.ref.zone), set));
  if (record === undefined) return;
  const edited = dice.pick<MemoryRecord | null>([
    { ...record, weight: dice.between(0, 255) },
    { ...record, ttlSeconds: 30 },
    { ...record, value: '198.51.100.7' },
    null,
  ]);
  model.vendor.edit(set.ref.zone, record, edited);
  judge.foreignEdit(service, set);
};

/** Changes that are this old have propagated: the vendor does not lose them any more. */
const LOSABLE_MS = 25_000;

/** The vendor loses the newest write, and forgets that it had ever accepted it. */
export const strandSomething = ({ vendor, clock }: Model, judge: Judge): void => {
  const last = judge.landings.at(-1);
  if (last === undefined || clock.now() - last.at > LOSABLE_MS) return;
  if (vendor.zone(last.zone).records !== last.after.records) return;
  for (const [key, record] of last.before.records)
    if (last.after.records.get(key) !== record) vendor.edit(last.zone, record, record);
  vendor.strand(last.change);
};

/** Whoever edited a set puts it back to what the run that holds for it knows. */
export const putBack = async (model: Model, judge: Judge): Promise<void> => {
  const open = (await model.runs()).filter((run) => !isEnded(run));
  for (const { ref } of model.config.services.flatMap(({ sets }) => sets)) {
    const live = open.findLast(({ sets }) => sets[ref.set]?.foreign != null)?.sets[ref.set]?.live;
    if (live === undefined) continue;
    for (const record of recordsOf(model.vendor.zone(ref.zone), { ref })) model.vendor.edit(ref.zone, record, null);
    for (const member of live.members.filter(({ present }) => present)) {
      const record = recordOf(member);
      model.vendor.edit(ref.zone, record, record);
    }
    judge.edited.delete(ref.set);
  }
};

/** Retention at a bad moment: whatever may leave leaves, as an export and a drop would do it. */
export const dropClosed = async ({ store, clock }: Model, keepMs: number): Promise<void> => {
  const tail = new FleetTail(store.journal);
  await tail.catchUp();
  const { closed, referredTo } = closedRuns(tail.view, clock.now(), keepMs);
  const { position, heads } = await store.archive.ends();
  const streams = heads.filter(({ stream, dropped }) => !dropped && closed.includes(stream) && !referredTo.has(stream));
  if (streams.length > 0) await store.archive.drop({ streams, decidedAt: position, file: 'export.ndjson' });
};
