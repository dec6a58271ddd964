import { type Call, NAMESPACE, type Operation, pageSizeOf, parameter, type Result, zoneOf } from './call.ts';
import { accept } from './changes.ts';
import { nameProblem, normaliseName, sortKey } from './names.ts';
import { booleanOf } from './record-xml.ts';
import { type RecordSet, type RecordTable, tableOf } from './records.ts';
import { invalidInput, Refusal } from './refusal.ts';
import { type Change, nextId, type State, type Zone } from './state.ts';
import { branch, childOf, leaf, readXml, requiredText, rootBranch, textOf } from './xml.ts';

const MAX_ZONES_A_PAGE = 100;

export const writeChangeInfo = (change: Change, at: number): string =>
  branch(
    'ChangeInfo',
    leaf('Id', `/change/${change.id}`),
    leaf('Status', at >= change.settlesAt ? 'INSYNC' : 'PENDING'),
    leaf('SubmittedAt', new Date(change.submittedAt).toISOString()),
    leaf('Comment', change.comment),
  );

const writeZone = (zone: Zone): string =>
  branch(
    'HostedZone',
    leaf('Id', `/hostedzone/${zone.id}`),
    leaf('Name', zone.name),
    leaf('CallerReference', zone.callerReference),
    branch('Config', leaf('Comment', zone.comment), leaf('PrivateZone', zone.isPrivate)),
    leaf('ResourceRecordSetCount', zone.control.size),
    zone.linkedService === undefined
      ? ''
      : branch('LinkedService', leaf('ServicePrincipal', zone.linkedService), leaf('Description', 'managed zone')),
    branch('Features', leaf('AcceleratedRecoveryStatus', zone.acceleratedRecovery)),
  );

const writeDelegation = (call: Call): string =>
  branch('DelegationSet', branch('NameServers', ...call.rules.nameServers.map((name) => leaf('NameServer', name))));

/** The two record sets that every zone is born with. */
export const bornWith = (name: string, nameServers: readonly string[]): RecordTable => {
  const [primary = 'ns.invalid'] = nameServers;
  const sets: readonly RecordSet[] = [
    { name, type: 'NS', ttlSeconds: 172_800, values: nameServers.map((server) => `${server}.`) },
    {
      name,
      type: 'SOA',
      ttlSeconds: 900,
      values: [`${primary}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`],
    },
  ];
  return tableOf(sets);
};

export type NewZone = Pick<Zone, 'accountId' | 'name' | 'callerReference' | 'comment' | 'isPrivate' | 'linkedService'>;

/** Puts an empty zone into the state. The first zone of a name is the one that the name servers answer for. */
export const addZone = (state: State, settings: NewZone): Zone => {
  const zone: Zone = {
    ...settings,
    id: nextId(state, 'Z'),
    acceleratedRecovery: 'DISABLED',
    control: new Map(),
    data: undefined,
    pending: [],
    busyUntil: 0,
  };
  state.zones.set(zone.id, zone);
  if (!zone.isPrivate && !state.delegations.has(zone.name)) state.delegations.set(zone.name, zone.id);
  return zone;
};

const ownZones = (call: Call): readonly Zone[] =>
  [...call.state.zones.values()].filter((zone) => zone.accountId === call.identity.accountId);

