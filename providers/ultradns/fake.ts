import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import { type FakeAnswer, type FakeRequest, type FakeResponse, json } from '../fake-kit/wire.ts';
import { sharesOf } from './fake/answers.ts';
import { listSets, listZones, zoneAnswer } from './fake/lists.ts';
import { createLogins, type Logins } from './fake/logins.ts';
import { isPlain, known, text } from './fake/objects.ts';
import { invalid, Refusal } from './fake/refusal.ts';
import { createTasks } from './fake/tasks.ts';
import { listTerritories } from './fake/territories.ts';
import { type HeldSet, heldSet, isType } from './fake/validate.ts';
import type { Words } from './fake/validate-traffic.ts';
import { createZones, fqdn, type Zones } from './fake/zones.ts';

export interface UltraFakeOptions {
  readonly now: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly account?: string;
  readonly username?: string;
  readonly password?: string;
  readonly tokenLifeMs?: number;
  readonly refreshLifeMs?: number;
  readonly spelling?: 'both' | 'camel' | 'snake';
  /** Words for records that are turned on and off; those of the vendor's guide where left out. */
  readonly words?: Words;
  /** Whether one value may stand in several groups of a directional pool; true where left out. */
  readonly sharedRecords?: boolean;
  /** How far the name servers lag behind. */
  readonly propagationMs?: number;
  /** Requests a second, with as many saved up; null where nothing is throttled. */
  readonly perSecond?: number | null;
  /** Which changes are done in the background, and how long that takes. */
  readonly inBackground?: (request: FakeRequest) => boolean;
  readonly taskMs?: number;
}

