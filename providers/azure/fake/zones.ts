import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { type Paged, pageOf } from './paging.ts';
import { badRequest, Refusal } from './refusal.ts';
import { type FakeGroup, type FakeState, type FakeZone, keyOf } from './state.ts';

const SERVERS = ['ns1-01.azure-dns.com.', 'ns2-01.azure-dns.net.'];
const DAYS_2 = 172_800;

/** A zone as it is made: with the SOA and NS that Azure gives it. */
export const newZone = (state: FakeState, name: string): FakeZone => {
  state.etags += 1;
  const etag = `etag-${state.etags}`;
  const soa = {
    host: SERVERS[0] ?? '',
    email: 'azuredns-hostmaster.microsoft.com',
    serialNumber: 1,
    refreshTime: 3600,
    retryTime: 300,
    expireTime: 2_419_200,
    minimumTTL: 300,
  };
  return {
    name: keyOf(name),
    tags: {},
    sets: new Map([
      ['NS/@', { etag, properties: { TTL: DAYS_2, NSRecords: SERVERS.map((nsdname) => ({ nsdname })) } }],
      ['SOA/@', { etag, properties: { TTL: 3600, SOARecord: soa } }],
    ]),
  };
};

const shown = (scope: string, zone: FakeZone): unknown => ({
  id: `${scope}/${zone.name}`,
  name: zone.name,
  type: 'Microsoft.Network/dnszones',
  location: 'global',
  tags: zone.tags,
  properties: { numberOfRecordSets: zone.sets.size, maxNumberOfRecordSets: 10_000, nameServers: SERVERS },
});

const isZoneBody = (body: unknown): boolean => {
  if (typeof body !== 'object' || body === null) return false;
  const known = ['location', 'tags', 'properties', 'etag'];
  return 'location' in body && body.location === 'global' && Object.keys(body).every((key) => known.includes(key));
};

interface ZoneCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly scope: string;
  readonly name: string;
  readonly body: () => unknown;
}

export const answerZone = ({ method, headers, scope, name, body }: ZoneCall, state: FakeState, group: FakeGroup) => {
  const held = group.zones.get(keyOf(name));
  if (method === 'PUT') {
    if (!isZoneBody(body())) throw badRequest("A zone needs location 'global' and takes tags and properties.");
    if (headers['if-none-match'] === '*' && held !== undefined) {
      throw new Refusal(412, 'PreconditionFailed', `The zone '${name}' exists already.`);
    }
    const zone = held ?? newZone(state, name);
    group.zones.set(keyOf(name), zone);
    state.landed += 1;
    return json(held === undefined ? 201 : 200, shown(scope, zone));
  }
  if (method === 'DELETE') {
    if (held === undefined) return json(204, undefined);
    group.zones.delete(keyOf(name));
    state.landed += 1;
    return json(202, undefined, { location: `${scope}/operationresults/1` });
  }
  if (method !== 'GET') throw new Refusal(405, 'MethodNotAllowed', `${method} is not for a zone here.`);
  return json(200, shown(scope, zoneIn(group, name)));
};

export const zoneIn = (group: FakeGroup, name: string): FakeZone => {
  const held = group.zones.get(keyOf(name));
  if (held !== undefined) return held;
  throw new Refusal(404, 'ResourceNotFound', `The zone '${name}' under '${group.name}' was not found.`);
};

export const answerZones = (scope: string, group: FakeGroup, paged: Paged): FakeResponse =>
  pageOf(
    [...group.zones.values()].map((zone) => shown(scope, zone)),
    paged,
  );
