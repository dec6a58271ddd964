import type { SetRef, SetState } from '../../src/domain/steering.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { SetChange, Steering, ZoneReading } from '../steering.ts';
import type { RecordsApi } from './api.ts';
import { NS1_STEERING } from './capabilities.ts';
import type { Ns1Record } from './record.ts';
import { assertSteerable } from './steerable.ts';
import { recordOf, setStateOf } from './translate.ts';
import type { ZonesApi } from './zones-api.ts';

/** Each record is one call, and NS1 has no call for several. */
const MOST_AT_ONCE = 8;

export interface Ns1SteeringDeps {
  readonly records: RecordsApi;
  readonly zones: Pick<ZonesApi, 'get'>;
  readonly limiter: Pick<RateLimiter, 'parallel'>;
}

/** `Steering` over filter chains: a set is a record, its members the answers. */
export const ns1Steering = ({ records, zones, limiter }: Ns1SteeringDeps): Steering => {
  const width = (): number => Math.min(MOST_AT_ONCE, limiter.parallel());

  const readZone = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const found = await sideBySide(refs, width(), async (ref) => ({ ref, record: await records.get(ref, signal) }));
    // "Not found" is said of a record and of a zone alike, and only the text would tell them apart.
    if (found.some(({ record }) => record === null)) await zones.get(zone, signal);
    return { zone, fence: null, sets: found.map(({ ref, record }) => setStateOf(ref, record)) };
  };

  const replaceOne = async (change: SetChange, left: SetState, signal: AbortSignal): Promise<void> => {
    const { ref } = change;
    let live: Ns1Record | null = null;
    const read = async () => {
      live = await records.get(ref, signal);
      return [setStateOf(ref, live)];
    };
    const write = async (): Promise<void> => {
      // Only reached when the set was as expected, so that a record is there.
      if (live === null) throw new ProviderError('conflict', `${ref.name} ${ref.type} is gone; read it again`);
      assertSteerable(live);
      await records.update(ref, recordOf(live, left), signal);
    };
    await emulatedReplace({ changes: [change], left: [left], read, write });
  };

  return {
    capabilities: NS1_STEERING,

    async read(refs, signal) {
      const readings: ZoneReading[] = [];
      for (const [zone, its] of Map.groupBy(refs, (ref) => ref.zone)) readings.push(await readZone(zone, its, signal));
      return readings;
    },

    async replace({ changes, fence }, signal) {
      if (changes.length > 1) {
        throw new ProviderError('too-large', `${changes.length} sets in one write; a record of NS1 is written alone`);
      }
      const left = changes.map((change) => assertSafeChange(change, NS1_STEERING.weight));
      for (const [index, change] of changes.entries()) await replaceOne(change, left[index] ?? change.expects, signal);
      return { change: null, sets: left, fence: fence.leaves };
    },

    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};
