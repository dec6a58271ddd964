import type { FakeRequest, FakeResponse } from '../../fake-kit/wire.ts';
import type { FakeAccount } from './login.ts';
import { answerProfiles } from './profiles.ts';
import { answerRecordSet, answerRecordSets } from './record-sets.ts';
import { badRequest, Refusal } from './refusal.ts';
import { type FakeGroup, type FakeState, keyOf } from './state.ts';
import { answerZone, answerZones, zoneIn } from './zones.ts';

export interface RouterOptions extends FakeAccount {
  /** What addresses of next pages begin with. */
  readonly endpoint: string;
  readonly pageSize: number;
}

const VERSIONS: Readonly<Record<string, string>> = { trafficmanagerprofiles: '2022-04-01', dnszones: '2018-05-01' };

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

const bodyOf = (request: FakeRequest) => (): unknown => {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refusal(415, 'UnsupportedMediaType', 'The content media type is not supported; use application/json.');
  }
  const body = parsed(request.body);
  if (body === null) throw new Refusal(400, 'InvalidRequestContent', 'The request content was not valid JSON.');
  return body.value;
};

const groupOf = (state: FakeState, name: string): FakeGroup => {
  const group = state.groups.get(keyOf(name));
  if (group !== undefined) return group;
  throw new Refusal(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
};

const assertVersion = (kind: string, version: string | undefined): void => {
  if (version === undefined) throw new Refusal(400, 'MissingApiVersionParameter', 'The api-version is required.');
  if (VERSIONS[kind] !== version) throw badRequest(`The api-version '${version}' is not supported for '${kind}'.`);
};

interface Parts {
  readonly group: FakeGroup;
  readonly scope: string;
  readonly kind: string;
  readonly rest: readonly string[];
}

const answerDns = (
  request: FakeRequest,
  { group, scope, rest }: Parts,
  state: FakeState,
  options: RouterOptions,
): FakeResponse => {
  const { method, headers, query, path } = request;
  const zones = `${scope}/providers/Microsoft.Network/dnszones`;
  const paged = { url: `${options.endpoint}${path}`, query, pageSize: options.pageSize };
  const [zone, type, name] = rest;
  const body = bodyOf(request);
  if (zone === undefined) return answerZones(zones, group, paged);
  if (type === undefined) return answerZone({ method, headers, scope: zones, name: zone, body }, state, group);
  const held = zoneIn(group, zone);
  const its = `${zones}/${held.name}`;
  if (name !== undefined) return answerRecordSet({ method, headers, scope: its, type, name, body }, state, held);
  if (type.toLowerCase() === 'recordsets' && method === 'GET') return answerRecordSets(its, held, paged);
  throw new Refusal(404, 'InvalidResourceType', `There is no '${type}' here.`);
};

const PATH =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/([^/]+)((?:\/[^/]+)*)$/i;

/** Resource Manager behind its door: the request is authorised already. Throws `Refusal`. */
export const route = (request: FakeRequest, state: FakeState, options: RouterOptions): FakeResponse => {
  const match = PATH.exec(request.path);
  if (match === null) throw new Refusal(404, 'InvalidResourceType', `There is nothing at ${request.path}.`);
  const [, subscription = '', groupName = '', kindName = '', tail = ''] = match.map((part) =>
    decodeURIComponent(part ?? ''),
  );
  if (subscription !== options.subscriptionId) {
    throw new Refusal(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`);
  }
  const kind = kindName.toLowerCase();
  if (VERSIONS[kind] === undefined) throw new Refusal(404, 'InvalidResourceType', `There are no '${kindName}' here.`);
  assertVersion(kind, request.query['api-version']);
  const group = groupOf(state, groupName);
  const scope = `/subscriptions/${subscription}/resourceGroups/${group.name}`;
  const rest = tail.split('/').slice(1);
  if (kind === 'dnszones') return answerDns(request, { group, scope, kind, rest }, state, options);
  const [name, ...more] = rest;
  if (more.length > 0) throw new Refusal(404, 'InvalidResourceType', `There is nothing at ${request.path} here.`);
  return answerProfiles({ method: request.method, scope, name, body: bodyOf(request) }, state, group);
};
