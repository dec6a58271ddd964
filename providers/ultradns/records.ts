import { compareRecordKeys } from '../../src/domain/record-order.ts';
import type { GeoRegions, RecordSet, Zone } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import { changeRecords, type GroupKey, type RecordGroup } from '../record-change.ts';
import type { Records } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import type { UltraApi } from './api.ts';
import { basicBody } from './basic-records.ts';
import { RECORDS } from './capabilities.ts';
import { EVERYWHERE_ELSE } from './geo-codes.ts';
import { geoBody, objectionToGeo } from './geo-records.ts';
import { LARGEST_PAGE } from './limits.ts';
import { recordSetsOf } from './record-kinds.ts';
import { fullName, type JsonObject, type Rrset, typeOf } from './rrset.ts';
import { shownBySoa, soaBody } from './soa.ts';
import type { StateWords } from './states.ts';
import { objectionToWeighted, weightedBody } from './weighted-records.ts';

export interface UltraRecordsDeps {
  readonly api: UltraApi;
  /** The account that new zones belong to; null where the config names none. */
  readonly accountName: string | null;
  readonly words: StateWords;
}

const MOST_AT_ONCE = 4;

const keyOf = ({ name, type }: GroupKey): string => `${name} ${type}`;

/** Basic, weighted, or a directional pool with whatever is in it; other kinds speak for themselves. */
const kindOfSets = (sets: readonly RecordSet[]): string => {
  const kinds = new Set(sets.map(({ profile }) => profile.kind));
  if (kinds.has('geo')) return 'geo';
  return [...kinds].toSorted().join(' and ');
};

/** The vendor's own rules for one name and type. */
const refusalOf = ({ before, after }: RecordGroup): string | null => {
  if (after.length === 0) return null;
  const [was, will] = [kindOfSets(before), kindOfSets(after)];
  const isMixed = will === 'geo' && after.some(({ profile }) => profile.kind !== 'geo' && profile.kind !== 'other');
  if (before.length > 0 && was !== will && !(was === 'geo' && will === 'other')) {
    return `it holds ${was} sets, which do not become ${will}; take them away first`;
  }
  if (isMixed || will.includes(' and ')) return 'one name and type is basic, weighted or geo, not two of them';
  if (will === 'weighted') return objectionToWeighted(after);
  return will === 'geo' ? objectionToGeo(after) : null;
};

const bodyOf = (live: Rrset | null, { after }: RecordGroup, words: StateWords): JsonObject => {
  const [first] = after;
  if (first === undefined) throw new TypeError('a group of nothing has no body');
  if (first.profile.kind === 'basic') return basicBody(live, first);
  return first.profile.kind === 'weighted' ? weightedBody(live, after, words) : geoBody(live, after);
};

