import { compareRecordKeys, groupKeyText, recordKeyText } from '../../src/domain/record-order.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { ProviderError } from '../errors.ts';
import type { ProvenOnAccount } from '../proven.ts';
import { changeRecords, type GroupKey, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Route53Api } from './api.ts';
import { BATCH_LIMITS, type RecordChange as VendorChange } from './batch.ts';
import { recordsCapabilitiesOf } from './capabilities.ts';
import { vendorName } from './escapes.ts';
import { plainZoneId } from './names.ts';
import { type GeoLocation, placesOf } from './places.ts';
import type { RecordSet as VendorSet } from './record.ts';
import { groupProblem, recordBatches } from './record-batch.ts';
import { listRecords } from './record-lists.ts';
import { recordSetOf, vendorSetOf } from './record-sets.ts';
import { scanZone } from './scan.ts';
import { zoneRecords } from './zone-records.ts';
import type { ZoneDirectory } from './zones.ts';

export interface Route53RecordsDeps {
  readonly api: Route53Api;
  readonly zones: ZoneDirectory;
  readonly proven: Pick<ProvenOnAccount, 'conditionalWrite'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** More at once would only queue for tokens. */
const MOST_AT_ONCE = 4;

/** Every set by its key as the vendor holds it, word for word: a DELETE has to name it so. */
type Verbatim = ReadonlyMap<string, VendorSet>;

const readGroups = async (
  api: Route53Api,
  zone: string,
  groups: readonly GroupKey[],
  signal: AbortSignal,
): Promise<Verbatim> => {
  const wanted = groups.map(({ name, type }) => ({ name: vendorName(name), type }));
  const found = await scanZone(wanted, (start) => api.listRecords(zone, start, signal));
  return new Map([...found.values()].flat().map((set) => [recordKeyText(recordSetOf(set)), set]));
};

/** DELETE of what is there, word for word, and CREATE of what shall be, for every change of every group. */
const batchOf = (groups: readonly RecordGroup[], verbatim: Verbatim): readonly VendorChange[] =>
  groups.flatMap(({ changes }) => {
    const gone = changes.flatMap(({ expects }) =>
      expects === null ? [] : (verbatim.get(recordKeyText(expects)) ?? []),
    );
    const made = changes.flatMap(({ leaves }) => (leaves === null ? [] : [vendorSetOf(leaves)]));
    return [
      ...gone.map((set) => ({ Action: 'DELETE' as const, ResourceRecordSet: set })),
      ...made.map((set) => ({ Action: 'CREATE' as const, ResourceRecordSet: set })),
    ];
  });

const sortedText = (verbatim: Verbatim): string =>
  JSON.stringify([...verbatim].toSorted(([a], [b]) => (a < b ? -1 : 1)));

const isOf = (group: GroupKey, set: VendorSet): boolean => groupKeyText(recordSetOf(set)) === groupKeyText(group);

const isConflict = (failure: unknown): failure is ProviderError =>
  failure instanceof ProviderError && failure.kind === 'conflict';

/** `Records` over Route 53: every change a DELETE of the exact old and a CREATE of the new, in one batch. */
export const route53Records = ({ api, zones, proven, clock }: Route53RecordsDeps): Records => {
  const capabilities = recordsCapabilitiesOf(proven);
  const accountZones = zoneRecords({ api, clock });

  const assertUnlinked = async (id: string, signal: AbortSignal): Promise<void> => {
    const [zone] = await zones.zones([id], signal);
    if (zone === undefined || zone.linkedService === null) return;
    const message = `zone ${id} (${zone.name}) belongs to ${zone.linkedService}; its records are changed there, not by steer`;
    throw new ProviderError('rejected', message);
  };

  /**
   * A batch that is refused is stale or wrong, and Route 53 has one name for both. Where everything is still as it was read
   * it was wrong.
   */
  const told = async (
    refusal: ProviderError,
    read: () => Promise<Verbatim>,
    before: Verbatim,
  ): Promise<ProviderError> => {
    try {
      const isStale = sortedText(await read()) !== sortedText(before);
      return isStale ? refusal : new ProviderError('rejected', refusal.message, { cause: refusal });
    } catch {
      return refusal;
    }
  };

  return {
    capabilities,

    async checkConnection(signal) {
      try {
        await api.listZones(null, signal);
        return { ok: true };
      } catch (failure) {
        if (failure instanceof ProviderError) return { ok: false, because: failure.message };
        throw failure;
      }
    },

    zones: accountZones.zones,
    putZone: accountZones.putZone,
    deleteZone: (id, signal) => accountZones.deleteZone(plainZoneId(id), signal),

    async recordSets(zone, query, signal) {
      const sets = (await listRecords(api, plainZoneId(zone), query, signal)).map(recordSetOf);
      return sets.filter(({ type }) => (query.type ?? type) === type).toSorted(compareRecordKeys);
    },

    async change(zone, changes, comment, signal) {
      const id = plainZoneId(zone);
      await assertUnlinked(id, signal);
      let verbatim: Verbatim = new Map();
      return changeRecords({
        capabilities,
        changes,
        refuses: groupProblem,
        batches: recordBatches,
        async read(groups) {
          verbatim = await readGroups(api, id, groups, signal);
          return [...verbatim.values()].map(recordSetOf);
        },
        async write(groups) {
          const before = new Map([...verbatim].filter(([, set]) => groups.some((group) => isOf(group, set))));
          try {
            return await api.change(id, batchOf(groups, verbatim), comment.slice(0, BATCH_LIMITS.comment), signal);
          } catch (failure) {
            if (!isConflict(failure)) throw failure;
            throw await told(failure, () => readGroups(api, id, groups, signal), before);
          }
        },
      });
    },

    async geoRegions(signal) {
      const places: GeoLocation[] = [];
      let start: GeoLocation | null = {};
      while (start !== null) {
        const page: Awaited<ReturnType<Route53Api['listPlaces']>> = await api.listPlaces(start, signal);
        places.push(...page.places);
        start = page.next;
      }
      return placesOf(places);
    },

    async propagation(changes, signal) {
      const width = Math.min(MOST_AT_ONCE, api.parallel());
      const states = await sideBySide([...new Set(changes)], width, async (change) => {
        return [change, await api.propagation(change, signal)] as const;
      });
      return new Map(states);
    },
  };
};
