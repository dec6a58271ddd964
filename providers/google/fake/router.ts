import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { applied, type ChangeRules } from './changes.ts';
import { Refusal } from './errors.ts';
import { bodyOf, CHANGE, MANAGED_ZONE } from './schema.ts';
import { emptyZone, type FakeRecordSet, type FakeZone, held } from './state.ts';

export interface RouterOptions {
  readonly now: () => number;
  readonly project: string;
  readonly pageSize: number;
  readonly propagationMs: number;
  readonly rules: ChangeRules;
}

/** What an account holds. */
export interface FakeProject {
  readonly zones: Map<string, FakeZone>;
  landed: number;
}

const QUERIES: Readonly<Record<string, readonly string[]>> = {
  zones: ['maxResults', 'pageToken', 'dnsName'],
  rrsets: ['maxResults', 'pageToken', 'name', 'type'],
  none: [],
};

const assertQuery = (query: FakeRequest['query'], of: string): void => {
  const wrong = Object.keys(query).find((key) => !(QUERIES[of] ?? []).includes(key));
  if (wrong !== undefined) throw new Refusal(400, 'invalid', `Unknown name "${wrong}": Cannot bind query parameter.`);
};

const assertJson = ({ headers }: FakeRequest): void => {
  if (headers['content-type']?.split(';')[0] === 'application/json') return;
  throw new Refusal(400, 'parseError', 'The request body must be application/json');
};

/** One page by a token that is only good for the same list. */
const pageOf = <T>(items: readonly T[], query: FakeRequest['query'], most: number) => {
  const wanted = query['maxResults'] === undefined ? most : Number(query['maxResults']);
  if (!Number.isInteger(wanted) || wanted < 1) throw new Refusal(400, 'invalid', "Invalid value for 'maxResults'");
  const start = query['pageToken'] === undefined ? 0 : Number(/^p(\d+)$/.exec(query['pageToken'])?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new Refusal(400, 'invalid', "Invalid value for 'parameters.pageToken'");
  const end = start + Math.min(wanted, most);
  return { items: items.slice(start, end), ...(end < items.length ? { nextPageToken: `p${end}` } : {}) };
};

export const addZone = (
  project: FakeProject,
  name: string,
  dnsName: string,
  description: string,
  now: number,
): FakeZone => {
  const id = `${1_000_000 + project.zones.size}`;
  const versions = [{ at: now, recordSets: emptyZone(dnsName) }];
  const zone: FakeZone = { id, name, dnsName, description, changes: [], versions };
  project.zones.set(name, zone);
  return zone;
};

const shown = ({ id, name, dnsName, description }: FakeZone) => ({
  kind: 'dns#managedZone',
  id,
  name,
  dnsName,
  description,
  visibility: 'public',
  nameServers: ['a1', 'a2', 'a3', 'a4'].map((server) => `ns-cloud-${server}.googledomains.com.`),
});

const byName = (a: FakeRecordSet, b: FakeRecordSet): number => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1);

