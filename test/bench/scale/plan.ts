// Plans an evacuation of many names under the usual limits, several times, and prints the fastest in milliseconds: what the
// planner itself takes once the facts are there, in a process that does nothing else.
import { propose } from '../../../src/planner/propose.ts';
import { MemoryDisk } from '../../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { EAST, OPERATOR } from '../../support/fleet-config.ts';
import { MONDAY_MORNING } from '../../support/manual-clock.ts';
import { acceptConfig, buildEngine, requestOf } from '../engine.ts';
import { DNS } from '../route53-fleet.ts';
import { fleetOf } from './evacuate.ts';

const TIMES = 5;

const fastestMs = async (clock: VirtualClock, names: number): Promise<number> => {
  const { config, probe, openSteering } = await fleetOf(clock, names);
  const disk = new MemoryDisk({ storeId: 'store_bench', region: 'outside', madeAt: clock.now() });
  const store = openMemoryStore(disk, { clock, hash: sha256 });
  await acceptConfig(store, config);
  const sides = new Map([[DNS, await openSteering()]]);
  const facts = await buildEngine({ config, store, clock, probe, reading: sides, acting: sides }).gather();
  const asker = config.people.find(({ person }) => person === OPERATOR);
  if (asker === undefined) throw new Error('no operator');
  const request = requestOf({ region: EAST });
  const times = Array.from({ length: TIMES }, () => {
    const started = performance.now();
    const common = { request, config, configDigest: facts.configDigest, facts, asker };
    const { forecast } = propose({ ...common, store: 'store_bench', now: clock.now() });
    if (forecast === null) throw new Error('the move is impossible');
    return performance.now() - started;
  });
  return Math.min(...times);
};

const clock = new VirtualClock(MONDAY_MORNING);
process.stdout.write(JSON.stringify(await clock.run(fastestMs(clock, Number(process.argv[2])))));
