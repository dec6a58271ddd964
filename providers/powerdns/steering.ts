import { sameRecords } from '../../src/domain/set-state.ts';
import type { SetState } from '../../src/domain/steering.ts';
import type { DnsAccount } from '../dns-wire/account.ts';
import { changeId, serialId } from '../dns-wire/change-id.ts';
import { fenceOf, markerName, markerSet } from '../dns-wire/marker.ts';
import { comparable } from '../dns-wire/names.ts';
import { type RrSetSwap, rrset, sameRrset } from '../dns-wire/rrsets.ts';
import { swapRrsets } from '../dns-wire/swap.ts';
import { TYPE } from '../dns-wire/types.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Landed, SetChange, Steering, SteeringWrite } from '../steering.ts';
import type { ApiRrset, PowerDnsApi } from './api.ts';
import { capabilitiesOf } from './capabilities.ts';
import { type Ground, groundAt, wireSet, zoneNameOf } from './ground.ts';
import { luaData } from './lua.ts';
import { serverPropagation } from './propagation.ts';
import type { Settings } from './settings.ts';
import { assertSteerable, luaContents, setStateOf, setsAt, snippetOf } from './translate.ts';

export interface PowerDnsSteeringDeps {
  readonly api: PowerDnsApi;
  readonly settings: Settings;
  /** Takes DNS updates with a condition; null where only the API is to be used. */
  readonly updates: DnsAccount | null;
  /** Serials of other servers; empty: only what the API shows counts. */
  readonly servers: readonly string[];
  readonly soaAt: DnsAccount['soaAt'];
}

interface Wanted {
  readonly change: SetChange;
  readonly left: SetState;
}

const MOST_ZONES_AT_ONCE = 4;

const stale = (what: string): ProviderError =>
  new ProviderError('conflict', `${what} is not as expected; read it again`);

const assertDrain = ({ ref, drain, expects, weights }: SetChange): void => {
  if (drain === 'zero') return;
  const drained = expects.members.find(({ member, weight }) => weight !== null && weights[member] === null);
  if (drained === undefined) return;
  throw new ProviderError(
    'rejected',
    `${ref.name} ${ref.type}: "${drained.member}" is drained by weight 0 here; declare \`drain: zero\``,
  );
};

/** A Lua record set as it shall be: several types of one name share it. */
interface NextLua {
  readonly name: string;
  readonly lua: ApiRrset;
  readonly contents: readonly string[];
}

const nextLua = (rrsets: readonly ApiRrset[], wanted: readonly Wanted[]): readonly NextLua[] =>
  [...Map.groupBy(wanted, ({ change }) => comparable(change.ref.name))].map(([name, its]) => {
    const { lua } = setsAt(rrsets, name, 'LUA');
    if (lua === null) throw stale(name);
    const snippets = its.map(({ change, left }) => snippetOf(change.ref, left));
    return { name, lua, contents: luaContents(lua, snippets) };
  });

