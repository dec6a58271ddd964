import type { Zone } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import type { ZoneWish } from '../records.ts';
import { emailOf, withEmail } from '../soa-value.ts';
import type { OciRecordsApi } from './records-api.ts';
import type { OciRecord, OciZone } from './shapes.ts';
import { domainOf } from './translate.ts';

/** A zone as the vendor lists it: its SOA is a record, which nobody has read. */
export const listedZone = ({ id, name }: OciZone): Zone => ({
  id,
  name: `${domainOf(name)}.`,
  ttlSeconds: null,
  email: null,
});

const soaOf = async (api: OciRecordsApi, { id, name }: OciZone, signal: AbortSignal) => {
  const { value, etag } = await api.recordSet(id, domainOf(name), 'SOA', signal);
  const [soa] = value;
  if (soa !== undefined && etag !== null) return { soa, etag };
  throw new ProviderError('unreadable', `oci: zone ${name} shows no SOA record`);
};

const withSoa = (zone: OciZone, { ttl, rdata }: OciRecord): Zone => ({
  ...listedZone(zone),
  ttlSeconds: ttl,
  email: emailOf(rdata),
});

/** A zone with what its SOA says; costs a call. */
export const wholeZone = async (api: OciRecordsApi, zone: OciZone, signal: AbortSignal): Promise<Zone> =>
  withSoa(zone, (await soaOf(api, zone, signal)).soa);

/** Makes the zone where there is none, and gives its SOA what of the wish is not null. A repeat sends nothing. */
export const putZone = async (api: OciRecordsApi, wish: ZoneWish, signal: AbortSignal): Promise<Zone> => {
  const domain = domainOf(wish.name);
  const [found] = await api.zones(domain, signal);
  const zone = found ?? (await api.createZone(domain, signal));
  const { soa, etag } = await soaOf(api, zone, signal);
  const live = withSoa(zone, soa);
  const ttl = wish.ttlSeconds ?? soa.ttl;
  const rdata = wish.email === null || wish.email === live.email ? soa.rdata : withEmail(soa.rdata, wish.email);
  if (ttl === soa.ttl && rdata === soa.rdata) return live;
  const [landed] = await api.put([zone.id, domain, 'SOA'], [{ domain, rtype: 'SOA', rdata, ttl }], etag, signal);
  if (landed !== undefined && landed.ttl === ttl && emailOf(landed.rdata) === emailOf(rdata))
    return withSoa(zone, landed);
  throw new ProviderError(
    'unknown-outcome',
    `oci: the SOA of ${domain} was written, and the answer shows another; read it again`,
  );
};

/** Zones are born with these, and they go with them. */
const isOwn = (name: string, { domain, rtype }: OciRecord): boolean =>
  domainOf(domain) === domainOf(name) && (rtype === 'SOA' || rtype === 'NS');

/** OCI deletes a zone with everything in it, so steer looks first, and deletes on the condition that nothing has changed since. */
export const deleteZone = async (api: OciRecordsApi, id: string, signal: AbortSignal): Promise<void> => {
  try {
    const { value: zone, etag } = await api.zone(id, signal);
    const other = (await api.records(id, null, signal)).find((record) => !isOwn(zone.name, record));
    if (other !== undefined) {
      const what = `${other.domain} ${other.rtype}`;
      throw new ProviderError('rejected', `oci: zone ${zone.name} still has records (${what}); take them away first`);
    }
    await api.deleteZone(id, etag, signal);
  } catch (failure) {
    if (!(failure instanceof ProviderError) || failure.kind !== 'not-found') throw failure;
  }
};
