import type { RecordChange, RecordSet, Zone } from '../../src/domain/record-sets.ts';
import type { DnsAccount } from '../dns-wire/account.ts';
import { changeId } from '../dns-wire/change-id.ts';
import { comparable, isWithin } from '../dns-wire/names.ts';
import { propagationBySerial } from '../dns-wire/propagation.ts';
import { presentData } from '../dns-wire/rdata.ts';
import { byKey, recordSetOf, rrsetOf } from '../dns-wire/record-sets.ts';
import { type RrSet, type RrSetSwap, rrsetsOf, sameRrset } from '../dns-wire/rrsets.ts';
import { swapRrsets } from '../dns-wire/swap.ts';
import { TYPE, typeNumber } from '../dns-wire/types.ts';
import { lookAt, serialOf, type ZoneView } from '../dns-wire/zone-view.ts';
import { ProviderError } from '../errors.ts';
import type { Connection, RecordOutcome, Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import { RECORDS_CAPABILITIES } from './capabilities.ts';
import type { Settings } from './settings.ts';

export interface Rfc2136RecordsDeps {
  readonly account: DnsAccount;
  readonly settings: Settings;
  /** Servers that must show the new serial, `host:port`. */
  readonly servers: readonly string[];
}

const AT_ONCE = 4;

/** One change in wire form, or why it cannot be one. */
type Read = { readonly key: RrSetSwap } | { readonly outcome: RecordOutcome };

const failed = (kind: 'rejected' | 'conflict', because: string): { readonly outcome: RecordOutcome } => ({
  outcome: { outcome: 'failed', kind, because },
});

const objectionTo = ({ name, type, profile, alias, ttlSeconds }: RecordSet, zone: string): string | null => {
  if (!isWithin(name, zone)) return `it is outside ${zone}`;
  if (!RECORDS_CAPABILITIES.types.includes(type)) return `${type} records are kept by the server itself`;
  if (profile.kind !== 'basic' || alias !== null) return 'DNS itself has plain record sets only';
  if (type === 'NS' && comparable(name) === zone) return 'the servers of the zone itself are changed at the server';
  return ttlSeconds === null ? 'it needs a TTL' : null;
};

const readChange = ({ expects, leaves }: RecordChange, zone: string): Read => {
  const one = leaves ?? expects;
  if (one === null) return failed('rejected', 'a change of nothing into nothing');
  const what = `${one.name} ${one.type}`;
  const objection = [expects, leaves].flatMap((set) => (set === null ? [] : [objectionTo(set, zone)])).find(Boolean);
  if (objection !== undefined && objection !== null) return failed('rejected', `${what}: ${objection}`);
  const isOther = expects !== null && (comparable(expects.name) !== comparable(one.name) || expects.type !== one.type);
  if (isOther) return failed('rejected', `${what}: expected is ${expects.name} ${expects.type}, another record set`);
  try {
    const swap = { name: comparable(one.name), type: typeNumber(one.type) };
    return { key: { ...swap, before: rrsetOf(expects), after: rrsetOf(leaves) } };
  } catch (cause) {
    return failed('rejected', `${what}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
};

/** What each change comes to on what the zone holds now. */
const judged = (read: Read, view: ZoneView): Read | { readonly outcome: RecordOutcome } => {
  if ('outcome' in read) return read;
  const live = view.set(read.key);
  if (sameRrset(live, read.key.after)) return { outcome: { outcome: 'already' } };
  if (sameRrset(live, read.key.before)) return read;
  return failed('conflict', `${read.key.name} is not as expected; read it again`);
};

/** `john\.doe.example.com.` as an address: the first dot that is no part of a label becomes the sign. */
const emailOf = (rname: string): string => {
  const [, local = '', host = ''] = /^((?:\\.|[^.\\])*)\.(.*)\.$/.exec(rname) ?? [];
  return `${local.replaceAll('\\', '')}@${host}`;
};

const zoneOf = (soa: RrSet): Zone => {
  const [, rname = ''] = presentData(TYPE.SOA, soa.data[0] ?? new Uint8Array()).split(' ');
  return { id: soa.name, name: soa.name, ttlSeconds: soa.ttlSeconds, email: emailOf(rname) };
};

/** `Records` by transfers and signed updates: every change of a call lands together or none does. */
export const rfc2136Records = ({ account, settings, servers }: Rfc2136RecordsDeps): Records => {
  const known = settings.zones.map(comparable);

  const zoneNamed = async (name: string, signal: AbortSignal): Promise<readonly Zone[]> => {
    try {
      return [zoneOf((await lookAt(account, name, [], settings, signal)).soa)];
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'not-found') return [];
      throw failure;
    }
  };

  const refuseZone = (): Promise<never> =>
    Promise.reject(new ProviderError('rejected', 'zones are made, changed and taken away at the server itself'));

  const connection = async (signal: AbortSignal): Promise<Connection> => {
    const [zone = '.'] = known;
    try {
      await lookAt(account, zone, [], settings, signal);
      return { ok: true };
    } catch (failure) {
      if (!(failure instanceof ProviderError)) throw failure;
      return { ok: false, because: failure.message };
    }
  };

  return {
    capabilities: RECORDS_CAPABILITIES,

    checkConnection: connection,

    async zones(name, signal) {
      const wanted = name === null ? known : known.filter((zone) => zone === comparable(name));
      return (await sideBySide(wanted, AT_ONCE, (zone) => zoneNamed(zone, signal))).flat();
    },

    putZone: refuseZone,
    deleteZone: refuseZone,

    async recordSets(zone, query, signal) {
      const apex = comparable(zone);
      const { name, type } = query;
      if (name !== undefined && type !== undefined) {
        const asked = { name: comparable(name), type: typeNumber(type) };
        const set = (await lookAt(account, apex, [asked], settings, signal)).set(asked);
        return set === null ? [] : [recordSetOf(set)];
      }
      if (!settings.transfer)
        throw new ProviderError(
          'rejected',
          `${apex} cannot be listed without settings.transfer; ask for a name and a type`,
        );
      const sets = [...rrsetsOf(await account.transfer(apex, signal)).values()].map(recordSetOf);
      return sets
        .filter(
          (set) => (name === undefined || set.name === comparable(name)) && (type === undefined || set.type === type),
        )
        .toSorted(byKey);
    },

    async change(zone, changes, _comment, signal) {
      const apex = comparable(zone);
      const read = changes.map((change) => readChange(change, apex));
      const asked = read.flatMap((one) => ('key' in one ? [one.key] : []));
      const swapped = await swapRrsets(
        {
          account,
          zone: apex,
          look: () => lookAt(account, apex, asked, settings, signal),
          decide: (view) => {
            const result = read.map((one) => judged(one, view));
            // All or nothing: a change that cannot be made stops the others.
            const isWhole = result.every((one) => 'key' in one || one.outcome.outcome === 'already');
            return { swaps: isWhole ? result.flatMap((one) => ('key' in one ? [one.key] : [])) : [], result };
          },
          conditionOnSoa: settings.soaIsCompared,
        },
        signal,
      );
      const change = changeId(apex, swapped);
      return swapped.result.map((one): RecordOutcome => {
        if ('outcome' in one) return one.outcome;
        if (swapped.isChanged) return { outcome: 'landed', change };
        return {
          outcome: 'failed',
          kind: 'conflict',
          because: 'nothing was sent, since another change of the call cannot be made',
        };
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
