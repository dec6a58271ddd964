import { compareRecordKeys, isSameRecordSet } from '../../src/domain/record-order.ts';
import type { RecordSet, Zone } from '../../src/domain/record-sets.ts';
import type { DnsAccount } from '../dns-wire/account.ts';
import { changeId } from '../dns-wire/change-id.ts';
import { comparable, isWithin } from '../dns-wire/names.ts';
import { propagationBySerial } from '../dns-wire/propagation.ts';
import { presentData } from '../dns-wire/rdata.ts';
import { recordSetOf, rrsetOf } from '../dns-wire/record-sets.ts';
import { type RrSet, rrsetsOf } from '../dns-wire/rrsets.ts';
import { swapRrsets } from '../dns-wire/swap.ts';
import { TYPE, typeNumber } from '../dns-wire/types.ts';
import { type Asked, lookAt, serialOf, type ZoneView } from '../dns-wire/zone-view.ts';
import { ProviderError } from '../errors.ts';
import { batchesBySize, changeRecords, type GroupKey, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import { emailOf } from '../soa-value.ts';
import { RECORDS_CAPABILITIES } from './capabilities.ts';
import type { Settings } from './settings.ts';

export interface Rfc2136RecordsDeps {
  readonly account: DnsAccount;
  readonly settings: Settings;
  /** Servers that must show the new serial, `host:port`. */
  readonly servers: readonly string[];
}

const AT_ONCE = 4;

const askedFor = ({ name, type }: GroupKey): Asked => ({ name: comparable(name), type: typeNumber(type) });

const shownIn = (view: ZoneView, key: GroupKey): RecordSet | null => {
  const set = view.set(askedFor(key));
  return set === null ? null : recordSetOf(set);
};

const isAsBefore = (view: ZoneView, group: RecordGroup): boolean => {
  const [live, before] = [shownIn(view, group), group.before[0] ?? null];
  return live === null || before === null ? live === before : isSameRecordSet(live, before);
};

const stale = ({ name, type }: GroupKey): ProviderError =>
  new ProviderError('conflict', `${name} ${type} is not as expected; read it again`);

const zoneOf = (soa: RrSet): Zone => {
  const value = presentData(TYPE.SOA, soa.data[0] ?? new Uint8Array());
  return { id: soa.name, name: soa.name, ttlSeconds: soa.ttlSeconds, email: emailOf(value) };
};

const elsewhere = (): Promise<never> =>
  Promise.reject(new ProviderError('rejected', 'zones are made, changed and taken away at the server itself'));

/** `Records` by transfers and signed updates: every change of a call lands together or none does. */
export const rfc2136Records = ({ account, settings, servers }: Rfc2136RecordsDeps): Records => {
  const known = settings.zones.map(comparable);

  const look = (zone: string, keys: readonly GroupKey[], signal: AbortSignal): Promise<ZoneView> =>
    lookAt(account, zone, keys.map(askedFor), settings, signal);

  const zoneNamed = async (name: string, signal: AbortSignal): Promise<readonly Zone[]> => {
    try {
      return [zoneOf((await look(name, [], signal)).soa)];
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'not-found') return [];
      throw failure;
    }
  };

  const refuses =
    (zone: string) =>
    ({ name, type }: RecordGroup): string | null => {
      if (!isWithin(name, zone)) return `${name} is outside ${zone}`;
      const isOwn = type === 'NS' && comparable(name) === zone;
      return isOwn ? `the servers of ${zone} itself are changed at the server` : null;
    };

  /** One update for all groups. What was read a moment ago is the first ground; the zone is read again only when it has moved. */
  const written = async (
    zone: string,
    groups: readonly RecordGroup[],
    read: ZoneView | null,
    signal: AbortSignal,
  ): Promise<string> => {
    let ground = read;
    const swapped = await swapRrsets(
      {
        account,
        zone,
        look: async () => {
          const found = ground ?? (await look(zone, groups, signal));
          ground = null;
          return found;
        },
        decide: (view) => {
          const other = groups.find((group) => !isAsBefore(view, group));
          if (other !== undefined) throw stale(other);
          const swaps = groups.map((group) => {
            const asked = askedFor(group);
            return { ...asked, before: view.set(asked), after: rrsetOf(group.after[0] ?? null) };
          });
          return { swaps, result: null };
        },
        conditionOnSoa: settings.soaIsCompared,
      },
      signal,
    );
    return changeId(zone, swapped);
  };

  return {
    capabilities: RECORDS_CAPABILITIES,

    async checkConnection(signal) {
      const [zone = '.'] = known;
      try {
        await look(zone, [], signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    async zones(name, signal) {
      const wanted = name === null ? known : known.filter((zone) => zone === comparable(name));
      return (await sideBySide(wanted, AT_ONCE, (zone) => zoneNamed(zone, signal))).flat();
    },

    putZone: elsewhere,
    deleteZone: elsewhere,

    async recordSets(zone, { name, type }, signal) {
      const apex = comparable(zone);
      if (name !== undefined && type !== undefined) {
        const set = shownIn(await look(apex, [{ name, type }], signal), { name, type });
        return set === null ? [] : [set];
      }
      if (!settings.transfer) {
        const message = `${apex} cannot be listed without settings.transfer; ask for a name and a type`;
        throw new ProviderError('rejected', message);
      }
      return [...rrsetsOf(await account.transfer(apex, signal)).values()]
        .map(recordSetOf)
        .filter((set) => set.name === comparable(name ?? set.name) && set.type === (type ?? set.type))
        .toSorted(compareRecordKeys);
    },

    change(zone, changes, _comment, signal) {
      const apex = comparable(zone);
      let read: ZoneView | null = null;
      return changeRecords({
        capabilities: RECORDS_CAPABILITIES,
        changes,
        refuses: refuses(apex),
        read: async (groups) => {
          const view = await look(apex, groups, signal);
          read = view;
          return groups.flatMap((group) => shownIn(view, group) ?? []);
        },
        batches: (groups) => batchesBySize(groups, RECORDS_CAPABILITIES.batch),
        write: async (groups) => {
          const ground = read;
          read = null;
          return written(apex, groups, ground, signal);
        },
      });
    },

    geoRegions: async () => ({}),

    propagation(ids, signal) {
      const ask = async (server: string, zone: string, inner: AbortSignal): Promise<number | null> => {
        const soa = await account.soaAt(server, zone, inner);
        return soa === null ? null : serialOf(soa.data);
      };
      return propagationBySerial(ids, servers, ask, signal);
    },
  };
};
