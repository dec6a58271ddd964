import { addPlaces, unknownPlaces } from '../../dns/change-places.ts';
import { notPlanned } from '../../dns/planned.ts';
import type { GeoRegions } from '../../domain/record-sets.ts';
import { type Answer, granted } from '../answer.ts';
import { asked, type DnsAsk, type Where } from './account.ts';
import { prepareRecords, type SetTyped } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';
import { readWish, type ValuesTyped } from './values-typed.ts';

/** `geo add`: places that the vendor knows, into one group; with values it makes the group. */
export const dnsAddPlaces = (
  ask: DnsAsk,
  where: Where,
  set: SetTyped,
  regions: GeoRegions,
  typed: ValuesTyped,
): Promise<Answer<Prepared>> =>
  prepareRecords(ask, where, set, 'geo add', async (key, held, { provider, records }) => {
    const known = await asked(provider, () => records.geoRegions(ask.signal));
    if (!known.ok) return known;
    const unknown = records.capabilities.geo === null ? [] : unknownPlaces(regions, known.value);
    const wish = readWish(key.type, typed, false);
    if (!wish.ok) return granted(notPlanned(...unknown, ...wish.problems));
    return granted(unknown.length > 0 ? notPlanned(...unknown) : addPlaces(key, regions, wish.value, held));
  });
