import { canonicalText } from '../../src/domain/canonical.ts';
import type { SetRef } from '../../src/domain/steering.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, Steering, ZoneReading } from '../steering.ts';
import type { UltraApi } from './api.ts';
import { STEERING } from './capabilities.ts';
import { readNames } from './read-names.ts';
import type { Rrset } from './rrset.ts';
import { infoAt } from './rrset.ts';
import { type StateWords, stateOf, wordsOf } from './states.ts';
import { assertMayBeOff, assertServesAsWeighed, assertSteerable } from './steerable.ts';
import { poolWith, setStateOf } from './translate.ts';

export interface UltraSteeringDeps {
  readonly api: UltraApi;
  /** Where no record of a pool shows which words its account uses. */
  readonly words: StateWords;
}

/** More zones at once would only queue for tokens. */
const MOST_ZONES_AT_ONCE = 4;

const keyOf = ({ name, type }: Pick<SetRef, 'name' | 'type'>): string => `${name} ${type}`;

const wordsIn = (live: Rrset, otherwise: StateWords): StateWords =>
  wordsOf(
    live.rdata.map((_, index) => stateOf(infoAt(live, index))),
    otherwise,
  );

/** `Steering` over UltraDNS: one pool a name, compared by us, written whole by one PUT, read back. */
export const ultraSteering = ({ api, words }: UltraSteeringDeps): Steering => {
  const readZone = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const found = await readNames(api, zone, refs, signal);
    return { zone, fence: null, sets: refs.map((ref) => setStateOf(ref, found.get(keyOf(ref)) ?? null)) };
  };

  return {
    capabilities: STEERING,

    async read(refs, signal) {
      const zones = [...Map.groupBy(refs, ({ zone }) => zone)];
      return sideBySide(zones, MOST_ZONES_AT_ONCE, ([zone, its]) => readZone(zone, its, signal));
    },

    async replace(write, signal): Promise<Landed> {
      const [change, ...more] = write.changes;
      if (more.length > 0) {
        const message = `zone ${write.zone}: ${write.changes.length} sets in one write; UltraDNS changes one name at a time`;
        throw new ProviderError('too-large', message);
      }
      // No place for a marker, and so nothing to raise.
      if (change === undefined) return { change: null, sets: [], fence: write.fence.leaves };
      assertSteerable(change);
      const left = assertSafeChange(change, STEERING.weight);
      assertServesAsWeighed(change, left);
      const { ref } = change;
      const held: { live: Rrset | null } = { live: null };
      await emulatedReplace({
        changes: [change],
        left: [left],
        read: async () => {
          held.live = await api.rrset(ref.zone, ref.type, ref.name, signal);
          return [setStateOf(ref, held.live)];
        },
        write: async () => {
          const { live } = held;
          if (live === null) throw new ProviderError('conflict', `${keyOf(ref)} is gone; read it again`);
          const { pool, off } = poolWith(live, left, wordsIn(live, words));
          assertMayBeOff(change, left, off);
          if (canonicalText(pool) === canonicalText(poolWith(live, change.expects, words).pool)) return;
          await api.write('PUT', { zone: ref.zone, type: ref.type, owner: ref.name }, pool, signal);
        },
      });
      return { change: null, sets: [left], fence: write.fence.leaves };
    },

    async propagation(changes) {
      return new Map(changes.map((change) => [change, 'unknown-change']));
    },
  };
};
