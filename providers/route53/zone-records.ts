import { canonicalName } from '../../src/domain/rdata/name.ts';
import type { Zone } from '../../src/domain/record-sets.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { ProviderError } from '../errors.ts';
import type { ZoneWish } from '../records.ts';
import { sideBySide } from '../side-by-side.ts';
import { emailOf, withEmail } from '../soa-value.ts';
import type { HostedZone, NamedStart, Route53Api } from './api.ts';
import { comparableName } from './names.ts';
import type { RecordSet } from './record.ts';
import { listRecords } from './record-lists.ts';
import { recordSetOf } from './record-sets.ts';

export interface ZoneRecordsDeps {
  readonly api: Route53Api;
  readonly clock: Pick<Clock, 'now'>;
}

const canonical = (name: string): string => {
  const checked = canonicalName(name);
  if (checked.ok) return checked.value;
  throw new ProviderError('rejected', checked.because);
};

const valueOfStart = (soa: RecordSet): string => recordSetOf(soa).values[0] ?? '';

const startOf = async (api: Route53Api, zone: HostedZone, signal: AbortSignal): Promise<RecordSet> => {
  const [soa] = await listRecords(api, zone.id, { name: zone.name, type: 'SOA' }, signal);
  if (soa === undefined) throw new ProviderError('unreadable', `zone ${zone.id} lists no SOA record`);
  return soa;
};

const shownWith = (zone: HostedZone, soa: RecordSet): Zone => ({
  id: zone.id,
  name: canonical(zone.name),
  ttlSeconds: soa.TTL ?? null,
  email: emailOf(valueOfStart(soa)),
});

const shown = (zone: HostedZone): Zone => ({ id: zone.id, name: canonical(zone.name), ttlSeconds: null, email: null });

/** The start of authority as the wish has it, every other field as it is. */
const wishedFor = (soa: RecordSet, wish: ZoneWish): RecordSet => {
  const value = valueOfStart(soa);
  const next = wish.email === null ? value : withEmail(value, wish.email);
  return {
    ...soa,
    ...(wish.ttlSeconds === null ? {} : { TTL: wish.ttlSeconds }),
    ...(next === value ? {} : { ResourceRecords: [{ Value: next }] }),
  };
};

/** Zones of one account: listed, made, and their start of authority changed. */
export const zoneRecords = ({ api, clock }: ZoneRecordsDeps) => {
  const all = async (signal: AbortSignal): Promise<readonly HostedZone[]> => {
    const zones: HostedZone[] = [];
    let marker: string | null = null;
    do {
      const page: Awaited<ReturnType<Route53Api['listZones']>> = await api.listZones(marker, signal);
      zones.push(...page.zones);
      marker = page.next;
    } while (marker !== null);
    return zones;
  };

  /** Zones of one name stand together in the list by names; a page that goes beyond them is the last one. */
  const named = async (name: string, signal: AbortSignal): Promise<readonly HostedZone[]> => {
    const zones: HostedZone[] = [];
    let start: NamedStart | null = { name, id: null };
    while (start !== null) {
      const page: Awaited<ReturnType<Route53Api['listZonesFrom']>> = await api.listZonesFrom(start, signal);
      zones.push(...page.zones.filter((zone) => comparableName(zone.name) === comparableName(name)));
      start = page.next !== null && comparableName(page.next.name) === comparableName(name) ? page.next : null;
    }
    return zones;
  };

  const withStart = async (zone: HostedZone, signal: AbortSignal): Promise<Zone> =>
    shownWith(zone, await startOf(api, zone, signal));

  const wished = async (zone: HostedZone, wish: ZoneWish, signal: AbortSignal): Promise<Zone> => {
    const soa = await startOf(api, zone, signal);
    const next = wishedFor(soa, wish);
    if (JSON.stringify(next) === JSON.stringify(soa)) return shownWith(zone, soa);
    const changes = [
      { Action: 'DELETE' as const, ResourceRecordSet: soa },
      { Action: 'CREATE' as const, ResourceRecordSet: next },
    ];
    await api.change(zone.id, changes, 'TTL or mailbox of the zone', signal);
    return shownWith(zone, next);
  };

  return {
    /** TTL and mailbox cost a call a zone: they are read for the zones of one name only. */
    async zones(name: string | null, signal: AbortSignal): Promise<readonly Zone[]> {
      if (name === null) return (await all(signal)).map(shown);
      const zones = await named(canonical(name), signal);
      return sideBySide(zones, api.parallel(), (zone) => withStart(zone, signal));
    },

    async putZone(wish: ZoneWish, signal: AbortSignal): Promise<Zone> {
      const name = canonical(wish.name);
      const [zone, ...more] = await named(name, signal);
      if (more.length > 0) {
        const ids = [zone, ...more].map((one) => one?.id).join(', ');
        throw new ProviderError(
          'rejected',
          `${more.length + 1} zones are called ${name} (${ids}); change the SOA set of one`,
        );
      }
      // The reference is only to be new: a repeat of this call finds the zone by its name.
      const its = zone ?? (await api.createZone(name, `steer ${name} ${clock.now()}`.slice(-128), signal));
      return wished(its, wish, signal);
    },

    async deleteZone(id: string, signal: AbortSignal): Promise<void> {
      try {
        await api.deleteZone(id, signal);
      } catch (failure) {
        if (failure instanceof ProviderError && failure.kind === 'not-found') return;
        throw failure;
      }
    },
  };
};
