import { type Answer, granted, refuse } from '../answer.ts';
import { type DnsAsk, openZone, type Where } from './account.ts';
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
  const asked = [
    ...(wish.ttlSeconds === null ? [] : (['ttl'] as const)),
    ...(wish.email === null ? [] : (['email'] as const)),
  ];
  if (asked.length === 0) return refuse(['Say what shall change: --ttl SECONDS, --email ADDRESS.'], { kind: 'usage' });
  const fixed = asked.filter((what) => !update.includes(what));
  if (fixed.length > 0)
    return refuse(
      fixed.map((what) => `${provider} (${vendor}) lets nobody change the ${what} of a zone.`),
      { kind: 'usage' },
    );
  const { id: _, ...before } = zone;
  const after = { ...before, ttlSeconds: wish.ttlSeconds ?? zone.ttlSeconds, email: wish.email ?? zone.email };
  const change = { verb: 'zone update', before: zone, after, remarks: [], objectionsIn: () => [] } as const;
  return granted(preparedZone(ask, opened.value, change));
};