export const createHostedZone: Operation = (call) => {
  const request = readXml(call.body, 'CreateHostedZoneRequest', NAMESPACE);
  const name = normaliseName(requiredText(request, 'Name'));
  const callerReference = requiredText(request, 'CallerReference');
  const config = childOf(request, 'HostedZoneConfig');
  const problem = nameProblem(name);
  if (problem !== undefined)
    throw new Refusal('InvalidDomainName', 400, `${name} is not a valid domain name: ${problem}`);
  const mine = ownZones(call);
  if (mine.some((zone) => zone.callerReference === callerReference))
    throw new Refusal(
      'HostedZoneAlreadyExists',
      409,
      'A hosted zone has already been created with the specified caller reference.',
    );
  if (mine.length >= call.rules.maxZones)
    throw new Refusal('TooManyHostedZones', 400, 'Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER');
  const zone = addZone(call.state, {
    accountId: call.identity.accountId,
    name,
    callerReference,
    comment: textOf(config, 'Comment'),
    isPrivate:
      childOf(request, 'VPC') !== undefined || (config !== undefined && booleanOf(config, 'PrivateZone') === true),
    linkedService: undefined,
  });
  const change = accept(call.state, zone, bornWith(name, call.rules.nameServers), {
    at: call.at,
    propagationMs: call.rules.propagationMs(),
    comment: undefined,
    strandsAt: undefined,
  });
  return {
    status: 201,
    headers: { location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${zone.id}` },
    body: rootBranch(
      'CreateHostedZoneResponse',
      NAMESPACE,
      writeZone(zone),
      writeChangeInfo(change, call.at),
      writeDelegation(call),
    ),
  };
};

export const getHostedZone: Operation = (call) => {
  const zone = zoneOf(call, parameter(call, 0));
  return {
    status: 200,
    body: rootBranch('GetHostedZoneResponse', NAMESPACE, writeZone(zone), zone.isPrivate ? '' : writeDelegation(call)),
  };
};

export const listHostedZones: Operation = (call) => {
  const size = pageSizeOf(call, MAX_ZONES_A_PAGE, MAX_ZONES_A_PAGE);
  const { marker } = call.query;
  const all = ownZones(call).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const from = marker === undefined ? 0 : all.findIndex((zone) => zone.id === marker);
  if (from < 0) throw invalidInput(`The marker ${marker} is not a hosted zone`);
  const next = all[from + size];
  return {
    status: 200,
    body: rootBranch(
      'ListHostedZonesResponse',
      NAMESPACE,
      branch('HostedZones', ...all.slice(from, from + size).map(writeZone)),
      leaf('Marker', marker ?? ''),
      leaf('IsTruncated', next !== undefined),
      leaf('NextMarker', next?.id),
      leaf('MaxItems', size),
    ),
  };
};

export const listHostedZonesByName: Operation = (call) => {
  const size = pageSizeOf(call, MAX_ZONES_A_PAGE, MAX_ZONES_A_PAGE);
  const { dnsname, hostedzoneid } = call.query;
  if (hostedzoneid !== undefined && dnsname === undefined) throw invalidInput('HostedZoneId needs a DNSName');
  const keyOf = (name: string, id: string) => `${sortKey(name)}\u0000${id}`;
  const start = dnsname === undefined ? '' : keyOf(normaliseName(dnsname), hostedzoneid ?? '');
  const all = ownZones(call)
    .map((zone) => ({ zone, key: keyOf(zone.name, zone.id) }))
    .filter(({ key }) => key >= start)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const next = all[size]?.zone;
  return {
    status: 200,
    body: rootBranch(
      'ListHostedZonesByNameResponse',
      NAMESPACE,
      branch('HostedZones', ...all.slice(0, size).map(({ zone }) => writeZone(zone))),
      leaf('DNSName', dnsname),
      leaf('HostedZoneId', hostedzoneid),
      leaf('IsTruncated', next !== undefined),
      leaf('NextDNSName', next?.name),
      leaf('NextHostedZoneId', next?.id),
      leaf('MaxItems', size),
    ),
  };
};

export const deleteHostedZone: Operation = (call) => {
  const zone = zoneOf(call, parameter(call, 0));
  const others = [...zone.control.values()].filter(
    (set) => set.name !== zone.name || !['NS', 'SOA'].includes(set.type),
  );
  if (others.length > 0)
    throw new Refusal(
      'HostedZoneNotEmpty',
      400,
      'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
  const change = accept(call.state, zone, new Map(), {
    at: call.at,
    propagationMs: call.rules.propagationMs(),
    comment: undefined,
    strandsAt: undefined,
  });
  call.state.zones.delete(zone.id);
  if (call.state.delegations.get(zone.name) === zone.id) call.state.delegations.delete(zone.name);
  return { status: 200, body: rootBranch('DeleteHostedZoneResponse', NAMESPACE, writeChangeInfo(change, call.at)) };
};

const limit = (root: string, type: string, value: number, count: number): Result => ({
  status: 200,
  body: rootBranch(root, NAMESPACE, branch('Limit', leaf('Type', type), leaf('Value', value)), leaf('Count', count)),
});

export const getAccountLimit: Operation = (call) => {
  const type = parameter(call, 0);
  const checks = [...call.state.healthChecks.values()].filter(({ accountId }) => accountId === call.identity.accountId);
  const known: Readonly<Record<string, readonly [number, number]>> = {
    MAX_HEALTH_CHECKS_BY_OWNER: [call.rules.maxHealthChecks, checks.length],
    MAX_HOSTED_ZONES_BY_OWNER: [call.rules.maxZones, ownZones(call).length],
    MAX_TRAFFIC_POLICY_INSTANCES_BY_OWNER: [5, 0],
    MAX_REUSABLE_DELEGATION_SETS_BY_OWNER: [100, 0],
    MAX_TRAFFIC_POLICIES_BY_OWNER: [50, 0],
  };
  const [value, count] = known[type] ?? [];
  if (value === undefined || count === undefined) throw invalidInput(`Unknown limit type ${type}`);
  return limit('GetAccountLimitResponse', type, value, count);
};

export const getHostedZoneLimit: Operation = (call) => {
  const zone = zoneOf(call, parameter(call, 0));
  const type = parameter(call, 1);
  if (type === 'MAX_RRSETS_BY_ZONE')
    return limit('GetHostedZoneLimitResponse', type, call.rules.maxRecordSets, zone.control.size);
  if (type !== 'MAX_VPCS_ASSOCIATED_BY_ZONE') throw invalidInput(`Unknown limit type ${type}`);
  if (!zone.isPrivate) throw new Refusal('HostedZoneNotPrivate', 400, 'The specified hosted zone is a public zone.');
  return limit('GetHostedZoneLimitResponse', type, 300, 1);
};
