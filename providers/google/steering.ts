import { sum } from '../../src/domain/records.ts';
import { sameRecords } from '../../src/domain/set-state.ts';
import type { SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, Steering, SteeringWrite, ZoneReading } from '../steering.ts';
import type { GoogleApi } from './api.ts';
import { MOST_DATA_PER_CHANGE, MOST_RECORD_SETS_PER_CHANGE, STEERING_CAPABILITIES } from './capabilities.ts';
import { type HeldMarker, heldMarker, isSameFence, markerName, nextMarker } from './marker.ts';
import { keyOf } from './names.ts';
import { scanZone } from './scan.ts';
import type { GoogleRecordSet } from './shapes.ts';
import { type MemberNames, recordSetOf, setStateOf } from './translate.ts';
import type { ZoneDirectory } from './zones.ts';

export interface GoogleSteeringDeps {
  readonly api: GoogleApi;
  readonly zones: ZoneDirectory;
  readonly names: MemberNames;
}

const ZONES_AT_ONCE = 2;

/** What one zone holds of what was asked for, as the vendor wrote it. */
interface ZoneTruth {
  readonly marker: HeldMarker;
  readonly recordSets: ReadonlyMap<string, GoogleRecordSet>;
}

/** One set's part of a change: what is deleted, word for word as far as steer knows it, and what is there afterwards. */
interface Exchange {
  readonly ref: SetRef;
  readonly expects: SetState;
  readonly from: GoogleRecordSet | null;
  readonly to: GoogleRecordSet | null;
}

const stale = (what: string, cause?: unknown): ProviderError =>
  new ProviderError('conflict', `${what} is not as expected; read it again`, { cause });

const dataOf = ({ rrdatas = [], routingPolicy }: GoogleRecordSet): number =>
  sum([...rrdatas, ...(routingPolicy?.wrr?.items ?? []).flatMap((item) => item.rrdatas ?? [])].map((d) => d.length));

const assertSize = (all: readonly GoogleRecordSet[], exchanges: number): void => {
  const data = sum(all.map(dataOf));
  if (exchanges <= MOST_RECORD_SETS_PER_CHANGE && data <= MOST_DATA_PER_CHANGE) return;
  throw new ProviderError(
    'too-large',
    `${exchanges} record sets with ${data} bytes of data; a change of Cloud DNS holds ${MOST_RECORD_SETS_PER_CHANGE} and ${MOST_DATA_PER_CHANGE}`,
  );
};

/**
 * `Steering` over Cloud DNS: one change that deletes every record set exactly as expected and adds it with its new weights, the
 * marker among them. The vendor compares; steer reads first only where it does not know how the marker is written.
 */
export const googleSteering = ({ api, zones, names }: GoogleSteeringDeps): Steering => {
  const capabilities = STEERING_CAPABILITIES;
  /** The markers as they were seen last. Only ever saves a read: one that is out of date is refused by the vendor. */
  const seen = new Map<string, HeldMarker>();

  const look = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneTruth> => {
    const { dnsName } = await zones.zone(zone, signal);
    const markerRef = { name: markerName(dnsName), type: 'TXT' };
    const recordSets = await scanZone(api, zone, [markerRef, ...refs], signal);
    const marker = heldMarker(recordSets.get(keyOf(markerRef)));
    seen.set(zone, marker);
    return { marker, recordSets };
  };

  const read = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const { marker, recordSets } = await look(zone, refs, signal);
    return { zone, fence: marker.fence, sets: refs.map((ref) => setStateOf(ref, recordSets.get(keyOf(ref)), names)) };
  };

  const markerToReplace = async ({ zone, fence }: SteeringWrite, signal: AbortSignal): Promise<HeldMarker> => {
    if (fence.expects === null) return heldMarker(undefined);
    const known = seen.get(zone);
    const held =
      known !== undefined && isSameFence(known.fence, fence.expects) ? known : (await look(zone, [], signal)).marker;
    if (!isSameFence(held.fence, fence.expects)) throw stale(`the marker of zone ${zone}`);
    return held;
  };

  const send = async (write: SteeringWrite, sets: readonly Exchange[], marker: HeldMarker, signal: AbortSignal) => {
    const { dnsName } = await zones.zone(write.zone, signal);
    const next = nextMarker(dnsName, marker, write.fence.leaves);
    const deletions = [marker.recordSet, ...sets.map(({ from }) => from)].filter((one) => one !== null);
    const additions = [next, ...sets.map(({ to }) => to)].filter((one) => one !== null);
    assertSize([...deletions, ...additions], additions.length);
    await api.change(write.zone, { deletions, additions }, signal);
    seen.set(write.zone, heldMarker(next));
  };

  /**
   * The vendor said that something is not as it was sent. That may be only its form (the order of items, a field that steer
   * does not send), which nothing but the live record set can tell: if it means what was expected, its own words are used.
   */
  const inItsOwnWords = async (
    write: SteeringWrite,
    sets: readonly Exchange[],
    refusal: ProviderError,
    signal: AbortSignal,
  ) => {
    const live = await look(
      write.zone,
      sets.map(({ ref }) => ref),
      signal,
    );
    if (!isSameFence(live.marker.fence, write.fence.expects)) throw stale(`the marker of zone ${write.zone}`, refusal);
    const verbatim = sets.map((set) => {
      const held = live.recordSets.get(keyOf(set.ref));
      if (!sameRecords(setStateOf(set.ref, held, names), set.expects))
        throw stale(`${set.ref.name} ${set.ref.type}`, refusal);
      return { ...set, from: held ?? null };
    });
    await send(write, verbatim, live.marker, signal);
  };

  return {
    capabilities,

    async read(refs, signal) {
      const byZone = [...Map.groupBy(refs, ({ zone }) => zone)];
      return sideBySide(byZone, Math.min(ZONES_AT_ONCE, api.parallel()), ([zone, its]) => read(zone, its, signal));
    },

    async replace(write, signal): Promise<Landed> {
      const left = write.changes.map((change) => assertSafeChange(change, capabilities.weight));
      const drain = write.changes.find((change) => !capabilities.drain.includes(change.drain));
      if (drain !== undefined) {
        const why = 'what Cloud DNS answers for weight 0 is not established; declare `drain: remove`';
        throw new ProviderError('rejected', `${drain.ref.name} ${drain.ref.type}: drained by ${drain.drain}: ${why}`);
      }
      const sets = write.changes.map(({ ref, expects }, index) => ({
        ref,
        expects,
        from: recordSetOf(ref, expects.members),
        to: recordSetOf(ref, left[index]?.members ?? []),
      }));
      const marker = await markerToReplace(write, signal);
      try {
        await send(write, sets, marker, signal);
      } catch (failure) {
        zones.forget(write.zone);
        if (!(failure instanceof ProviderError) || failure.kind !== 'conflict') throw failure;
        await inItsOwnWords(write, sets, failure, signal);
      }
      return { change: null, sets: left, fence: write.fence.leaves };
    },

    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};
