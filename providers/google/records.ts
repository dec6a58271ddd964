import { compareRecordKeys, groupKeyText } from '../../src/domain/record-order.ts';
import { sum } from '../../src/domain/records.ts';
import { ProviderError } from '../errors.ts';
import { batchesBySize, changeRecords, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import type { GoogleApi } from './api.ts';
import { MOST_DATA_PER_CHANGE, MOST_RECORD_SETS_PER_CHANGE, RECORDS_CAPABILITIES } from './capabilities.ts';
import { GEO_REGIONS } from './places.ts';
import { problemOf, recordSetsOf, vendorSetOf } from './record-sets.ts';
import { scanZone } from './scan.ts';
import type { GoogleRecordSet } from './shapes.ts';
import type { MemberNames } from './translate.ts';
import { listedZone, putZone, wholeZone } from './zone-records.ts';

const AT_ONCE = 4;

const dataOf = ({ before, after }: RecordGroup): number =>
  sum([...before, ...after].flatMap(({ values }) => values.map(({ length }) => length)));

/** A group's part of a change in thousandths of what one may hold, by whichever limit it comes closer to. */
const sizeOf = (group: RecordGroup): number =>
  Math.max(1, Math.ceil((dataOf(group) * MOST_RECORD_SETS_PER_CHANGE) / MOST_DATA_PER_CHANGE));

const everySet = async (api: GoogleApi, zone: string, signal: AbortSignal): Promise<readonly GoogleRecordSet[]> => {
  const all: GoogleRecordSet[] = [];
  let page: string | null = null;
  do {
    const { recordSets, next } = await api.page(zone, page, signal);
    if (next !== null && next === page) {
      throw new ProviderError('unreadable', 'google: a list began again where it had begun');
    }
    all.push(...recordSets);
    page = next;
  } while (page !== null);
  return all;
};

/** `Records` over Cloud DNS: what is replaced is deleted word for word as it was read, in the same change. */
export const googleRecords = (api: GoogleApi, names: MemberNames): Records => {
  const held = async (zone: string, name: string | undefined, type: string | undefined, signal: AbortSignal) => {
    if (name !== undefined) return api.named(zone, name, type ?? null, signal);
    return (await everySet(api, zone, signal)).filter((set) => type === undefined || set.type === type);
  };

  return {
    capabilities: RECORDS_CAPABILITIES,

    async checkConnection(signal) {
      try {
        await api.ping(signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    async zones(name, signal) {
      const zones = await api.zones(name, signal);
      if (name === null) return zones.map(listedZone);
      return sideBySide(zones, Math.min(AT_ONCE, api.parallel()), (zone) => wholeZone(api, zone, signal));
    },

    putZone: (wish, signal) => putZone(api, wish, signal),

    async deleteZone(id, signal) {
      try {
        await api.deleteZone(id, signal);
      } catch (failure) {
        if (!(failure instanceof ProviderError) || failure.kind !== 'not-found') throw failure;
      }
    },

    async recordSets(zone, { name, type }, signal) {
      const sets = await held(zone, name, type, signal);
      return sets.flatMap((set) => recordSetsOf(set, names)).toSorted(compareRecordKeys);
    },

    change(zone, changes, _, signal) {
      /** As the vendor wrote them: only so can they be deleted. */
      const verbatim = new Map<string, GoogleRecordSet>();
      return changeRecords({
        capabilities: RECORDS_CAPABILITIES,
        changes,
        refuses: (group) => problemOf(group, names),
        async read(groups) {
          const found = await scanZone(api, zone, groups, signal);
          return [...found.values()].flatMap((set) => {
            const sets = recordSetsOf(set, names);
            for (const one of sets) verbatim.set(groupKeyText(one), set);
            return sets;
          });
        },
        batches: (groups) => batchesBySize(groups, MOST_RECORD_SETS_PER_CHANGE, sizeOf),
        async write(groups) {
          const deletions = groups.flatMap((group) => verbatim.get(groupKeyText(group)) ?? []);
          const additions = groups.flatMap((group) => vendorSetOf(group) ?? []);
          await api.change(zone, { deletions, additions }, signal);
          return null;
        },
      });
    },

    geoRegions: async () => GEO_REGIONS,

    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};
