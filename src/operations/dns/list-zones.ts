import { absolute } from '../../dns/names.ts';
import type { ProviderId } from '../../domain/ids.ts';
import type { Zone } from '../../domain/record-sets.ts';
import { type Answer, granted } from '../answer.ts';
import { asked, type DnsAsk, openAccount } from './account.ts';

/** `zone list`: all zones of an account, or those of one name. */
export const dnsListZones = async (
  ask: DnsAsk,
  provider: string | null,
  name: string | null,
): Promise<Answer<{ readonly provider: ProviderId; readonly zones: readonly Zone[] }>> => {
  const opened = await openAccount(ask, provider);
  if (!opened.ok) return opened;
  const { records, provider: account } = opened.value;
  const zones = await asked(account, () => records.zones(name === null ? null : absolute(name), ask.signal));
  return zones.ok ? granted({ provider: account, zones: zones.value }) : zones;
};
