import type { GeoRegions } from '../../domain/record-sets.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import { asked, type DnsAsk, openAccount } from './account.ts';

export interface Places {
  readonly types: readonly string[];
  readonly access: 'read-write' | 'read-only';
  readonly regions: GeoRegions;
}

/** `geo types` and `geo regions`: what an account can do by place. */
export const dnsPlaces = async (ask: DnsAsk, provider: string | null): Promise<Answer<Places>> => {
  const opened = await openAccount(ask, provider);
  if (!opened.ok) return opened;
  const { records, provider: account, vendor } = opened.value;
  const { geo } = records.capabilities;
  if (geo === null) return refuse([`${account} (${vendor}) has no geo sets.`]);
  const regions = await asked(account, () => records.geoRegions(ask.signal));
  return regions.ok ? granted({ types: geo.types, access: geo.access, regions: regions.value }) : regions;
};
