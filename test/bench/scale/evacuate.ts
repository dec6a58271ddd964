import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { initStore } from '../../../src/store/sqlite/init-store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { EAST } from '../../support/fleet-config.ts';
import { MONDAY_MORNING } from '../../support/manual-clock.ts';
import { acceptConfig, buildEngine } from '../engine.ts';
import { ledgerOf } from '../ledger.ts';
import { DNS, type Route53Fleet, type Route53FleetOptions, route53Fleet } from '../route53-fleet.ts';

const NAMES_PER_SERVICE = 10;
const NAMES_PER_ZONE = 50;
const RECORDS_PER_ZONE = 200;

/** What one evacuation in one step cost, plan and all. */
export interface Evacuation {
  readonly calls: number;
  readonly wireBytes: number;
  readonly journalBytes: number;
  readonly cpuMs: number;
  /** From the intent of the step to its last landed batch, virtual, and the writes in between. */
  readonly writingMs: number;
  readonly writes: number;
  /** In use once all has landed and the next snapshot is in hand, garbage collected. */
  readonly heapBytes: number;
  readonly ended: string;
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const heapInUse = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

/** One step moves everything, so that what is measured is the price of one step. */
const ONE_STEP: Route53FleetOptions['limits'] = { drill: { firstStep: 10_000, largestStep: 10_000 } };

/** A fleet of `names` steered names, ten to a service and fifty to a zone. */
export const fleetOf = (
  clock: VirtualClock,
  names: number,
  limits: Route53FleetOptions['limits'] = {},
): Promise<Route53Fleet> => {
  const zones = names / NAMES_PER_ZONE;
  const shape = { services: names / NAMES_PER_SERVICE, namesPerService: NAMES_PER_SERVICE, zones };
  return route53Fleet(clock, { ...shape, recordsPerZone: RECORDS_PER_ZONE, hostedZones: zones + 20, limits });
};

const evacuateOver = async (clock: VirtualClock, names: number, path: string): Promise<Evacuation> => {
  const fleet = await fleetOf(clock, names, ONE_STEP);
  const store = initStore(path, { storeId: 'store_bench', region: 'outside' }, { clock, hash: sha256 });
  await acceptConfig(store, fleet.config);
  const ledger = ledgerOf(fleet.fake, await fleet.openSteering());
  const sides = { reading: new Map([[DNS, ledger.reading]]), acting: new Map([[DNS, ledger.acting]]) };
  const engine = buildEngine({ config: fleet.config, store, clock, probe: fleet.probe, ...sides });
  const cpuBefore = process.cpuUsage();
  let intendedAt = 0;
  let landedAt = 0;
  let heapBytes = 0;
  const run = await engine.approve(await engine.plan({ region: EAST }));
  await engine.execute({
    tell: ({ what }) => {
      if (what === 'step.intended') intendedAt = clock.now();
      if (what === 'batch.landed') landedAt = clock.now();
      if (what === 'step.baked') heapBytes = heapInUse();
    },
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  const rows = await store.archive.rows(0, Number.MAX_SAFE_INTEGER);
  const { ended, steps } = await engine.run(run);
  store.close();
  return {
    calls: Object.values(fleet.fake.log.counts()).reduce((all, own) => all + own, 0),
    wireBytes: fleet.wireBytes(),
    journalBytes: rows.reduce((all, { data }) => all + data.length, 0),
    cpuMs: (user + system) / 1000,
    writingMs: landedAt - intendedAt,
    writes: ledger.calls(0, 'write'),
    heapBytes,
    ended: `${ended?.reason ?? 'not at all'} in ${steps.length}`,
  };
};

/** The real planner, executor, SQLite store, Route 53 provider and SDK over the wire fake, in virtual time. */
export const evacuate = async (names: number): Promise<Evacuation> => {
  const directory = mkdtempSync(join(tmpdir(), 'steer-bench-'));
  const clock = new VirtualClock(MONDAY_MORNING);
  try {
    return await clock.run(evacuateOver(clock, names, join(directory, 'steer.db')));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
