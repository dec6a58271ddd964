import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import type { FakeAnswer, FakeHandler, FakeRequest, FakeResponse } from '../fake-kit/wire.ts';
import { partsOf } from './fake/answers.ts';
import { patchBalancer, shownBalancer, shownPool } from './fake/balancers.ts';
import { paged, Refusal, refused, succeeded } from './fake/envelope.ts';
import { recordsRoutes } from './fake/records.ts';
import type { Route } from './fake/route.ts';
import type { FakeBalancer, FakePool, FakeRecord, FakeWorld, FakeZone } from './fake/state.ts';
import { zonesRoutes } from './fake/zones.ts';

export interface CloudflareFakeOptions {
  readonly now: () => number;
  /** Which account each API token may see and change. */
  readonly tokens: Readonly<Record<string, string>>;
  /** For slow answers. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** How many load balancers and pools a page holds; the vendor says nothing of pages there, so that it is all where left out. */
  readonly pageSize?: number;
}

/** A request as it was carried out: what it did, whatever its sender was told. */
export interface CloudflareLogEntry {
  readonly method: string;
  readonly path: string;
  readonly tookEffect: boolean;
}

export interface CloudflareFake {
  readonly handle: FakeHandler;
  readonly faults: FakeFaults;
  readonly log: readonly CloudflareLogEntry[];
  createZone(account: string, name: string): string;
  createPool(account: string, id: string, addresses: readonly string[], enabled?: boolean): void;
  createBalancer(zone: string, balancer: Pick<FakeBalancer, 'name' | 'default_pools'> & Partial<FakeBalancer>): string;
  /** Somebody at the dashboard. */
  editBalancer(zone: string, name: string, how: (balancer: FakeBalancer) => Partial<FakeBalancer>): void;
  dropBalancer(zone: string, name: string): void;
  editPool(id: string, how: Partial<FakePool>): void;
  editRecords(zone: string, how: (records: Map<string, FakeRecord>) => void): void;
  balancer(zone: string, name: string): FakeBalancer | undefined;
  records(zone: string): readonly FakeRecord[];
  /** Parts of one that each pool of a balancer gets now. */
  parts(zone: string, name: string): Readonly<Record<string, number>>;
}

const FAULTS = {
  throttled: refused(
    429,
    10000,
    'More than 1200 requests per 300 seconds reached. Please wait and consider throttling',
  ),
  // The vendor documents no answer of this kind; the status says what it means.
  busy: refused(423, 1000, 'The resource is locked by another request'),
  unavailable: refused(503, 1000, 'Service temporarily unavailable'),
  expired: refused(403, 10000, 'Authentication error'),
};

const CHANGES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const API = '/client/v4';

const balancerRoutes = (pageSize: number): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/zones\/([^/]+)\/load_balancers$/,
    run: ({ zone, request }) =>
      paged([...zone().balancers.values()].map(shownBalancer), request.query, pageSize, pageSize),
  },
  {
    method: 'GET',
    path: /^\/zones\/([^/]+)\/load_balancers\/([^/]+)$/,
    run: ({ zone, ids }) => succeeded(shownBalancer(balancerIn(zone(), ids[1]))),
  },
  {
    method: 'PATCH',
    path: /^\/zones\/([^/]+)\/load_balancers\/([^/]+)$/,
    run: ({ world, zone, ids, request, now }) =>
      succeeded(shownBalancer(patchBalancer(world, zone(), balancerIn(zone(), ids[1]), request.body, now))),
  },
  {
    method: 'GET',
    path: /^\/accounts\/([^/]+)\/load_balancers\/pools$/,
    run: ({ world, account, ids, request }) => {
      if (ids[0] !== account) throw new Refusal(403, 9109, 'Unauthorized to access requested resource');
      const pools = [...world.pools.values()].filter((pool) => pool.account === account);
      return paged(pools.map(shownPool), request.query, pageSize, pageSize);
    },
  },
];

const balancerIn = (zone: FakeZone, id: string | undefined): FakeBalancer => {
  const found = zone.balancers.get(id ?? '');
  if (found === undefined) throw new Refusal(404, 1001, `Load balancer not found: ${id}`);
  return found;
};

