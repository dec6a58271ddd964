import { absolute } from '../../dns/names.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import { asked, type DnsAsk, openAccount } from './account.ts';
import { preparedZone } from './prepare-zone.ts';
import type { Prepared } from './prepared.ts';

const NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/;

/** `zone add`: never a second zone of a name that the account has already. */
export const dnsAddZone = async (
  ask: DnsAsk,
  provider: string | null,
  wish: { readonly name: string; readonly ttlSeconds: number | null; readonly email: string | null },
): Promise<Answer<Prepared>> => {
  const opened = await openAccount(ask, provider);
  if (!opened.ok) return opened;
  const { records, provider: account, vendor } = opened.value;
  const name = absolute(wish.name);
  if (!NAME.test(name) || name.length > 254)
    return refuse([`${wish.name} is no name of a zone. Write it like example.com.`], { kind: 'usage' });
  if (!records.capabilities.zones.create)
    return refuse([`Zones of ${account} (${vendor}) are made at the vendor, not by steer.`], { kind: 'usage' });
  const there = await asked(account, () => records.zones(name, ask.signal));
  if (!there.ok) return there;
  const [held] = there.value;
  if (held !== undefined)
    return refuse(
      [`${account} has zone ${name} (${held.id}) already. To change it: steer dns zone update -z ${held.id}`],
      {
        kind: 'usage',
      },
    );
  const after = { ...wish, name };
  const change = { verb: 'zone add', before: null, after, remarks: [], objectionsIn: () => [] } as const;
  return granted(preparedZone(ask, opened.value, change));
};
