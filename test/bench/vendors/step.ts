import { ProviderError } from '../../../providers/errors.ts';
import { sideBySide } from '../../../providers/side-by-side.ts';
import type { SetChange, Steering, ZoneReading } from '../../../providers/steering.ts';
import { serviceId } from '../../../src/domain/ids.ts';
import type { PlannedSet } from '../../../src/domain/plan.ts';
import { afterWrite, differences } from '../../../src/domain/set-state.ts';
import type { DrainMethod, Fence, SetRef, SetState, Weights } from '../../../src/domain/steering.ts';
import { cutBatches } from '../../../src/planner/batches.ts';
import type { VirtualClock } from '../../../src/system/virtual-clock.ts';
import type { Reached, VendorFleet } from './fleet.ts';

/** As many batches as the executor sends at once. */
const AT_ONCE = 8;
/** What the executor waits before it sends a batch again that the vendor, or its pace, did not take: 1 s, 2 s, up to 16 s. */
const againMs = (refusals: number): number => Math.min(16_000, 1000 * 2 ** (refusals - 1));
const FENCE: Fence = { store: 'store_bench', epoch: 1 };

const never = (): AbortSignal => new AbortController().signal;

/** What one read or step has cost. */
export interface Spent extends Reached {
  readonly ms: number;
}

export interface Measured {
  readonly cold: Spent;
  readonly step: Spent;
  readonly verify: Spent;
  readonly batches: number;
  /** Reads and batches that were put off, because the account's request budget was used up. */
  readonly again: number;
}

/** Half of what the first member has goes to the second. */
const shifted = ({ members }: SetState): Weights => {
  const weights = Object.fromEntries(members.map(({ member, weight }) => [member, weight]));
  const [first, second] = members.filter(({ weight }) => weight !== null);
  if (first === undefined || second === undefined) throw new Error('a set of the bench has two members that serve');
  const part = Math.floor((first.weight ?? 0) / 2);
  return {
    ...weights,
    [first.member]: (first.weight ?? 0) - part,
    [second.member]: (second.weight ?? 0) + part,
  };
};

const drainOf = ({ capabilities }: Steering): DrainMethod =>
  capabilities.drain.find((drain) => drain !== 'lever') ?? 'zero';

const plannedSet = (ref: SetRef, base: SetState, drain: DrainMethod): PlannedSet => ({
  ref,
  base,
  drain,
  service: serviceId('bench'),
  part: 10_000,
  members: {},
  from: {},
  to: {},
});

const statesOf = (readings: readonly ZoneReading[]): ReadonlyMap<string, SetState> =>
  new Map(readings.flatMap(({ sets }) => sets.map((state) => [state.set, state] as const)));

const assertIntended = (changes: readonly SetChange[], live: ReadonlyMap<string, SetState>): void => {
  for (const { ref, expects, weights, drain } of changes) {
    const state = live.get(ref.set);
    const diff = state === undefined ? ['not read'] : differences(afterWrite(expects, weights, drain), state);
    if (diff.length > 0) throw new Error(`${ref.name}: the step did not land: ${diff.join('; ')}`);
  }
};

/** Reads all names from cold, writes them all in one step as the executor would, and reads them all again. */
export const measure = async ({ steering, refs, reached }: VendorFleet, clock: VirtualClock): Promise<Measured> => {
  const { capabilities } = steering;
  let again = 0;

  const spent = async <T>(work: () => Promise<T>): Promise<readonly [Spent, T]> => {
    const [before, startedAt] = [reached(), clock.now()];
    const result = await work();
    const after = reached();
    return [
      { reads: after.reads - before.reads, writes: after.writes - before.writes, ms: clock.now() - startedAt },
      result,
    ];
  };
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let refusals = 1; ; refusals += 1) {
      try {
        return await clock.busy('a call of the provider', work);
      } catch (failure) {
        if (!(failure instanceof ProviderError) || failure.kind !== 'throttled') throw failure;
        again += 1;
        await clock.sleep(againMs(refusals), never());
      }
    }
  };
  const read = () => spent(() => patiently(() => steering.read(refs, never())));

  const [cold, readings] = await read();
  const held = statesOf(readings);
  const drain = drainOf(steering);
  const changes = new Map(
    refs.map((ref): readonly [string, SetChange] => {
      const expects = held.get(ref.set);
      if (expects === undefined || expects.members.length < 2)
        throw new Error(`${ref.name} was not found at the vendor`);
      return [ref.set, { ref, drain, expects, weights: shifted(expects) }];
    }),
  );
  const planned = [...changes.values()].map(({ ref, expects }) => plannedSet(ref, expects, drain));
  const [provider] = refs.map((ref) => ref.provider);
  const batches = cutBatches(planned, provider === undefined ? {} : { [provider]: capabilities });
  const fences = new Map(readings.map(({ zone, fence }) => [zone, fence]));

  const send = async ({ zone, sets }: (typeof batches)[number]): Promise<void> => {
    const wanted = sets.flatMap((set) => changes.get(set) ?? []);
    const fence = { expects: fences.get(zone) ?? null, leaves: FENCE };
    const write = { zone, changes: wanted, fence, comment: 'run_bench step 1' };
    const landed = await patiently(() => steering.replace(write, never()));
    if (capabilities.fence === 'native') fences.set(zone, landed.fence);
  };
  // Two batches that carry the marker of one zone cannot leave at once: the second expects what the first leaves.
  const queues =
    capabilities.fence === 'native'
      ? [...Map.groupBy(batches, ({ zone }) => zone).values()]
      : batches.map((batch) => [batch]);
  const [step] = await spent(() =>
    sideBySide(queues, AT_ONCE, async (queue) => {
      for (const batch of queue) await send(batch);
    }),
  );

  const [verify, after] = await read();
  assertIntended([...changes.values()], statesOf(after));
  return { cold, step, verify, batches: batches.length, again };
};
