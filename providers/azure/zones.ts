import type { Zone } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import type { RateLimiter } from '../rate-limit.ts';
import type { ZoneWish } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import { emailOf, withEmail } from '../soa-value.ts';
import type { DnsApi } from './dns-api.ts';
import { bareName, propertiesOf, recordSetOf } from './record-translate.ts';

const MOST_AT_ONCE = 4;

const soaPlace = (zone: string) => ({ zone: bareName(zone), type: 'SOA', relative: '@' });

/** Zones of one resource group. TTL and address stand in the SOA set, which is a question of its own for each zone. */
export const azureZones = (api: DnsApi, limiter: Pick<RateLimiter, 'parallel'>) => {
  const soaOf = async (zone: string, signal: AbortSignal) => {
    const live = await api.recordSet(soaPlace(zone), signal);
    return live === null ? null : { set: recordSetOf(live, zone), etag: live.etag ?? null };
  };

  const shown = async (name: string, signal: AbortSignal): Promise<Zone> => {
    const soa = (await soaOf(name, signal))?.set ?? null;
    const id = bareName(name);
    return {
      id,
      name: `${id}.`,
      ttlSeconds: soa?.ttlSeconds ?? null,
      email: soa === null ? null : emailOf(soa.values[0] ?? ''),
    };
  };

  const named = async (name: string, signal: AbortSignal): Promise<Zone | null> => {
    try {
      await api.zone(bareName(name), signal);
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'not-found') return null;
      throw failure;
    }
    return shown(name, signal);
  };

  const setSoa = async (wish: ZoneWish, signal: AbortSignal): Promise<void> => {
    const soa = await soaOf(wish.name, signal);
    if (soa === null) throw new ProviderError('unreadable', `${wish.name} has no SOA set to change`);
    const { email, ttlSeconds } = wish;
    const values = email === null ? soa.set.values : soa.set.values.map((value) => withEmail(value, email));
    const properties = propertiesOf({ ...soa.set, ttlSeconds: ttlSeconds ?? soa.set.ttlSeconds, values });
    if (properties === null) throw new ProviderError('rejected', `${email} is no address that a SOA can hold`);
    await api.putRecordSet(soaPlace(wish.name), properties, soa.etag, signal);
  };

  const isAsWished = (zone: Zone, { ttlSeconds, email }: ZoneWish): boolean =>
    (ttlSeconds === null || zone.ttlSeconds === ttlSeconds) && // It is a name in the SOA, and names have no case.
    (email === null || zone.email?.toLowerCase() === email.toLowerCase());

  return {
    async list(name: string | null, signal: AbortSignal): Promise<readonly Zone[]> {
      if (name !== null) {
        const zone = await named(name, signal);
        return zone === null ? [] : [zone];
      }
      const all = await api.zones(signal);
      return sideBySide(all, Math.min(MOST_AT_ONCE, limiter.parallel()), (zone) => shown(zone.name, signal));
    },

    async put(wish: ZoneWish, signal: AbortSignal): Promise<Zone> {
      const live = await named(wish.name, signal);
      if (live === null) await api.createZone(bareName(wish.name), signal);
      const zone = live ?? (await shown(wish.name, signal));
      if (isAsWished(zone, wish)) return zone;
      await setSoa(wish, signal);
      return shown(wish.name, signal);
    },

    /** Azure takes a zone away with everything in it, so that it is looked into first. */
    async remove(id: string, signal: AbortSignal): Promise<void> {
      const zone = bareName(id);
      if ((await named(zone, signal)) === null) return;
      const held = (await api.recordSets(zone, signal)).map((set) => recordSetOf(set, zone));
      const stranger = held.find(({ name, type }) => name !== `${zone}.` || (type !== 'SOA' && type !== 'NS'));
      if (stranger !== undefined) {
        const what = `${stranger.name} ${stranger.type}`;
        throw new ProviderError('rejected', `zone ${zone}. still has records, such as ${what}; take them away first`);
      }
      await api.deleteZone(zone, signal);
    },
  };
};
