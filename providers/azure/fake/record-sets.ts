import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { type Paged, pageOf } from './paging.ts';
import { FAKE_RECORD_SET, type FakeRecordSet, type FakeType, FIELD_OF_TYPE, isFakeType } from './record-schema.ts';
import { badRequest, Refusal } from './refusal.ts';
import type { FakeState, FakeZone } from './state.ts';

const shown = (scope: string, zone: FakeZone, key: string, { etag, properties }: FakeRecordSet): unknown => {
  const [type = '', name = ''] = key.split('/');
  const fqdn = name === '@' ? `${zone.name}.` : `${name}.${zone.name}.`;
  return {
    id: `${scope}/${type}/${name}`,
    name,
    type: `Microsoft.Network/dnszones/${type}`,
    etag,
    properties: { targetResource: {}, ...properties, fqdn, provisioningState: 'Succeeded' },
  };
};

/** Throws 412 when the condition of the request does not hold; the answer to a lost race. */
const assertCondition = (headers: Readonly<Record<string, string>>, held: FakeRecordSet | undefined): void => {
  const wanted = headers['if-match'];
  const none = headers['if-none-match'];
  if (none !== undefined && none !== '*') throw badRequest('If-None-Match takes * alone.');
  const fails =
    (none === '*' && held !== undefined) ||
    (wanted !== undefined && (held === undefined || (wanted !== '*' && wanted !== held.etag)));
  if (fails) throw new Refusal(412, 'PreconditionFailed', 'The condition of the request was not met.');
};

export const readSet = (type: FakeType, body: unknown): FakeRecordSet['properties'] => {
  const read = FAKE_RECORD_SET.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw badRequest(`The record set is not valid at ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { properties } = read.data;
  const field = FIELD_OF_TYPE[type];
  const strays = Object.values(FIELD_OF_TYPE).filter((name) => name !== field && properties[name] !== undefined);
  if (strays.length > 0) throw badRequest(`A record set of type ${type} has no ${strays.join(', ')}.`);
  const isAlias = properties.targetResource?.id !== undefined;
  if (isAlias && !['A', 'AAAA', 'CNAME'].includes(type)) throw badRequest(`${type} cannot be an alias.`);
  if (isAlias === (properties[field] !== undefined)) throw badRequest(`Either ${field} or targetResource is needed.`);
  return properties;
};

const assertPlace = (type: FakeType, name: string, zone: FakeZone): void => {
  if (type === 'SOA' && name !== '@') throw badRequest('The SOA record set stands at the apex.');
  if (type === 'CNAME' && name === '@') throw badRequest('A CNAME cannot stand at the apex.');
  const others = [...zone.sets.keys()].filter((key) => key.endsWith(`/${name}`) && key !== `${type}/${name}`);
  const clashes = type === 'CNAME' ? others.length > 0 : others.includes(`CNAME/${name}`);
  if (clashes) throw badRequest(`A CNAME cannot stand beside other record sets of '${name}'.`);
};

interface SetCall {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly scope: string;
  readonly type: string;
  readonly name: string;
  readonly body: () => unknown;
}

/** One record set: GET, PUT and DELETE, the last two with If-Match and If-None-Match. */
export const answerRecordSet = (call: SetCall, state: FakeState, zone: FakeZone): FakeResponse => {
  const { method, scope, headers } = call;
  const type = call.type.toUpperCase();
  if (!isFakeType(type)) throw badRequest(`There is no record type ${call.type}.`);
  const key = `${type}/${call.name.toLowerCase()}`;
  const held = zone.sets.get(key);
  const isFixed = type === 'SOA' || key === 'NS/@';
  if (method === 'GET') {
    if (held === undefined) throw new Refusal(404, 'NotFound', `The record set '${call.name}' was not found.`);
    return json(200, shown(scope, zone, key, held));
  }
  if (method === 'DELETE') {
    if (isFixed) throw badRequest(`The ${type} record set of the apex cannot be deleted.`);
    assertCondition(headers, held);
    if (held === undefined) return json(204, undefined);
    zone.sets.delete(key);
    state.landed += 1;
    return json(200, undefined);
  }
  if (method !== 'PUT') throw new Refusal(405, 'MethodNotAllowed', `${method} is not for a record set here.`);
  const properties = readSet(type, call.body());
  assertPlace(type, call.name.toLowerCase(), zone);
  assertCondition(headers, held);
  state.etags += 1;
  const set = { etag: `etag-${state.etags}`, properties };
  zone.sets.set(key, set);
  state.landed += 1;
  return json(held === undefined ? 201 : 200, shown(scope, zone, key, set));
};

export const answerRecordSets = (scope: string, zone: FakeZone, paged: Paged): FakeResponse => {
  const sets = [...zone.sets].map(([key, set]) => shown(scope, zone, key, set));
  return pageOf(sets, paged);
};
