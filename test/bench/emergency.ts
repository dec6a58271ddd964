import type { Instant } from '../../src/domain/units.ts';
import { WHOLE } from '../../src/domain/units.ts';
import { REAL_PACE } from '../../src/sandbox/pace.ts';
import { scenarioOf } from '../../src/sandbox/scenarios.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { Caches } from '../support/caches.ts';
import { EAST, EUROPE, WEST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel, type Model } from '../support/model.ts';
import { atMost, type Benchmark, count, printed, type Row } from './benchmark.ts';
import { moveInFixedSteps } from './fixed-step.ts';
import { CAST, firstAt, sandboxRun } from './sandbox-run.ts';

const TTL_MS = 60_000;
const INSYNC_MS = 45_000;
const LAG_MS = 15_000;
const PACE = {
  ...REAL_PACE,
  ttlSeconds: TTL_MS / 1000,
  propagationMs: INSYNC_MS,
  metricLagMs: LAG_MS,
  sampleEveryMs: 15_000,
  shortestBakeMs: TTL_MS + LAG_MS,
};
const MOST_MS = 8 * 60_000;
const OF_FIXED = 0.7;
const SEEDS = [1, 2, 3];
/** Less than this of what the source had at first counts as drained. */
const RESIDUE = 0.01;

/** A dead region in the sandbox: its traffic, as the resolvers that honour TTLs send it, and the others' load, tick by tick. */
const sandboxRows = async (seed: number): Promise<readonly Row[]> => {
  const result = await sandboxRun(scenarioOf('source-dead', { ...CAST, seed }), PACE);
  const approvedAt = firstAt(result, 'approval.given');
  const before = result.pictures[0]?.honouring[CAST.source] ?? 0;
  const drained = result.pictures.find(({ honouring }) => (honouring[CAST.source] ?? 0) <= before * RESIDUE);
  const highest = Math.max(...CAST.destinations.map((region) => result.highestUtilisation[region] ?? Number.NaN));
  const limit = (result.run?.envelope.limits.maximumDestinationUtilisation ?? 0) / WHOLE;
  const tookMs = drained === undefined ? Number.POSITIVE_INFINITY : drained.atMs - approvedAt;
  return [
    count(`dead source, seed ${seed}: virtual time over 8 minutes`, tookMs / MOST_MS, '', atMost(1)),
    count(`dead source, seed ${seed}: highest utilisation over its limit`, highest / limit, '', atMost(1)),
    printed(`dead source, seed ${seed}: approval to 99 % drained, virtual`, tookMs / 1000, 's', atMost(MOST_MS / 1000)),
  ];
};

interface Drain {
  readonly tookMs: number;
  readonly highest: number;
}

/** Follows the users of the model's only service second by second until the source is drained. */
const follow = async (model: Model, since: Instant): Promise<Drain> => {
  const [service] = model.config.services;
  const [set] = service?.sets ?? [];
  if (set === undefined) throw new Error('the model has no service');
  const caches = new Caches(model.vendor, model.clock);
  const shareOf = (region: typeof EAST): number => caches.share(set.ref, set.members[region] ?? '', TTL_MS);
  const before = shareOf(EAST);
  let highest = 0;
  for (;;) {
    for (const region of [WEST, EUROPE])
      highest = Math.max(highest, (shareOf(region) * model.world.demand) / (model.world.capacity.get(region) ?? 0));
    if (shareOf(EAST) <= before * RESIDUE) return { tookMs: model.clock.now() - since, highest };
    await model.clock.sleep(1000, new AbortController().signal);
  }
};

/** The source has this much of the traffic, the others the rest in equal parts. */
const arrange = async (clock: VirtualClock, source: number): Promise<Model> => {
  const other = (WHOLE - source) / 2;
  const home = { [EAST]: source, [WEST]: other, [EUROPE]: other };
  const limits = { emergency: { shortestBakeMs: TTL_MS + LAG_MS } };
  const model = await buildModel(clock, { home, propagationMs: INSYNC_MS, sampleEveryMs: 15_000, limits });
  model.world.failing.add(EAST);
  return model;
};

const steered = (source: number): Promise<Drain> => {
  const clock = new VirtualClock(MONDAY_MORNING);
  const work = async (): Promise<Drain> => {
    const model = await arrange(clock, source);
    await model.start({ region: EAST, mode: 'emergency' });
    const [drain] = await Promise.all([follow(model, clock.now()), model.executor().run(new AbortController().signal)]);
    return drain;
  };
  return clock.run(work());
};

const inFixedSteps = (source: number): Promise<Drain> => {
  const clock = new VirtualClock(MONDAY_MORNING);
  const work = async (): Promise<Drain> => {
    const model = await arrange(clock, source);
    const { envelope } = await model.plan({ region: EAST, mode: 'emergency' });
    if (envelope === null) throw new Error('the move is impossible');
    const step = envelope.limits.firstStep;
    const [drain] = await Promise.all([
      follow(model, clock.now()),
      moveInFixedSteps(model, envelope, { step, intervalMs: INSYNC_MS + envelope.bakeMs }),
    ]);
    return drain;
  };
  return clock.run(work());
};

const compared = async (source: number, decides: boolean): Promise<readonly Row[]> => {
  const [own, other] = [await steered(source), await inFixedSteps(source)];
  const name = `${source / 100} % in the source`;
  const goal = atMost(OF_FIXED);
  return [
    {
      what: `${name}: steer's time over the fixed steps'`,
      value: own.tookMs / other.tookMs,
      unit: '',
      goal: decides ? goal : null,
      decides,
    },
    printed(`${name}: steer, approval to 99 % drained, virtual`, own.tookMs / 1000, 's'),
    printed(`${name}: fixed steps, the same, virtual`, other.tookMs / 1000, 's'),
    {
      what: `${name}: highest utilisation, steer over fixed steps`,
      value: own.highest / other.highest,
      unit: '',
      goal: decides ? atMost(1.01) : null,
      decides,
    },
  ];
};

export const emergency: Benchmark = {
  name: 'emergency',
  goal:
    'An emergency at TTL 60 s, INSYNC after 45 s and samples every 15 s: from approval to 99 % of the TTL-honouring traffic ' +
    'drained in under 8 minutes, no destination over its limit at any moment. A dead region of the sandbox in virtual time: ' +
    'real providers over the wire fakes, resolvers that cache, capacity that scales late. Beside it, in the model mount ' +
    'with caches that expire evenly within one TTL and capacity that is there, a controller of equal steps: each as large as ' +
    'the first step that the same config allows, at the interval after which a step can be seen (INSYNC, TTL, metric lag), ' +
    'towards the same shares and so to the same highest utilisation. steer takes at most 0.7 of its time.',
  run: async () => {
    const rows: Row[] = [];
    for (const seed of SEEDS) rows.push(...(await sandboxRows(seed)));
    rows.push(...(await compared(5000, true)), ...(await compared(3334, false)));
    return rows;
  },
};
