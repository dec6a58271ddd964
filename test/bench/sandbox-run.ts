import { type DrillResult, runDrill } from '../../src/compose/drill.ts';
import { mountVirtual } from '../../src/compose/sandbox-mount.ts';
import type { Pace } from '../../src/sandbox/pace.ts';
import type { Scenario } from '../../src/sandbox/scenarios.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';

/** The cast of every scenario here: the largest region is left, the two others receive. */
export const CAST = { source: 'us-east-1', destinations: ['us-west-2', 'eu-west-1'] } as const;

const quiet = { planned: () => {}, moved: () => {}, broke: () => {}, healed: () => {}, told: () => {} };

/** A whole drill of the sandbox in virtual time: the product's own code over the wire fakes, without sockets. */
export const sandboxRun = (scenario: Scenario, pace: Pace): Promise<DrillResult> => {
  const clock = new VirtualClock(Date.UTC(2026, 0, 5, scenario.startHourUtc));
  const sandbox = mountVirtual(scenario, clock, pace);
  const disk = new MemoryDisk({ storeId: 'store_bench', region: 'outside', madeAt: clock.now() });
  const store = openMemoryStore(disk, { clock, hash: sha256 });
  const signal = new AbortController().signal;
  return clock.run(runDrill({ sandbox, store, scenario, watcher: quiet, signal }));
};

/** When the first event of a type was appended. Throws where it never was: then the run took another course. */
export const firstAt = ({ events }: DrillResult, type: string): number => {
  const found = events.find((event) => event.type === type);
  if (found === undefined) throw new Error(`the run has no ${type}`);
  return found.at;
};
