import { Refusal } from './errors.ts';
import type { FakeItem, FakePolicy, FakeRecordSet } from './state.ts';

const ADDRESS: Readonly<Record<string, RegExp>> = {
  A: /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/,
  AAAA: /^[0-9a-f:]+:[0-9a-f:.]*$/i,
  TXT: /^"([^"\\]|\\.)*"( "([^"\\]|\\.)*")*$/,
};

const ROUTED = new Set(['A', 'AAAA', 'CNAME', 'MX', 'SRV', 'TXT']);

const invalid = (message: string): Refusal => new Refusal(400, 'invalid', message);

const assertData = (where: string, type: string, data: readonly string[]): void => {
  const form = ADDRESS[type];
  const wrong = data.find((one) => one === '' || (form !== undefined && !form.test(one)));
  if (wrong !== undefined) throw invalid(`Invalid value for '${where}.rrdatas': '${wrong}'`);
  if (new Set(data).size !== data.length) throw invalid(`Invalid value for '${where}.rrdatas': repeated`);
};

const assertItem = (where: string, type: string, item: FakeItem, hasCheck: boolean): void => {
  const targets = item.healthCheckedTargets;
  if (item.rrdatas === undefined && targets === undefined) throw invalid(`'${where}' has neither rrdatas nor targets`);
  assertData(where, type, item.rrdatas ?? []);
  if (targets === undefined) return;
  if (type !== 'A' && type !== 'AAAA') throw invalid(`'${where}.healthCheckedTargets' is for A and AAAA`);
  if (targets.externalEndpoints !== undefined && !hasCheck) throw invalid(`'${where}' needs routingPolicy.healthCheck`);
};

const assertPolicy = (where: string, type: string, policy: FakePolicy, mostItems: number): void => {
  if (!ROUTED.has(type)) throw invalid(`'${where}.routingPolicy' is not allowed for ${type}`);
  const kinds = [policy.wrr, policy.geo, policy.primaryBackup].filter((one) => one !== undefined);
  if (kinds.length !== 1) throw invalid(`'${where}.routingPolicy' has ${kinds.length} policies; one is needed`);
  const items = policy.wrr?.items ?? policy.geo?.items ?? [];
  if (items.length > mostItems) throw new Refusal(403, 'quotaExceeded', `'${where}' has more than ${mostItems} items`);
  items.forEach((item, index) => {
    assertItem(`${where}.items[${index}]`, type, item, policy.healthCheck !== undefined);
  });
  const places = (policy.geo?.items ?? []).map(({ location }) => location);
  if (new Set(places).size !== places.length) throw invalid(`'${where}' names a location twice`);
};

/** Throws what the vendor says of a record set that cannot be in a zone. */
export const assertRecordSet = (where: string, dnsName: string, set: FakeRecordSet, mostItems: number): void => {
  const { name, type, rrdatas, routingPolicy } = set;
  if (name !== dnsName && !name.endsWith(`.${dnsName}`)) throw invalid(`'${where}.name' '${name}' is not in the zone`);
  if ((rrdatas === undefined) === (routingPolicy === undefined))
    throw invalid(`'${where}' needs either rrdatas or a routingPolicy`);
  assertData(where, type, rrdatas ?? []);
  if (type === 'CNAME' && (rrdatas?.length ?? 1) > 1) throw invalid(`'${where}' has more than one CNAME`);
  if (routingPolicy !== undefined) assertPolicy(where, type, routingPolicy, mostItems);
};

/** Throws for a zone that cannot be: one without its own SOA and NS, or a CNAME beside others. */
export const assertZone = (dnsName: string, recordSets: ReadonlyMap<string, FakeRecordSet>): void => {
  for (const type of ['SOA', 'NS'])
    if (!recordSets.has(`${dnsName} ${type}`)) throw invalid(`The ${type} record set at the apex must not go away`);
  for (const names of Map.groupBy(recordSets.values(), ({ name }) => name.toLowerCase()).values())
    if (names.length > 1 && names.some(({ type }) => type === 'CNAME'))
      throw new Refusal(400, 'cnameResourceRecordSetConflict', `${names[0]?.name} has a CNAME beside other types`);
};