/** Cloudflare's API for load balancers, pools, zones and DNS records: a function of requests and a clock. */
export const createCloudflareFake = (options: CloudflareFakeOptions): CloudflareFake => {
  const world: FakeWorld = { zones: new Map(), pools: new Map() };
  const log: CloudflareLogEntry[] = [];
  let made = 0;
  const newId = (): string => (++made).toString(16).padStart(32, '0');
  const pageSize = options.pageSize ?? Number.MAX_SAFE_INTEGER;
  const routes = [...balancerRoutes(pageSize), ...zonesRoutes(newId), ...recordsRoutes(newId)];
  const faults = createFakeFaults({
    answers: FAULTS,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });

  const authorised = ({ headers }: FakeRequest): string => {
    const [, token] = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '') ?? [];
    if (token === undefined) throw new Refusal(400, 6003, 'Invalid request headers');
    const account = options.tokens[token];
    if (account === undefined) throw new Refusal(401, 10000, 'Authentication error');
    return account;
  };

  const carriedOut = (request: FakeRequest): FakeResponse => {
    const account = authorised(request);
    if (!request.path.startsWith(API)) throw new Refusal(404, 7000, 'No route for that URI');
    const path = request.path.slice(API.length);
    const route = routes.find((one) => one.method === request.method && one.path.test(path));
    if (route === undefined) throw new Refusal(404, 7000, 'No route for that URI');
    if (request.body !== '' && !(request.headers['content-type'] ?? '').startsWith('application/json')) {
      throw new Refusal(415, 6009, 'Content-Type must be application/json');
    }
    const ids = (route.path.exec(path) ?? []).slice(1).map(decodeURIComponent);
    const zone = (): FakeZone => {
      const found = world.zones.get(ids[0] ?? '');
      if (found !== undefined && found.account === account) return found;
      throw new Refusal(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`);
    };
    return route.run({ world, account, ids, request, now: options.now(), zone });
  };

  const effect = async (request: FakeRequest): Promise<FakeAnswer> => {
    try {
      const answer = carriedOut(request);
      log.push({ method: request.method, path: request.path, tookEffect: CHANGES.has(request.method) });
      return answer;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      log.push({ method: request.method, path: request.path, tookEffect: false });
      return refused(refusal.status, refusal.code, refusal.message);
    }
  };

  const zoneOf = (id: string): FakeZone => {
    const zone = world.zones.get(id);
    if (zone === undefined) throw new RangeError(`no zone ${id}`);
    return zone;
  };
  const balancerOf = (zone: string, name: string): FakeBalancer | undefined =>
    [...zoneOf(zone).balancers.values()].find((balancer) => balancer.name === name);

  return {
    handle: (request) => faults.around(request, () => effect(request)),
    faults,
    log,
    createZone(account, name) {
      const id = newId();
      world.zones.set(id, { id, account, name, balancers: new Map(), records: new Map() });
      return id;
    },
    createPool(account, id, addresses, enabled = true) {
      const origins = addresses.map((address, index) => ({
        name: `origin-${index + 1}`,
        address,
        enabled: true,
        weight: 1,
      }));
      world.pools.set(id, { id, account, name: `pool-${id}`, enabled, origins, modifiedAt: options.now() });
    },
    createBalancer(zone, balancer) {
      const id = newId();
      zoneOf(zone).balancers.set(id, {
        id,
        description: '',
        enabled: true,
        proxied: false,
        ttl: 30,
        steering_policy: 'random',
        fallback_pool: balancer.default_pools.at(-1) ?? '',
        random_steering: null,
        region_pools: {},
        country_pools: {},
        pop_pools: {},
        rules: [],
        session_affinity: 'none',
        session_affinity_attributes: {},
        adaptive_routing: { failover_across_pools: false },
        modifiedAt: options.now(),
        ...balancer,
      });
      return id;
    },
    editBalancer(zone, name, how) {
      const balancer = balancerOf(zone, name);
      if (balancer === undefined) throw new RangeError(`no balancer ${name}`);
      zoneOf(zone).balancers.set(balancer.id, { ...balancer, ...how(balancer), modifiedAt: options.now() });
    },
    dropBalancer(zone, name) {
      zoneOf(zone).balancers.delete(balancerOf(zone, name)?.id ?? '');
    },
    editPool(id, how) {
      const pool = world.pools.get(id);
      if (pool === undefined) throw new RangeError(`no pool ${id}`);
      world.pools.set(id, { ...pool, ...how, modifiedAt: options.now() });
    },
    editRecords: (zone, how) => how(zoneOf(zone).records),
    balancer: balancerOf,
    records: (zone) => [...zoneOf(zone).records.values()],
    parts(zone, name) {
      const balancer = balancerOf(zone, name);
      return balancer === undefined ? {} : partsOf(world, balancer);
    },
  };
};