/** `Records` over UltraDNS. One object of the vendor holds all sets of a name and type, so that they land together. */
export const ultraRecords = ({ api, accountName, words }: UltraRecordsDeps): Records => {
  const allOf = async (zone: string, type: string | null, signal: AbortSignal): Promise<readonly Rrset[]> => {
    const found: Rrset[] = [];
    for (let offset = 0; ; offset += LARGEST_PAGE) {
      const { rrsets, total } = await api.rrsets(zone, type, offset, signal);
      found.push(...rrsets);
      if (offset + LARGEST_PAGE >= total) break;
    }
    // A zone without such sets and a zone that is not there may be answered alike.
    if (found.length === 0) await api.zone(zone, signal);
    return found;
  };

  const ofName = async (
    zone: string,
    name: string,
    type: string | null,
    signal: AbortSignal,
  ): Promise<readonly Rrset[]> => {
    const one = type === null ? null : await api.rrset(zone, type, name, signal);
    const found = type === null ? await api.owner(zone, name, signal) : one === null ? [] : [one];
    if (found.length === 0) await api.zone(zone, signal);
    return found;
  };

  /** The zone of this name with what its SOA says; null when there is none. */
  const zoneOf = async (name: string, signal: AbortSignal): Promise<Zone | null> => {
    try {
      const zone = await api.zone(name, signal);
      const soa = await api.rrset(zone.name, 'SOA', zone.name, signal);
      return { id: zone.name, name: zone.name, ...shownBySoa(soa) };
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'not-found') return null;
      throw failure;
    }
  };

  const allZones = async (signal: AbortSignal): Promise<readonly Zone[]> => {
    const zones: Zone[] = [];
    let cursor: string | null = null;
    do {
      const page = await api.zones(null, cursor, signal);
      // Their SOA records would cost a call each; whoever asks for one zone by name sees them.
      zones.push(...page.zones.map(({ name }) => ({ id: name, name, ttlSeconds: null, email: null })));
      cursor = page.next;
    } while (cursor !== null);
    return zones;
  };

  const withSoa = async (
    name: string,
    wish: { readonly ttlSeconds: number | null; readonly email: string | null },
    signal: AbortSignal,
  ): Promise<Zone> => {
    const live = await api.rrset(name, 'SOA', name, signal);
    const shown = shownBySoa(live);
    const wanted = { ttlSeconds: wish.ttlSeconds ?? shown.ttlSeconds, email: wish.email ?? shown.email };
    if (wanted.ttlSeconds !== shown.ttlSeconds || wanted.email !== shown.email) {
      if (live === null) throw new ProviderError('rejected', `zone ${name} shows no SOA record that could be changed`);
      await api.write(
        'PUT',
        { zone: name, type: 'SOA', owner: name },
        soaBody(live, wish.ttlSeconds, wish.email),
        signal,
      );
    }
    return { id: name, name, ...wanted };
  };

  return {
    capabilities: RECORDS,

    async checkConnection(signal) {
      try {
        await api.zones(null, null, signal);
        return { ok: true };
      } catch (failure) {
        return { ok: false, because: failure instanceof Error ? failure.message : String(failure) };
      }
    },

    async zones(name, signal) {
      if (name === null) return allZones(signal);
      const zone = await zoneOf(name, signal);
      return zone === null ? [] : [zone];
    },

    async putZone(wish, signal) {
      const name = fullName(wish.name);
      if ((await zoneOf(name, signal)) === null) {
        if (accountName === null) {
          const message = `zone ${name}: the config names no account that it would belong to; set \`settings.account\` of the provider`;
          throw new ProviderError('rejected', message);
        }
        await api.createZone(name, accountName, signal);
      }
      return withSoa(name, wish, signal);
    },

    async deleteZone(id, signal) {
      const name = fullName(id);
      if ((await zoneOf(name, signal)) === null) return;
      const own = (rrset: Rrset): boolean =>
        fullName(rrset.ownerName) === name && ['SOA', 'NS'].includes(typeOf(rrset.rrtype));
      const others = (await allOf(name, null, signal)).filter((rrset) => !own(rrset));
      if (others.length > 0) throw new ProviderError('rejected', `zone ${name} still has ${others.length} record sets`);
      await api.deleteZone(name, signal);
    },

    async recordSets(zone, { name, type }, signal) {
      const found =
        name === undefined
          ? await allOf(zone, type ?? null, signal)
          : await ofName(zone, fullName(name), type ?? null, signal);
      return found.flatMap(recordSetsOf).toSorted(compareRecordKeys);
    },

    change(zone, changes, _, signal) {
      const live = new Map<string, Rrset | null>();
      return changeRecords({
        capabilities: RECORDS,
        changes,
        refuses: refusalOf,
        read: async (groups) => {
          await sideBySide(groups, MOST_AT_ONCE, async (group) => {
            live.set(keyOf(group), await api.rrset(zone, group.type, group.name, signal));
          });
          const found = [...live.values()].filter((rrset) => rrset !== null);
          if (found.length === 0) await api.zone(zone, signal);
          return found.flatMap(recordSetsOf);
        },
        batches: (groups) => groups.map((group) => [group]),
        write: async (groups) => {
          for (const group of groups) {
            const held = live.get(keyOf(group)) ?? null;
            const at = { zone, type: group.type, owner: group.name };
            if (group.after.length === 0) await api.write('DELETE', at, null, signal);
            else await api.write(held === null ? 'POST' : 'PUT', at, bodyOf(held, group, words), signal);
          }
          return null;
        },
      });
    },

    async geoRegions(signal) {
      const top = await api.territories(null, signal);
      const regions = await sideBySide(top, MOST_AT_ONCE, async ({ code, type }) => {
        const inside = type === 'Country' ? [] : await api.territories(code, signal);
        return [code, [code, ...inside.map(({ code: its }) => its)].toSorted()] as const;
      });
      const places: GeoRegions = Object.fromEntries(regions);
      return { ...places, ...EVERYWHERE_ELSE };
    },

    async propagation(changes) {
      return new Map(changes.map((change) => [change, 'unknown-change']));
    },
  };
};
