import { sameRecords } from '../../src/domain/set-state.ts';
import type { SetRef, SetState } from '../../src/domain/steering.ts';
import type { DnsAccount } from '../dns-wire/account.ts';
import { changeId } from '../dns-wire/change-id.ts';
import { fenceOf, markerName, markerSet } from '../dns-wire/marker.ts';
import { comparable } from '../dns-wire/names.ts';
import { propagationBySerial } from '../dns-wire/propagation.ts';
import { type RrSetSwap, rrsetKey, sameRrset } from '../dns-wire/rrsets.ts';
import { type Swap, swapRrsets } from '../dns-wire/swap.ts';
import { TYPE, typeNumber } from '../dns-wire/types.ts';
import { lookAt, serialOf, type ZoneView } from '../dns-wire/zone-view.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, SetChange, Steering, SteeringWrite } from '../steering.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { Settings } from './settings.ts';
import { assertSteerable, rrsetFor, setStateOf } from './translate.ts';

export interface Rfc2136SteeringDeps {
  readonly account: DnsAccount;
  readonly settings: Settings;
  /** Servers that must show the new serial, `host:port`. */
  readonly servers: readonly string[];
}

/** One change with what its set shall hold, judged before anything is sent. */
interface Wanted {
  readonly change: SetChange;
  readonly left: SetState;
}

const MOST_ZONES_AT_ONCE = 4;

const askedFor = (ref: SetRef) => ({ name: comparable(ref.name), type: typeNumber(ref.type) });

const markerAsked = (zone: string) => ({ name: markerName(zone), type: TYPE.TXT });

const stale = (what: string): ProviderError =>
  new ProviderError('conflict', `${what} is not as expected; read it again`);

const assertDrain = ({ ref, drain, expects, weights }: SetChange): void => {
  if (drain === 'remove') return;
  const drained = expects.members.find(({ member, weight }) => weight !== null && weights[member] === null);
  if (drained === undefined) return;
  throw new ProviderError(
    'rejected',
    `${ref.name} ${ref.type}: "${drained.member}" can be drained by taking its records away only; declare \`drain: remove\``,
  );
};

/** `Steering` by records that are there or not: one signed update with conditions for all sets of a zone and its marker. */
export const rfc2136Steering = ({ account, settings, servers }: Rfc2136SteeringDeps): Steering => {
  const capabilities = capabilitiesOf(settings);
  const { granularity } = settings;

  const look = (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneView> =>
    lookAt(account, comparable(zone), [markerAsked(comparable(zone)), ...refs.map(askedFor)], settings, signal);

  const stateIn = (view: ZoneView, ref: SetRef): SetState => {
    const asked = askedFor(ref);
    return setStateOf(ref, view.set(asked), settings.pools.get(rrsetKey(asked)) ?? null, granularity);
  };

  const judged = (change: SetChange): Wanted => {
    const left = assertSafeChange(change, capabilities.weight);
    assertDrain(change);
    for (const member of change.expects.members)
      assertSteerable(change.ref, member, change.weights[member.member] ?? null);
    // What cannot be built must be refused before anything is asked.
    rrsetFor(change.ref, left, null, granularity);
    return { change, left };
  };

  const markerSwap = (view: ZoneView, zone: string, { expects, leaves }: SteeringWrite['fence']): RrSetSwap => {
    const asked = markerAsked(zone);
    const before = markerSet(zone, expects);
    if (!sameRrset(view.set(asked), before)) throw stale(`the marker of zone ${zone}`);
    return { ...asked, before, after: markerSet(zone, leaves) };
  };

  const setSwap = (view: ZoneView, { change, left }: Wanted): { readonly swap: RrSetSwap; readonly left: SetState } => {
    const { ref, expects } = change;
    if (!sameRecords(stateIn(view, ref), expects)) throw stale(`${ref.name} ${ref.type}`);
    const asked = askedFor(ref);
    const before = view.set(asked);
    const after = rrsetFor(ref, left, before?.ttlSeconds ?? null, granularity);
    // All values of a set share one TTL, also those that come back.
    const members = left.members.map((member) => ({ ...member, ttlSeconds: after?.ttlSeconds ?? member.ttlSeconds }));
    return { swap: { ...asked, before, after }, left: { ...left, members } };
  };

  const decide = (write: SteeringWrite, zone: string, wanted: readonly Wanted[]) => (view: ZoneView) => {
    const marker = markerSwap(view, zone, write.fence);
    const sets = wanted.map((one) => setSwap(view, one));
    return { swaps: [marker, ...sets.map(({ swap }) => swap)], result: sets.map(({ left }) => left) };
  };

  return {
    capabilities,

    read(refs, signal) {
      const byZone = [...Map.groupBy(refs, ({ zone }) => zone)];
      return sideBySide(byZone, MOST_ZONES_AT_ONCE, async ([zone, its]) => {
        const view = await look(zone, its, signal);
        const fence = fenceOf(view.set(markerAsked(comparable(zone))));
        return { zone, fence, sets: its.map((ref) => stateIn(view, ref)) };
      });
    },

    async replace(write, signal): Promise<Landed> {
      const wanted = write.changes.map(judged);
      const zone = comparable(write.zone);
      const refs = write.changes.map(({ ref }) => ref);
      const swap: Swap<ZoneView, readonly SetState[]> = {
        account,
        zone,
        look: () => look(zone, refs, signal),
        decide: decide(write, zone, wanted),
        conditionOnSoa: settings.soaIsCompared,
      };
      const swapped = await swapRrsets(swap, signal);
      return { change: changeId(zone, swapped), sets: swapped.result, fence: write.fence.leaves };
    },

    propagation(changes, signal) {
      const ask = async (server: string, zone: string, inner: AbortSignal): Promise<number | null> => {
        const soa = await account.soaAt(server, zone, inner);
        return soa === null ? null : serialOf(soa.data);
      };
      return propagationBySerial(changes, servers, ask, signal);
    },
  };
};