/** `Steering` over weights in Lua records: by conditional DNS updates where the account has a key for them, else over the API. */
export const powerDnsSteering = ({ api, settings, updates, servers, soaAt }: PowerDnsSteeringDeps): Steering => {
  const capabilities = capabilitiesOf(settings);

  const judged = (change: SetChange): Wanted => {
    const left = assertSafeChange(change, capabilities.weight);
    assertDrain(change);
    assertSteerable(change.ref, change.expects, updates !== null);
    return { change, left };
  };

  const statesIn = (rrsets: readonly ApiRrset[], changes: readonly Pick<SetChange, 'ref'>[]): readonly SetState[] =>
    changes.map(({ ref }) => setStateOf(ref, setsAt(rrsets, ref.name, ref.type)));

  const markerSwap = (ground: Ground, fence: SteeringWrite['fence']): RrSetSwap => {
    const name = markerName(ground.name);
    const before = markerSet(ground.name, fence.expects);
    if (!sameRrset(ground.marker, before)) throw stale(`the marker of zone ${ground.name}`);
    return { name, type: TYPE.TXT, before, after: markerSet(ground.name, fence.leaves) };
  };

  const decide = (write: SteeringWrite, wanted: readonly Wanted[]) => (ground: Ground) => {
    const marker = markerSwap(ground, write.fence);
    const live = statesIn(ground.rrsets, write.changes);
    const other = write.changes.find(
      ({ expects }, index) => !sameRecords(live[index] ?? { ...expects, members: [] }, expects),
    );
    if (other !== undefined) throw stale(`${other.ref.name} ${other.ref.type}`);
    const sets = nextLua(ground.rrsets, wanted).map(({ name, lua, contents }): RrSetSwap => {
      const after = rrset(name, TYPE.LUA, lua.ttl, contents.map(luaData));
      return { name, type: TYPE.LUA, before: wireSet(lua), after };
    });
    return { swaps: [marker, ...sets], result: wanted.map(({ left }) => left) };
  };

  const byUpdate = async (
    account: DnsAccount,
    write: SteeringWrite,
    wanted: readonly Wanted[],
    signal: AbortSignal,
  ): Promise<Landed> => {
    const names = write.changes.map(({ ref }) => ref.name);
    const swap = {
      account,
      zone: zoneNameOf(write.zone),
      look: () => groundAt(api, write.zone, names, signal),
      decide: decide(write, wanted),
      conditionOnSoa: true,
    };
    const swapped = await swapRrsets(swap, signal);
    return { change: changeId(swap.zone, swapped), sets: swapped.result, fence: write.fence.leaves };
  };

  const byApi = async (write: SteeringWrite, wanted: readonly Wanted[], signal: AbortSignal): Promise<Landed> => {
    const sets = wanted.map(({ left }) => left);
    if (wanted.length === 0) return { change: null, sets, fence: write.fence.leaves };
    const names = write.changes.map(({ ref }) => ref.name);
    const looks: { readonly rrsets: readonly ApiRrset[]; readonly editedSerial: number }[] = [];
    await emulatedReplace({
      changes: write.changes,
      left: sets,
      read: async () => {
        const found = await api.sets(write.zone, names, signal);
        looks.push(found);
        return statesIn(found.rrsets, write.changes);
      },
      write: () => {
        const next = nextLua(looks[0]?.rrsets ?? [], wanted);
        return api.patch(
          write.zone,
          next.map(({ name, lua, contents }) => ({
            changetype: 'REPLACE',
            name,
            type: 'LUA',
            ttl: lua.ttl,
            records: contents.map((content, index) => ({
              content,
              disabled: lua.records[index]?.disabled ?? false,
            })),
          })),
          signal,
        );
      },
    });
    const [before, after] = [looks[0], looks.at(-1)];
    // A zone whose serial stays tells nobody that it has changed: only the answers can.
    const isTold = before !== undefined && after !== undefined && before.editedSerial !== after.editedSerial;
    const change = isTold ? serialId(zoneNameOf(write.zone), after.editedSerial) : null;
    return { change, sets, fence: write.fence.leaves };
  };

  return {
    capabilities,

    read(refs, signal) {
      const byZone = [...Map.groupBy(refs, ({ zone }) => zone)];
      return sideBySide(byZone, MOST_ZONES_AT_ONCE, async ([zone, its]) => {
        const names = its.map(({ name }) => name);
        const wanted = its.map((ref) => ({ ref }));
        if (updates === null) {
          const { rrsets } = await api.sets(zone, names, signal);
          return { zone, fence: null, sets: statesIn(rrsets, wanted) };
        }
        const ground = await groundAt(api, zone, names, signal);
        return { zone, fence: fenceOf(ground.marker), sets: statesIn(ground.rrsets, wanted) };
      });
    },

    async replace(write, signal) {
      const wanted = write.changes.map(judged);
      return updates === null ? byApi(write, wanted, signal) : byUpdate(updates, write, wanted, signal);
    },

    propagation: serverPropagation({ api, servers, soaAt }),
  };
};