export interface UltraFake {
  handle(request: FakeRequest): Promise<FakeAnswer>;
  readonly faults: FakeFaults;
  readonly logins: Logins;
  readonly zones: Zones;
  /** Every request that arrived, in order. */
  requests(): readonly FakeRequest[];
  /** Changes that had an effect. */
  landedWrites(): number;
  /** A foreigner's hand: a set as one would send it, past the API. Null takes it away. */
  put(zone: string, owner: string, type: string, body: unknown): void;
  /** Probes of this record fail from now on, or work again. */
  setIll(rdata: string, isIll: boolean): void;
  /** Part of the answers that each record gets, as the name servers have it. */
  answers(zone: string, owner: string, type: string): ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const parsedBody = (request: FakeRequest): unknown => {
  if (request.headers['content-type'] !== 'application/json') {
    throw new Refusal(415, 240_002, 'Invalid Content-Type header: must be application/json or application/xml');
  }
  const body = parsedJson(request.body);
  if (body === undefined) throw invalid('the body is no JSON');
  return body;
};

const noPath = (): Refusal => new Refusal(404, 404, 'There is no such path.');

const SUCCESS = { message: 'Successful' };

/** UltraDNS' REST API in memory, as strict as its guide: a function of requests and a clock. */
export const createUltraFake = (options: UltraFakeOptions): UltraFake => {
  const { now, account = 'steer-example', propagationMs = 0, perSecond = null } = options;
  const rules = {
    words: options.words ?? { on: 'ACTIVE', off: 'INACTIVE' },
    sharedRecords: options.sharedRecords ?? true,
  };
  const zones = createZones(now);
  const tasks = createTasks(now, options.taskMs ?? 500);
  const logins = createLogins({
    now,
    username: options.username ?? 'operator-1',
    password: options.password ?? 'correct horse',
    tokenLifeMs: options.tokenLifeMs ?? 3_600_000,
    refreshLifeMs: options.refreshLifeMs ?? 7 * DAY_MS,
    spelling: options.spelling ?? 'both',
  });
  const faults = createFakeFaults({
    answers: {
      throttled: new Refusal(429, 340_001, 'Too many requests.').answer(),
      busy: new Refusal(500, 32_000, 'We are not able to process your request at this time.').answer(),
      unavailable: new Refusal(500, 9999, 'System Error').answer(),
      expired: new Refusal(401, 60_001, 'invalid_grant:Token not found, expired or invalid').answer(),
    },
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  const ill = new Set<string>();
  const seen: FakeRequest[] = [];
  let landed = 0;
  let bucket = { tokens: perSecond ?? 0, at: now() };

  const assertPace = (): void => {
    if (perSecond === null) return;
    const tokens = Math.min(perSecond, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket = { tokens: tokens - 1, at: now() };
    if (tokens >= 1) return;
    bucket = { ...bucket, tokens };
    throw new Refusal(429, 340_001, 'Too many requests.');
  };

  const done = (request: FakeRequest, status: number, work: () => void): FakeResponse => {
    const effect = (): void => {
      work();
      landed += 1;
    };
    if (options.inBackground?.(request) === true) return tasks.begin(effect);
    effect();
    return status === 204 ? { status, headers: { 'content-type': 'text/plain' }, body: '' } : json(status, SUCCESS);
  };

  const setAt = (request: FakeRequest, zone: string, type: string, owner: string): FakeResponse => {
    if (!isType(type) && !(type === 'ANY' && request.method === 'GET')) throw invalid(`no type ${type}`);
    const name = owner.includes('.') ? fqdn(owner) : fqdn(`${owner}.${zone}`);
    if (request.method === 'GET') return listSets(zones, request, { zone, type, owner: name }, ill);
    if (!zones.has(zone)) return listSets(zones, request, { zone, type, owner: name }, ill);
    if (request.method === 'DELETE') return done(request, 204, () => zones.drop(zone, name, type));
    const set: HeldSet = heldSet(name, type, parsedBody(request), rules);
    if (request.method === 'POST') return done(request, 201, () => zones.create(zone, set));
    if (request.method === 'PUT') return done(request, 200, () => zones.replace(zone, set));
    throw new Refusal(405, 240_003, 'Invalid HTTP Method: This endpoint does not allow the specified method.');
  };

  const createZone = (request: FakeRequest): FakeResponse => {
    const body = parsedBody(request);
    if (!isPlain(body)) throw invalid('the body is no object');
    known('a zone', body, ['properties', 'primaryCreateInfo', 'changeComment']);
    const { properties, primaryCreateInfo } = { ...body };
    if (!isPlain(properties) || !isPlain(primaryCreateInfo))
      throw invalid('a zone needs properties and its way to be made');
    known('properties', properties, ['name', 'accountName', 'type']);
    known('primaryCreateInfo', primaryCreateInfo, ['createType', 'forceImport']);
    if (properties['type'] !== 'PRIMARY') throw new Refusal(400, 53_001, 'Invalid zone type');
    if (primaryCreateInfo['createType'] !== 'NEW') throw new Refusal(400, 53_004, 'Invalid primary zone create type.');
    if (properties['accountName'] !== account) throw new Refusal(403, 1600, 'Account does not exist or is not yours.');
    const name = text('name', properties['name']);
    return done(request, 201, () => zones.add(name));
  };

  const zoneAt = (request: FakeRequest, name: string): FakeResponse => {
    if (request.method === 'GET') return json(200, { inherit: 'ALL', ...zoneAnswer(zones, name, account) });
    if (request.method === 'DELETE') return done(request, 204, () => zones.remove(name));
    throw new Refusal(405, 240_003, 'Invalid HTTP Method: This endpoint does not allow the specified method.');
  };

  const inZones = (request: FakeRequest, [zone, what, type, owner]: readonly string[]): FakeResponse => {
    if (zone === undefined) return request.method === 'POST' ? createZone(request) : listZones(zones, request, account);
    if (what === undefined) return zoneAt(request, zone);
    if (what !== 'rrsets') throw noPath();
    if (type !== undefined && owner !== undefined) return setAt(request, zone, type, owner);
    return listSets(zones, request, { zone, type: type ?? null, owner: null }, ill);
  };

  const routed = (request: FakeRequest): FakeResponse => {
    const path = request.path.replace(/^\/v[123](?=\/)/, '');
    const [, first, ...rest] = path.split('/').map(decodeURIComponent);
    const [what] = rest;
    if (first === 'status') return json(200, { message: 'Good' });
    if (first === 'tasks' && what !== undefined) return tasks.answer(what);
    if (first === 'geoip' && what === 'territories') return listTerritories(request.query['codes'] ?? '');
    if (first === 'zones') return inZones(request, rest);
    throw noPath();
  };

  const answered = async (request: FakeRequest): Promise<FakeAnswer> => {
    tasks.settle();
    try {
      assertPace();
      if (request.path.replace(/^\/v[123](?=\/)/, '') === '/authorization/token') return logins.answer(request);
      logins.assertAllowed(request);
      return routed(request);
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal.answer();
      throw refusal;
    }
  };

  return {
    handle(request) {
      seen.push(request);
      return faults.around(request, () => answered(request));
    },
    faults,
    logins,
    zones,
    requests: () => seen,
    landedWrites: () => landed,
    put(zone, owner, type, body) {
      const name = fqdn(owner);
      const isThere = zones.set(zone, name, type) !== undefined;
      if (body === null) return zones.drop(zone, name, type);
      const set = heldSet(name, type, body, rules);
      if (isThere) zones.replace(zone, set);
      else zones.create(zone, set);
    },
    setIll(rdata, isIll) {
      if (isIll) ill.add(rdata);
      else ill.delete(rdata);
    },
    answers(zone, owner, type) {
      const set = zones.served(zone, fqdn(owner), type, propagationMs);
      return set === undefined ? new Map() : sharesOf(set, ill);
    },
  };
};
