import { markerName } from '../dns-wire/marker.ts';
import { comparable } from '../dns-wire/names.ts';
import { encodeData } from '../dns-wire/rdata.ts';
import { type RrSet, rrset } from '../dns-wire/rrsets.ts';
import { typeNumber } from '../dns-wire/types.ts';
import { serialOf } from '../dns-wire/zone-view.ts';
import { ProviderError } from '../errors.ts';
import type { ApiRrset, PowerDnsApi, ZoneSets } from './api.ts';

/** The stored form of a zone, as DNS updates compare it: not what servers show, which may carry another serial. */
export interface Ground extends ZoneSets {
  readonly soa: RrSet;
  readonly serial: number;
  readonly marker: RrSet | null;
}

/** Ids are names with everything unusual written as `=` and two digits of its code (API documentation, 2026-11). */
export const zoneNameOf = (id: string): string =>
  comparable(id.replace(/=([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));

const unfit = (set: ApiRrset, cause: unknown): ProviderError =>
  new ProviderError('unreadable', `${set.name} ${set.type}: the server shows a value that the type does not have`, {
    cause,
  });

/** A record set of the API in wire form: every record that is not disabled, since updates see no others. */
export const wireSet = (set: ApiRrset | null): RrSet | null => {
  if (set === null) return null;
  const type = typeNumber(set.type);
  try {
    const live = set.records.filter(({ disabled }) => disabled !== true);
    return rrset(
      set.name,
      type,
      set.ttl,
      live.map(({ content }) => encodeData(type, content)),
    );
  } catch (cause) {
    throw unfit(set, cause);
  }
};

const findSet = (rrsets: readonly ApiRrset[], name: string, type: string): ApiRrset | null =>
  rrsets.find((set) => comparable(set.name) === comparable(name) && set.type === type) ?? null;

/** What the zone holds of some names, its marker and its SOA; the SOA is read first. */
export const groundAt = async (
  api: PowerDnsApi,
  id: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Ground> => {
  const apex = zoneNameOf(id);
  const found = await api.sets(id, [apex, markerName(apex), ...names], signal);
  const soa = wireSet(findSet(found.rrsets, apex, 'SOA'));
  const [data] = soa?.data ?? [];
  if (soa === null || data === undefined) throw new ProviderError('unreadable', `zone ${id} has no SOA`);
  return { ...found, soa, serial: serialOf(data), marker: wireSet(findSet(found.rrsets, markerName(apex), 'TXT')) };
};
