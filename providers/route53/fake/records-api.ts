import { applyBatch, type RecordChange } from './batch.ts';
import { answerContext, type Call, NAMESPACE, type Operation, pageSizeOf, parameter, zoneOf } from './call.ts';
import { accept, advance } from './changes.ts';
import { normaliseName, sortKey } from './names.ts';
import { readRecordSet, writeRecordSet } from './record-xml.ts';
import type { RecordSet, RecordTable } from './records.ts';
import { invalidInput, Refusal } from './refusal.ts';
import { answerFromZone } from './resolve.ts';
import type { Zone } from './state.ts';
import { branch, childOf, childrenOf, leaf, readXml, refuseUnknown, requiredText, rootBranch, textOf } from './xml.ts';
import { writeChangeInfo } from './zones-api.ts';

const MAX_SETS_A_PAGE = 300;
const MAX_COMMENT = 256;

const readChanges = (
  body: string,
): { readonly changes: readonly RecordChange[]; readonly comment: string | undefined } => {
  const request = readXml(body, 'ChangeResourceRecordSetsRequest', NAMESPACE);
  const batch = childOf(request, 'ChangeBatch');
  if (batch === undefined) throw invalidInput("1 validation error detected: 'changeBatch' must not be null");
  // In either order: the model lists Comment first, the JavaScript SDK sends Changes first.
  refuseUnknown(batch, ['Changes', 'Comment']);
  const comment = textOf(batch, 'Comment');
  if (comment !== undefined && comment.length > MAX_COMMENT)
    throw invalidInput(`1 validation error detected: 'changeBatch.comment' must have length at most ${MAX_COMMENT}`);
  const changes = childrenOf(childOf(batch, 'Changes'), 'Change').map((change): RecordChange => {
    refuseUnknown(change, ['Action', 'ResourceRecordSet']);
    const action = requiredText(change, 'Action');
    const set = childOf(change, 'ResourceRecordSet');
    if (action !== 'CREATE' && action !== 'DELETE' && action !== 'UPSERT')
      throw invalidInput(
        `1 validation error detected: Value '${action}' at 'action' must be one of [CREATE, DELETE, UPSERT]`,
      );
    if (set === undefined) throw invalidInput("1 validation error detected: 'resourceRecordSet' must not be null");
    return { action, set: readRecordSet(set) };
  });
  return { changes, comment };
};

export const changeResourceRecordSets: Operation = (call) => {
  const { state, rules, at } = call;
  const { changes, comment } = readChanges(call.body);
  const zone = zoneOf(call, parameter(call, 0));
  if (at < zone.busyUntil)
    throw new Refusal(
      'PriorRequestNotComplete',
      400,
      'The request was rejected because Route 53 was still processing a prior request.',
    );
  call.throttle.changes(call.identity.accountId, changes.length);
  const after = applyBatch(zone.control, changes, {
    zone: { id: zone.id, name: zone.name, isOtherZone: (id) => state.zones.has(id) },
    deleteIgnoresWeight: rules.deleteIgnoresWeight,
    hasHealthCheck: (id) => state.healthChecks.get(id)?.accountId === call.identity.accountId,
    maxRecordSets: rules.maxRecordSets,
  });
  const propagationMs = rules.propagationMs();
  const change = accept(state, zone, after, { at, propagationMs, comment, strandsAt: call.strandsAt });
  zone.busyUntil = at + rules.processMs;
  return { status: 200, body: rootBranch('ChangeResourceRecordSetsResponse', NAMESPACE, writeChangeInfo(change, at)) };
};

export const getChange: Operation = (call) => {
  const id = parameter(call, 0);
  const known = call.state.changes.get(id);
  if (known !== undefined) advance(call.state, known.zone, call.at);
  const change = call.state.changes.get(id);
  if (change === undefined || change.accountId !== call.identity.accountId)
    throw new Refusal('NoSuchChange', 404, `Could not find resource with ID: ${id}`);
  return { status: 200, body: rootBranch('GetChangeResponse', NAMESPACE, writeChangeInfo(change, call.at)) };
};

type Sorted = { readonly sets: readonly RecordSet[]; readonly keys: readonly string[] };
const sorted = new WeakMap<RecordTable, Sorted>();

/** A character below every other keeps `a` + type apart from `a-b` + type. */
const positionOf = (name: string, type: string, identifier: string): string =>
  `${sortKey(name)}\u0000${type}\u0000${identifier}`;

const sortedSets = (records: RecordTable): Sorted => {
  const known = sorted.get(records);
  if (known !== undefined) return known;
  const pairs = [...records.values()]
    .map((set) => ({ set, key: positionOf(set.name, set.type, set.setIdentifier ?? '') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const made = { sets: pairs.map(({ set }) => set), keys: pairs.map(({ key }) => key) };
  sorted.set(records, made);
  return made;
};

const startOf = (call: Call): string => {
  const { name, type, identifier } = call.query;
  if (type !== undefined && name === undefined)
    throw invalidInput('The input is not valid: type was given without name');
  if (identifier !== undefined && (name === undefined || type === undefined))
    throw invalidInput('The input is not valid: identifier was given without name and type');
  return name === undefined ? '' : positionOf(normaliseName(name), type ?? '', identifier ?? '');
};

export const listResourceRecordSets: Operation = (call) => {
  const size = pageSizeOf(call, MAX_SETS_A_PAGE, call.rules.defaultPageSize);
  const start = startOf(call);
  const zone = zoneOf(call, parameter(call, 0));
  const { sets, keys } = sortedSets(zone.control);
  const first = keys.findIndex((key) => key >= start);
  const from = first < 0 ? sets.length : first;
  const next = sets[from + size];
  return {
    status: 200,
    body: rootBranch(
      'ListResourceRecordSetsResponse',
      NAMESPACE,
      branch('ResourceRecordSets', ...sets.slice(from, from + size).map(writeRecordSet)),
      leaf('IsTruncated', next !== undefined),
      leaf('NextRecordName', next?.name),
      leaf('NextRecordType', next?.type),
      leaf('NextRecordIdentifier', next?.setIdentifier),
      leaf('MaxItems', size),
    ),
  };
};

const publicZone = (zone: Zone): Zone => {
  if (zone.isPrivate) throw invalidInput('TestDNSAnswer supports public hosted zones only');
  return zone;
};

/** Judged on the control plane's records, also on those not yet propagated: a policy check, no DNS query. */
export const testDnsAnswer: Operation = (call) => {
  const { hostedzoneid, recordname, recordtype } = call.query;
  if (hostedzoneid === undefined || recordname === undefined || recordtype === undefined)
    throw invalidInput('hostedzoneid, recordname and recordtype are required');
  const zone = publicZone(zoneOf(call, hostedzoneid.replace(/^\/hostedzone\//, '')));
  const world = { id: zone.id, name: zone.name, records: zone.control };
  const { answers, rcode } = answerFromZone(world, normaliseName(recordname), recordtype, answerContext(call, {}));
  return {
    status: 200,
    body: rootBranch(
      'TestDNSAnswerResponse',
      NAMESPACE,
      leaf('Nameserver', call.rules.nameServers[0] ?? ''),
      leaf('RecordName', normaliseName(recordname)),
      leaf('RecordType', recordtype),
      branch('RecordData', ...answers.map(({ data }) => leaf('RecordDataEntry', data))),
      leaf('ResponseCode', rcode),
      leaf('Protocol', 'UDP'),
    ),
  };
};
