import { createFakeDns, type FakeDns, type FakeDnsOptions } from '../fake-kit/dns/server.ts';
import { type FakeSet, setKey } from '../fake-kit/dns/zone.ts';
import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import { type FakeAnswer, type FakeRequest, type FakeResponse, json } from '../fake-kit/wire.ts';
import { type Beside, patchedBy, Unprocessable } from './fake/patch.ts';
import { numberOf, showContent, typeOf } from './fake/text.ts';

export interface PowerDnsFakeOptions extends FakeDnsOptions {
  readonly apiKey: string;
}

export interface PowerDnsFake {
  readonly dns: FakeDns;
  readonly faults: FakeFaults;
  handle(request: FakeRequest): Promise<FakeAnswer>;
  /** How many PATCHes changed something. */
  readonly patches: () => number;
  setApiKey(key: string): void;
  /** Somebody else at the API: the body of a PATCH. Throws where it is refused. */
  patch(zone: string, rrsets: readonly unknown[]): void;
  /** Values of the Lua record that the secondary answers with: those with a weight. None for what is no `pickwrandom`. */
  answered(zone: string, name: string, type: string): readonly string[];
}

const plain = (status: number, body: string): FakeResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

const ROOT = '/api/v1/servers/localhost';
const LUA = 65_402;

