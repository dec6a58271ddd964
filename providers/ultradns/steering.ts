import { sameRecords } from '../../src/domain/set-state.ts';
import type { SetRef, SetState } from '../../src/domain/steering.ts';
import { weightRangeOf } from '../../src/domain/steering.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, SetChange, Steering, SteeringWrite, ZoneReading } from '../steering.ts';
import type { UltraApi } from './api.ts';
import { STEERING } from './capabilities.ts';
import { assertGroupSteerable, groupStateOf, poolPointedAt, targetOf } from './group-sets.ts';
import { readNames } from './read-names.ts';
import { infoAt, type JsonObject, type Rrset } from './rrset.ts';
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

const stateIn = (ref: SetRef, rrset: Rrset | null): SetState =>
  ref.group === undefined ? setStateOf(ref, rrset) : groupStateOf(ref, ref.group, rrset);

const wordsIn = (live: Rrset, otherwise: StateWords): StateWords =>
  wordsOf(
    live.rdata.map((_, index) => stateOf(infoAt(live, index))),
    otherwise,
  );

/** One object at the vendor: a pool, or some of the groups of one directional pool. */
const assertOneName = ({ zone, changes }: SteeringWrite): void => {
  const names = new Set(changes.map(({ ref }) => keyOf(ref)));
  const isOne = names.size < 2 && (changes.length < 2 || changes.every(({ ref }) => ref.group !== undefined));
  if (isOne) return;
  throw new ProviderError(
    'too-large',
    `zone ${zone}: ${changes.length} sets in one write; UltraDNS changes one name at a time`,
  );
};

/** What the set shall hold. Throws before anything is sent. */
const judged = (change: SetChange): SetState => {
  const { ref } = change;
  const { group } = ref;
  if (group === undefined) assertSteerable(change);
  else assertGroupSteerable(change, group);
  const left = assertSafeChange(change, weightRangeOf(ref, STEERING));
  if (group === undefined) assertServesAsWeighed(change, left);
  else targetOf(ref, group, left);
  return left;
};

/** `Steering` over UltraDNS: one pool a name, compared by us, written whole by one PUT, read back. */
export const ultraSteering = ({ api, words }: UltraSteeringDeps): Steering => {
  const readZone = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const found = await readNames(api, zone, refs, signal);
    return { zone, fence: null, sets: refs.map((ref) => stateIn(ref, found.get(keyOf(ref)) ?? null)) };
  };

  const bodyOf = (live: Rrset, changes: readonly SetChange[], left: readonly SetState[]): JsonObject => {
    const targets = changes.flatMap(({ ref }, index) => {
      const its = left[index];
      return ref.group === undefined || its === undefined ? [] : [[ref.group, targetOf(ref, ref.group, its)] as const];
    });
    if (targets.length > 0) return poolPointedAt(live, new Map(targets));
    const [change] = changes;
    const [its] = left;
    if (change === undefined || its === undefined) throw new TypeError('a write of nothing has no body');
    const { pool, off } = poolWith(live, its, wordsIn(live, words));
    assertMayBeOff(change, its, off);
    return pool;
  };

  return {
    capabilities: STEERING,

    async read(refs, signal) {
      const zones = [...Map.groupBy(refs, ({ zone }) => zone)];
      return sideBySide(zones, MOST_ZONES_AT_ONCE, ([zone, its]) => readZone(zone, its, signal));
    },

    async replace(write, signal): Promise<Landed> {
      const { changes } = write;
      const [first] = changes;
      // No place for a marker, and so nothing to raise.
      if (first === undefined) return { change: null, sets: [], fence: write.fence.leaves };
      assertOneName(write);
      const left = changes.map(judged);
      const { zone, type, name } = first.ref;
      const held: { live: Rrset | null } = { live: null };
      await emulatedReplace({
        changes,
        left,
        read: async () => {
          held.live = await api.rrset(zone, type, name, signal);
          return changes.map(({ ref }) => stateIn(ref, held.live));
        },
        write: async () => {
          const { live } = held;
          if (changes.every(({ expects }, index) => sameRecords(expects, left[index] ?? expects))) return;
          if (live === null) throw new ProviderError('conflict', `${keyOf(first.ref)} is gone; read it again`);
          const body = bodyOf(live, changes, left);
          await api.write('PUT', { zone, type, owner: name }, body, signal);
        },
      });
      return { change: null, sets: left, fence: write.fence.leaves };
    },

    async propagation(changes) {
      return new Map(changes.map((change) => [change, 'unknown-change']));
    },
  };
};
