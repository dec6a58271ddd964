import { isZonesOwn } from '../../dns/sets.ts';
import { recordKeyText } from '../../domain/record-order.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import { asked, type DnsAsk, openZone, type Where } from './account.ts';
import { steeredZone } from './objections.ts';
import { preparedZone } from './prepare-zone.ts';
import type { Prepared } from './prepared.ts';

/** More names say less, not more. */
const MOST_NAMED = 5;

/** `zone delete`: only an empty zone, and none with steered names. */
export const dnsDeleteZone = async (ask: DnsAsk, where: Where): Promise<Answer<Prepared>> => {
  const opened = await openZone(ask, where);
  if (!opened.ok) return opened;
  const { records, provider, vendor, zone, twins } = opened.value;
  if (!records.capabilities.zones.delete)
    return refuse([`Zones of ${provider} (${vendor}) are deleted at the vendor, not by steer.`], { kind: 'usage' });
  const held = await asked(provider, () => records.recordSets(zone.id, {}, ask.signal));
  if (!held.ok) return held;
  const objectionsIn = ({ config }: typeof opened.value.session) => steeredZone(config, provider, { ...zone, twins });
  const others = held.value.filter((set) => !isZonesOwn(set, zone.name));
  const named = others.slice(0, MOST_NAMED).map(recordKeyText).join(', ');
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  const steered = objectionsIn(opened.value.session);
  if (others.length > 0)
    return refuse(
      [
        `Zone ${zone.name} (${zone.id}) still has ${others.length} record sets: ${named}${more}. Delete them first: steer dns record delete.`,
      ],
      { objections: steered },
    );
  const change = { verb: 'zone delete', before: zone, after: null, remarks: [], objectionsIn } as const;
  return granted(preparedZone(ask, opened.value, change));
};
