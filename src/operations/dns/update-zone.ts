import { type Answer, granted, refuse } from '../answer.ts';
import { asked, type DnsAsk, openZone, type Where } from './account.ts';
import { preparedZone } from './prepare-zone.ts';
import type { Prepared } from './prepared.ts';

/** `zone update`: TTL and email of the SOA, where the vendor lets them be changed. */
export const dnsUpdateZone = async (
  ask: DnsAsk,
  where: Where,
  wish: { readonly ttlSeconds: number | null; readonly email: string | null },
): Promise<Answer<Prepared>> => {
  const opened = await openZone(ask, where);
  if (!opened.ok) return opened;
  const { records, provider, vendor, zone } = opened.value;
  const { update } = records.capabilities.zones;
  const wanted = [
    ...(wish.ttlSeconds === null ? [] : (['ttl'] as const)),
    ...(wish.email === null ? [] : (['email'] as const)),
  ];
  if (wanted.length === 0) return refuse(['Say what shall change: --ttl SECONDS, --email ADDRESS.'], { kind: 'usage' });
  const fixed = wanted.filter((what) => !update.includes(what));
  if (fixed.length > 0)
    return refuse(
      fixed.map((what) => `${provider} (${vendor}) lets nobody change the ${what} of a zone.`),
      { kind: 'usage' },
    );
  const named = records.capabilities.zones.duplicateNames
    ? await asked(provider, () => records.zones(zone.name, ask.signal))
    : granted([zone]);
  if (!named.ok) return named;
  if (named.value.length > 1)
    return refuse([`${provider} has ${named.value.length} zones ${zone.name} Change this one at the vendor.`]);
  const { id: _, ...before } = zone;
  const after = { ...before, ttlSeconds: wish.ttlSeconds ?? zone.ttlSeconds, email: wish.email ?? zone.email };
  const change = { verb: 'zone update', before: zone, after, remarks: [], objectionsIn: () => [] } as const;
  return granted(preparedZone(ask, opened.value, change));
};
