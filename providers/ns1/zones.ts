import type { Zone } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import type { ZoneWish } from '../records.ts';
import { orNull } from './api.ts';
import { bareName, fullName } from './names.ts';
import type { Ns1Zone, ZoneFields, ZonesApi } from './zones-api.ts';

const zoneOf = ({ zone, ttl, hostmaster }: Ns1Zone): Zone => ({
  id: bareName(zone),
  name: fullName(zone),
  ttlSeconds: ttl ?? null,
  email: hostmaster ?? null,
});

const fieldsOf = ({ ttlSeconds, email }: ZoneWish): ZoneFields => ({
  ...(ttlSeconds === null ? {} : { ttl: ttlSeconds }),
  ...(email === null ? {} : { hostmaster: email }),
});

const isAsWished = (zone: Zone, { ttlSeconds, email }: ZoneWish): boolean =>
  (ttlSeconds === null || zone.ttlSeconds === ttlSeconds) && (email === null || zone.email === email);

/** Zones of the account, each with the TTL and address of its SOA. */
export const ns1Zones = (api: ZonesApi) => ({
  async list(name: string | null, signal: AbortSignal): Promise<readonly Zone[]> {
    if (name === null) return (await api.list(signal)).map(zoneOf);
    const zone = await orNull(api.get(name, signal));
    return zone === null ? [] : [zoneOf(zone)];
  },

  async put(wish: ZoneWish, signal: AbortSignal): Promise<Zone> {
    const live = await orNull(api.get(wish.name, signal));
    if (live === null) return zoneOf(await api.create(wish.name, fieldsOf(wish), signal));
    const zone = zoneOf(live);
    return isAsWished(zone, wish) ? zone : zoneOf(await api.update(wish.name, fieldsOf(wish), signal));
  },

  /** NS1 takes a zone away with everything in it, so that it is looked into first. */
  async remove(id: string, signal: AbortSignal): Promise<void> {
    const live = await orNull(api.get(id, signal));
    if (live === null) return;
    const stranger = (live.records ?? []).find(
      ({ domain, type }) => bareName(domain) !== bareName(id) || (type !== 'NS' && type !== 'SOA'),
    );
    if (stranger !== undefined) {
      const what = `${stranger.domain} ${stranger.type}`;
      throw new ProviderError('rejected', `zone ${id} still has records, such as ${what}; take them away first`);
    }
    await api.remove(id, signal);
  },
});
