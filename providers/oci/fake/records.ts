import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { invalid, missing, Refusal } from './errors.ts';
import { pageOf, type RouteOptions } from './pages.ts';
import { bodyOf, type FakeOperation, RECORDS_PATCH, RECORDS_PUT } from './schema.ts';
import type { FakeCompartment, FakeRecord, FakeZone } from './state.ts';
import { assertQuery, etagOfZone, zoneAt } from './zones.ts';

const ADDRESS: Readonly<Record<string, RegExp>> = {
  A: /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/,
  AAAA: /^[0-9a-f:]+:[0-9a-f:.]*$/i,
  TXT: /^"([^"\\]|\\.)*"( "([^"\\]|\\.)*")*$/,
};

const FIELDS = ['rdata', 'ttl', 'recordHash', 'isProtected', 'rrsetVersion'] as const;

/** Whether a record is one that an operation describes: every field that it names is the same. */
const isMeant = (operation: FakeOperation) => (record: FakeRecord) =>
  FIELDS.every((field) => operation[field] === undefined || operation[field] === record[field]);

const assertConditions = (items: readonly FakeOperation[], records: readonly FakeRecord[]): void => {
  for (const item of items) {
    const isThere = records.some(isMeant(item));
    const isWrong = item.operation === 'REQUIRE' ? !isThere : item.operation === 'PROHIBIT' && isThere;
    if (isWrong)
      throw new Refusal(409, 'PreconditionFailed', `${item.operation} ${item.rdata ?? 'of the set'} does not hold`);
  }
};

const added = (zone: FakeZone, [domain, rtype]: readonly [string, string], item: FakeOperation): FakeRecord => {
  if (item.rdata === undefined || item.ttl === undefined) throw invalid('ADD needs rdata and ttl');
  if (ADDRESS[rtype]?.test(item.rdata) === false) throw invalid(`${item.rdata} is no ${rtype}`);
  const version = `${zone.version + 1}`;
  const recordHash = Buffer.from(`${domain} ${rtype} ${item.rdata}`).toString('hex');
  return { domain, rtype, rdata: item.rdata, ttl: item.ttl, recordHash, isProtected: false, rrsetVersion: version };
};

/** The records of one set after a patch, or a `Refusal` and nothing has happened. */
const patched = (
  zone: FakeZone,
  key: readonly [string, string],
  items: readonly FakeOperation[],
  before: readonly FakeRecord[],
) => {
  assertConditions(items, before);
  let after = before;
  for (const item of items.filter(({ operation }) => operation === 'REMOVE')) {
    if (after.some((record) => isMeant(item)(record) && record.isProtected))
      throw new Refusal(400, 'InvalidParameter', 'A protected record cannot be changed');
    after = after.filter((record) => !isMeant(item)(record));
  }
  for (const item of items.filter(({ operation }) => operation === 'ADD')) {
    const record = added(zone, key, item);
    after = [...after.filter(({ rdata }) => rdata !== record.rdata), record];
  }
  if (new Set(after.map(({ ttl }) => ttl)).size > 1) throw invalid('the records of a set have one TTL');
  return after;
};

/** GET of all records of a zone. */
export const zoneRecords = (
  compartment: FakeCompartment,
  request: FakeRequest,
  id: string,
  options: RouteOptions,
): FakeResponse => {
  assertQuery(request, ['compartmentId', 'limit', 'page', 'domain', 'rtype']);
  const zone = zoneAt(compartment, id);
  const { domain, rtype } = request.query;
  const all = zone.records
    .filter((record) => domain === undefined || record.domain === domain)
    .filter((record) => rtype === undefined || record.rtype === rtype);
  return pageOf(all, request.query, options.pageSize, (items) => ({ items }));
};

/** An SOA keeps its first server; the serial is the vendor's. */
const replaced = (
  zone: FakeZone,
  key: readonly [string, string],
  items: readonly Omit<FakeOperation, 'operation'>[],
  before: readonly FakeRecord[],
) => {
  const after = items.map((item) => added(zone, key, { ...item, operation: 'ADD' }));
  const server = (records: readonly FakeRecord[]) => records[0]?.rdata.split(' ')[0];
  if (key[1] !== 'SOA' && before.some(({ isProtected }) => isProtected))
    throw invalid('A protected record cannot be changed');
  if (key[1] === 'SOA' && (after.length !== 1 || server(after) !== server(before)))
    throw invalid('SOA: mname is protected');
  return key[1] === 'SOA' ? after.map((record) => ({ ...record, isProtected: true })) : after;
};

/** GET, PATCH and PUT of one set. */
export const oneRecordSet = (
  compartment: FakeCompartment,
  request: FakeRequest,
  [id, domain, rtype]: readonly [string, string, string],
): FakeResponse => {
  assertQuery(request, ['compartmentId']);
  const zone = zoneAt(compartment, id);
  if (domain !== zone.name && !domain.endsWith(`.${zone.name}`)) throw missing(domain);
  const isOfSet = (record: FakeRecord): boolean => record.domain === domain && record.rtype === rtype;
  const etag = etagOfZone(zone).replace(/"$/, '#json"');
  if (request.method === 'GET') return json(200, { items: zone.records.filter(isOfSet) }, { etag });
  const isPut = request.method === 'PUT';
  const { items } = isPut ? bodyOf(RECORDS_PUT, request.body) : { items: [] };
  const operations = isPut ? [] : bodyOf(RECORDS_PATCH, request.body).items;
  if (request.headers['if-match'] !== undefined && request.headers['if-match'] !== etag)
    throw new Refusal(412, 'NoEtagMatch', 'The ETag of the resource is another one');
  if ([...items, ...operations].some((item) => (item.domain ?? domain) !== domain || (item.rtype ?? rtype) !== rtype))
    throw invalid('an item is of another set than the path');
  const before = zone.records.filter(isOfSet);
  const after = isPut
    ? replaced(zone, [domain, rtype], items, before)
    : patched(zone, [domain, rtype], operations, before);
  const others = zone.records.filter((record) => record.domain === domain && record.rtype !== rtype);
  if (rtype === 'CNAME' && after.length > 0 && others.length > 0)
    throw invalid(`${domain} has a CNAME beside other types`);
  const versioned = after.map((record) => ({ ...record, rrsetVersion: `${zone.version + 1}` }));
  zone.records = [...zone.records.filter((record) => !isOfSet(record)), ...versioned];
  zone.version += 1;
  compartment.landed += 1;
  return json(200, { items: versioned }, { etag: etagOfZone(zone).replace(/"$/, '#json"') });
};
