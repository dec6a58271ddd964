import type { Steering } from '../../providers/steering.ts';
import type { Config } from '../domain/config.ts';
import type { ProviderId, RegionId } from '../domain/ids.ts';
import { countedSets } from '../domain/layers.ts';
import { entriesOf } from '../domain/records.ts';
import { type Fence, zoneKey } from '../domain/steering.ts';
import { type ReadSets, readRefs } from '../facts/read-sets.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import type { StepCharge } from '../run/events.ts';

/** What taking over found and left. */
export interface Taken {
  /** Ids of the stores whose markers were found. */
  readonly from: readonly string[];
  /** The markers that stand there now. */
  readonly fences: Readonly<Record<string, Fence>>;
  /** Everything below home counts as removed at this moment, because nobody knows when it was. */
  readonly charges: readonly StepCharge[];
  readonly epoch: number;
}

export interface TakeOverDeps {
  readonly store: string;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly steerings: ReadonlyMap<ProviderId, Steering>;
  readonly config: Config;
  readonly leaseMs: number;
}

/** Nothing was taken over, and why. */
export class CannotTakeOver extends Error {
  override readonly name = 'CannotTakeOver';
}

const chargesNow = (config: Config, read: ReadSets): readonly StepCharge[] =>
  config.services.flatMap((service): StepCharge[] => {
    let servedNow = 0;
    for (const { ref, members, part } of countedSets(service, (set) => read.sets[set]?.state)) {
      const present = read.sets[ref.set]?.state.members.filter((member) => member.present) ?? [];
      const total = present.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
      for (const [region, home] of entriesOf<RegionId, number>(service.home)) {
        const weight = present.find(({ member }) => member === members[region])?.weight ?? 0;
        const share = total === 0 ? 0 : (weight / total) * 10_000;
        // Whole weights never hold a share exactly: half a percent below home is home.
        servedNow += (part / 10_000) * (share >= home - 50 ? home : share);
      }
    }
    const servedAfter = Math.min(1, servedNow / 10_000);
    return servedAfter >= 1 ? [] : [{ service: service.service, servedBefore: 1, servedAfter }];
  });

/** The epoch grows by one with each tenure: as many as it takes to be above every marker found. */
const epochAbove = async (highest: number, { lease, store, leaseMs }: TakeOverDeps): Promise<HeldLease> => {
  const holder = `adopt:${store}`;
  let held = await lease.acquire(holder, leaseMs);
  while (held !== null && held.epoch <= highest) {
    await lease.release(held);
    held = await lease.acquire(holder, leaseMs);
  }
  if (held === null) throw new CannotTakeOver('another process holds the lease of this store; end "steer serve" first');
  return held;
};

/**
 * Takes zones over from other stores (design section 7): waits until any lease of theirs has run out, raises this store's
 * epoch above their markers, and writes the markers as conditional writes. Weights are not touched.
 */
export const takeOver = async (deps: TakeOverDeps, signal: AbortSignal): Promise<Taken> => {
  await deps.clock.sleep(deps.leaseMs, signal);
  const refs = deps.config.services.flatMap(({ sets }) => sets.map(({ ref }) => ref));
  const read = await readRefs(refs, { steerings: deps.steerings, now: () => deps.clock.now() }, signal);
  if (read.missing.length > 0) throw new CannotTakeOver(`nothing was taken over: ${read.missing.join('; ')}`);
  const foreign = Object.entries(read.fences).flatMap(([zone, fence]) =>
    fence === null || fence.store === deps.store ? [] : [{ zone, fence }],
  );
  const { epoch } = await epochAbove(Math.max(0, ...foreign.map(({ fence }) => fence.epoch)), deps);
  const leaves: Fence = { store: deps.store, epoch };
  const fences: Record<string, Fence> = {};
  for (const { zone: key, fence } of foreign) {
    const ref = refs.find((one) => zoneKey(one) === key);
    const steering = ref === undefined ? undefined : deps.steerings.get(ref.provider);
    if (ref === undefined || steering === undefined)
      throw new CannotTakeOver(`the provider of zone ${key} is not open in this process`);
    const comment = `steer store adopt ${deps.store}`;
    await steering.replace({ zone: ref.zone, changes: [], fence: { expects: fence, leaves }, comment }, signal);
    fences[key] = leaves;
  }
  return {
    from: [...new Set(foreign.map(({ fence }) => fence.store))],
    fences,
    epoch,
    charges: chargesNow(deps.config, read),
  };
};