/** The HTTP API of PowerDNS Authoritative 4.7 over the same zones that its DNS updates change. A pure function of requests and a clock. */
export const createPowerDnsFake = ({ apiKey, ...options }: PowerDnsFakeOptions): PowerDnsFake => {
  const dns = createFakeDns(options);
  const beside = new Map<string, ReadonlyMap<string, Beside>>();
  let key = apiKey;
  let patches = 0;
  const failing = plain(500, 'Internal Server Error');
  const faults = createFakeFaults({
    answers: {
      throttled: plain(429, 'Too Many Requests'),
      busy: failing,
      unavailable: failing,
      expired: plain(401, 'Unauthorized'),
    },
  });

  /** A DNS update knows nothing of comments and drops those of what it changes. */
  const besideOf = (zone: string): ReadonlyMap<string, Beside> => beside.get(zone) ?? new Map();

  const zoneObject = (zone: string) => {
    const serial = dns.serial(zone);
    return {
      account: '',
      catalog: '',
      dnssec: false,
      edited_serial: serial,
      id: `${zone}.`,
      kind: 'Native',
      last_check: 0,
      masters: [],
      name: `${zone}.`,
      notified_serial: 0,
      serial,
      url: `${ROOT}/zones/${zone}.`,
    };
  };

  const rrsetObject = (zone: string, set: Pick<FakeSet, 'name' | 'type' | 'ttl' | 'data'>) => {
    const type = typeOf(set.type);
    const { comments = [], disabled = [] } = besideOf(zone).get(setKey(set.name, set.type)) ?? {};
    return {
      comments: comments.map((comment) => ({ ...comment, modified_at: 1_700_000_000 })),
      name: `${set.name}.`,
      records: [
        ...set.data.map((data) => ({ content: showContent(type, data), disabled: false })),
        ...disabled.map((content) => ({ content, disabled: true })),
      ],
      ttl: set.ttl,
      type,
    };
  };

  const detail = (zone: string, query: FakeRequest['query']): FakeResponse => {
    const strange = Object.keys(query).find((one) => !['rrsets', 'rrset_name', 'rrset_type'].includes(one));
    if (strange !== undefined) return json(422, { error: `no query '${strange}'` });
    const { rrset_name: name, rrset_type: type } = query;
    const sets = [...dns.sets(zone).values()].filter(
      (set) => (name === undefined || `${set.name}.` === name) && (type === undefined || typeOf(set.type) === type),
    );
    const more = { soa_edit: '', soa_edit_api: 'INCREASE', nsec3param: '', nsec3narrow: false, api_rectify: false };
    const keys = { master_tsig_key_ids: [], slave_tsig_key_ids: [] };
    return json(200, { ...zoneObject(zone), ...more, ...keys, rrsets: sets.map((set) => rrsetObject(zone, set)) });
  };

  const patchZone = (zone: string, body: unknown): void => {
    const patched = patchedBy(body, zone, dns.sets(zone), besideOf(zone));
    const isChanged = dns.edit(zone, (sets) => {
      sets.clear();
      for (const [name, set] of patched.sets) sets.set(name, set);
    });
    const isBeside = JSON.stringify([...patched.beside]) !== JSON.stringify([...besideOf(zone)]);
    beside.set(zone, patched.beside);
    if (isChanged || isBeside) patches += 1;
  };

  const createZone = (body: unknown): FakeResponse => {
    const { name } = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || !name.endsWith('.'))
      return json(422, { error: `DNS Name '${String(name)}' is not canonical` });
    const zone = name.slice(0, -1).toLowerCase();
    if (dns.zones().includes(zone)) return plain(409, 'Conflict');
    dns.addZone(zone);
    return { ...detail(zone, {}), status: 201 };
  };

  const listed = ({ zone }: FakeRequest['query']): FakeResponse => {
    const all = dns.zones().filter((one) => zone === undefined || `${one}.` === zone);
    return json(200, all.map(zoneObject));
  };

  const withBody = (request: FakeRequest, then: (body: unknown) => FakeResponse): FakeResponse => {
    if (request.headers['content-type'] !== 'application/json') return plain(400, 'Bad Request');
    let body: unknown;
    try {
      body = JSON.parse(request.body);
    } catch {
      return plain(400, 'Bad Request');
    }
    try {
      return then(body);
    } catch (cause) {
      if (cause instanceof Unprocessable) return json(422, { error: cause.message });
      throw cause;
    }
  };

  const ofZone = (request: FakeRequest, zone: string): FakeResponse => {
    if (!dns.zones().includes(zone)) return plain(404, 'Not Found');
    if (request.method === 'GET') return detail(zone, request.query);
    if (request.method === 'DELETE') {
      dns.dropZone(zone);
      return plain(204, '');
    }
    if (request.method !== 'PATCH') return plain(405, 'Method Not Allowed');
    return withBody(request, (body) => {
      patchZone(zone, body);
      return plain(204, '');
    });
  };

  const answer = (request: FakeRequest): FakeResponse => {
    if (request.headers['x-api-key'] !== key) return plain(401, 'Unauthorized');
    const { method, path, query } = request;
    if (path === ROOT && method === 'GET')
      return json(200, { type: 'Server', id: 'localhost', daemon_type: 'authoritative', version: '4.7.3', url: ROOT });
    if (path === `${ROOT}/zones`) {
      if (method === 'GET') return listed(query);
      return method === 'POST' ? withBody(request, createZone) : plain(405, 'Method Not Allowed');
    }
    const [, zone] = new RegExp(`^${ROOT}/zones/([^/]+)$`).exec(path) ?? [];
    return zone === undefined
      ? plain(404, 'Not Found')
      : ofZone(request, decodeURIComponent(zone).replace(/\.$/, '').toLowerCase());
  };

  return {
    dns,
    faults,
    patches: () => patches,
    setApiKey: (next) => {
      key = next;
    },
    handle: (request) => faults.around(request, async () => answer(request)),
    patch: (zone, rrsets) => patchZone(zone, { rrsets }),
    answered: (zone, name, type) => {
      const contents = (dns.shown(zone).get(setKey(name, LUA))?.data ?? []).map((data) => showContent('LUA', data));
      const code = contents.find((content) => content.startsWith(`${type} `)) ?? '';
      if (numberOf(type) === undefined || !code.includes('pickwrandom(')) return [];
      const choices = [...code.replace(/" "/g, '').matchAll(/\{\s*(\d+)\s*,\s*'([^']*)'\s*\}/g)];
      return choices.filter(([, weight]) => Number(weight) > 0).map(([, , value = '']) => value);
    },
  };
};
