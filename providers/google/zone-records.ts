import type { Zone } from '../../src/domain/record-sets.ts';
import { ProviderError } from '../errors.ts';
import type { ZoneWish } from '../records.ts';
import { emailOf, withEmail, withNextSerial } from '../soa-value.ts';
import type { GoogleApi } from './api.ts';
import type { GoogleRecordSet, ManagedZone } from './shapes.ts';

const LONGEST_NAME = 63;

/** A name for a new zone at the vendor: letters, digits and dashes, a letter first. */
const vendorName = (dnsName: string): string => {
  const plain = dnsName
    .replace(/\.$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return (/^[a-z]/.test(plain) ? plain : `zone-${plain}`).slice(0, LONGEST_NAME).replace(/-$/, '');
};

/** A zone as the vendor lists it: its SOA is a record set, which nobody has read. */
export const listedZone = ({ name, dnsName }: ManagedZone): Zone => ({
  id: name,
  name: dnsName.toLowerCase(),
  ttlSeconds: null,
  email: null,
});

const soaOf = async (api: GoogleApi, { name, dnsName }: ManagedZone, signal: AbortSignal): Promise<GoogleRecordSet> => {
  const [soa] = await api.named(name, dnsName, 'SOA', signal);
  if (soa !== undefined) return soa;
  throw new ProviderError('unreadable', `google: zone ${name} has no SOA record set`);
};

const withSoa = (zone: ManagedZone, soa: GoogleRecordSet): Zone => ({
  ...listedZone(zone),
  ttlSeconds: soa.ttl ?? null,
  email: emailOf(soa.rrdatas?.[0] ?? ''),
});

/** A zone with what its SOA says; costs a call. */
export const wholeZone = async (api: GoogleApi, zone: ManagedZone, signal: AbortSignal): Promise<Zone> =>
  withSoa(zone, await soaOf(api, zone, signal));

const zoneNamed = async (api: GoogleApi, name: string, signal: AbortSignal): Promise<ManagedZone> => {
  const [zone, ...more] = await api.zones(name, signal);
  if (more.length > 0) {
    const names = [zone, ...more].map((one) => one?.name).join(', ');
    throw new ProviderError(
      'rejected',
      `there are several zones ${name} (${names}); change the one you mean at Google`,
    );
  }
  if (zone !== undefined) return zone;
  return api.createZone({ name: vendorName(name), dnsName: name, description: 'made by steer' }, signal);
};

/** Makes the zone where there is none, and gives its SOA what of the wish is not null. A repeat sends nothing. */
export const putZone = async (api: GoogleApi, wish: ZoneWish, signal: AbortSignal): Promise<Zone> => {
  const zone = await zoneNamed(api, wish.name, signal);
  const soa = await soaOf(api, zone, signal);
  const live = withSoa(zone, soa);
  const ttlSeconds = wish.ttlSeconds ?? live.ttlSeconds;
  const email = wish.email ?? live.email;
  if (ttlSeconds === live.ttlSeconds && email === live.email) return live;
  const data = soa.rrdatas?.[0] ?? '';
  const next = withNextSerial(email === null || email === live.email ? data : withEmail(data, email));
  const { signatureRrdatas: _, ...rest } = soa;
  const added = { ...rest, rrdatas: [next], ...(ttlSeconds === null ? {} : { ttl: ttlSeconds }) };
  await api.change(zone.name, { deletions: [soa], additions: [added] }, signal);
  return { ...live, ttlSeconds, email };
};
