import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { invalid, missing, Refusal } from './errors.ts';
import { pageOf, type RouteOptions } from './pages.ts';
import { bodyOf, ZONE_DETAILS } from './schema.ts';
import type { FakeCompartment, FakeRecord, FakeZone } from './state.ts';

const apex = (name: string): readonly FakeRecord[] => {
  const record = (rtype: string, rdata: string, ttl: number, index: number): FakeRecord => ({
    domain: name,
    rtype,
    rdata,
    ttl,
    recordHash: `apex-${index}`,
    isProtected: true,
    rrsetVersion: '1',
  });
  return [
    record('SOA', `ns1.p201.dns.oraclecloud.net. hostmaster.${name}. 1 3600 600 604800 1800`, 300, 0),
    record('NS', 'ns1.p201.dns.oraclecloud.net.', 86_400, 1),
    record('NS', 'ns2.p201.dns.oraclecloud.net.', 86_400, 2),
  ];
};

export const addZone = (compartment: FakeCompartment, name: string, at: number): FakeZone => {
  compartment.count += 1;
  const zone: FakeZone = {
    id: `ocid1.dns-zone.oc1..zone${compartment.count}`,
    name,
    compartmentId: compartment.id,
    timeCreated: new Date(at).toISOString(),
    version: 1,
    records: apex(name),
  };
  compartment.zones.set(zone.id, zone);
  return zone;
};

const shown = ({ id, name, compartmentId, timeCreated, version }: FakeZone) => ({
  id,
  name,
  zoneType: 'PRIMARY',
  compartmentId,
  scope: 'GLOBAL',
  freeformTags: {},
  definedTags: {},
  externalMasters: [],
  self: `https://dns.us-ashburn-1.oci.oraclecloud.com/20180115/zones/${id}`,
  timeCreated,
  version: `${version}`,
  serial: version,
  lifecycleState: 'ACTIVE',
  isProtected: false,
  nameservers: [{ hostname: 'ns1.p201.dns.oraclecloud.net' }, { hostname: 'ns2.p201.dns.oraclecloud.net' }],
});

export const etagOfZone = ({ id, version }: FakeZone): string => `"${version}${id}"`;

/** By OCID or by name, as the vendor takes both. */
export const zoneAt = (compartment: FakeCompartment, id: string): FakeZone => {
  const zone = compartment.zones.get(id) ?? [...compartment.zones.values()].find(({ name }) => name === id);
  if (zone === undefined) throw missing(id);
  return zone;
};

export const assertQuery = ({ query }: FakeRequest, known: readonly string[]): void => {
  const unknown = Object.keys(query).find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(`unknown query parameter ${unknown}`);
};

/** GET and POST of /zones. */
export const allZones = (compartment: FakeCompartment, request: FakeRequest, options: RouteOptions): FakeResponse => {
  if (request.method === 'GET') {
    assertQuery(request, ['compartmentId', 'limit', 'page', 'name']);
    if (request.query['compartmentId'] !== compartment.id) throw missing('compartmentId');
    const { name } = request.query;
    const all = [...compartment.zones.values()].filter((zone) => name === undefined || zone.name === name);
    return pageOf(all.map(shown), request.query, options.pageSize);
  }
  assertQuery(request, ['compartmentId']);
  const details = bodyOf(ZONE_DETAILS, request.body);
  if (details.compartmentId !== compartment.id) throw missing('compartmentId');
  if ([...compartment.zones.values()].some(({ name }) => name === details.name))
    throw new Refusal(409, 'ZoneAlreadyExists', `The zone ${details.name} exists already`);
  const zone = addZone(compartment, details.name, options.now());
  compartment.landed += 1;
  return json(201, shown(zone), { etag: etagOfZone(zone) });
};

/** GET and DELETE of one zone. A deletion takes the records with it, as the vendor's does. */
export const oneZone = (compartment: FakeCompartment, request: FakeRequest, id: string): FakeResponse => {
  assertQuery(request, ['compartmentId']);
  const zone = zoneAt(compartment, id);
  const etag = etagOfZone(zone);
  if (request.method === 'GET') return json(200, shown(zone), { etag });
  if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== etag)
    throw new Refusal(412, 'NoEtagMatch', 'The ETag of the resource is another one');
  compartment.zones.delete(zone.id);
  compartment.landed += 1;
  return { status: 204, headers: {}, body: '' };
};