/** Paths and methods of Cloud DNS v1. */
export const createRouter = (project: FakeProject, options: RouterOptions) => {
  const { now, pageSize, rules } = options;

  const zoneAt = (id: string): FakeZone => {
    const zone = project.zones.get(id) ?? [...project.zones.values()].find((one) => one.id === id);
    if (zone !== undefined) return zone;
    throw new Refusal(404, 'notFound', `The 'parameters.managedZone' resource named '${id}' does not exist.`);
  };

  const zones = (request: FakeRequest): FakeResponse => {
    if (request.method === 'GET') {
      assertQuery(request.query, 'zones');
      const { dnsName } = request.query;
      const all = [...project.zones.values()].filter((zone) => dnsName === undefined || zone.dnsName === dnsName);
      const { items, ...more } = pageOf(all, request.query, pageSize);
      return json(200, { kind: 'dns#managedZonesListResponse', managedZones: items.map(shown), ...more });
    }
    assertQuery(request.query, 'none');
    assertJson(request);
    const body = bodyOf(MANAGED_ZONE, request.body, 'entity.managedZone');
    if (project.zones.has(body.name))
      throw new Refusal(409, 'alreadyExists', `The resource 'entity.managedZone' named '${body.name}' already exists`);
    project.landed += 1;
    return json(200, shown(addZone(project, body.name, body.dnsName, body.description, now())));
  };

  const zone = (request: FakeRequest, id: string): FakeResponse => {
    assertQuery(request.query, 'none');
    const found = zoneAt(id);
    if (request.method === 'GET') return json(200, shown(found));
    if (held(found).size > 2)
      throw new Refusal(
        400,
        'containerNotEmpty',
        `The resource named '${found.name}' cannot be deleted because it is not empty`,
      );
    project.zones.delete(found.name);
    project.landed += 1;
    return { status: 204, headers: {}, body: '' };
  };

  const recordSets = (request: FakeRequest, id: string): FakeResponse => {
    assertQuery(request.query, 'rrsets');
    const { name, type } = request.query;
    if (type !== undefined && name === undefined)
      throw new Refusal(400, 'required', "'parameters.name' is needed beside type");
    const all = [...held(zoneAt(id)).values()]
      .filter((set) => name === undefined || set.name.toLowerCase() === name.toLowerCase())
      .filter((set) => type === undefined || set.type === type)
      .toSorted(byName);
    const { items, ...more } = pageOf(all, request.query, pageSize);
    return json(200, { kind: 'dns#resourceRecordSetsListResponse', rrsets: items, ...more });
  };

  const changes = (request: FakeRequest, id: string): FakeResponse => {
    assertQuery(request.query, 'none');
    const found = zoneAt(id);
    assertJson(request);
    const wanted = bodyOf(CHANGE, request.body, 'entity.change');
    const recordSetsAfter = applied(found, wanted, rules);
    found.versions = [...found.versions, { at: now(), recordSets: recordSetsAfter }];
    const change = { id: `${found.changes.length + 1}`, at: now() };
    found.changes.push(change);
    project.landed += 1;
    const startTime = new Date(change.at).toISOString();
    return json(200, { kind: 'dns#change', ...wanted, startTime, id: change.id, status: 'pending' });
  };

  const change = (request: FakeRequest, id: string, changeId: string): FakeResponse => {
    assertQuery(request.query, 'none');
    const found = zoneAt(id).changes.find((one) => one.id === changeId);
    if (found === undefined)
      throw new Refusal(404, 'notFound', `The 'parameters.changeId' resource named '${changeId}' does not exist.`);
    // Long before the servers follow: `done` only says that they were told.
    const status = now() - found.at >= options.propagationMs / 10 ? 'done' : 'pending';
    return json(200, { kind: 'dns#change', id: changeId, startTime: new Date(found.at).toISOString(), status });
  };

  const ROUTES: readonly (readonly [string, RegExp, (request: FakeRequest, a: string, b: string) => FakeResponse])[] = [
    ['GET|POST', /^$/, zones],
    ['GET|DELETE', /^\/([^/]+)$/, zone],
    ['GET', /^\/([^/]+)\/rrsets$/, recordSets],
    ['POST', /^\/([^/]+)\/changes$/, changes],
    ['GET', /^\/([^/]+)\/changes\/([^/]+)$/, change],
  ];

  return (request: FakeRequest): FakeResponse => {
    const base = `/dns/v1/projects/${options.project}/managedZones`;
    if (!request.path.startsWith(base)) throw new Refusal(404, 'notFound', 'Not Found');
    const rest = request.path.slice(base.length);
    for (const [methods, pattern, answer] of ROUTES) {
      const [, a = '', b = ''] = pattern.exec(rest) ?? [];
      if (!pattern.test(rest)) continue;
      if (!methods.split('|').includes(request.method))
        throw new Refusal(405, 'httpMethodNotAllowed', 'Method Not Allowed');
      return answer(request, decodeURIComponent(a), decodeURIComponent(b));
    }
    throw new Refusal(404, 'notFound', 'Not Found');
  };
};
