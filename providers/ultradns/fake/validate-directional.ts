import { flag, isPlain, known, list, type Plain, text, whole } from './objects.ts';
import { invalid, Refusal } from './refusal.ts';

const INFO_KEYS = ['allNonConfigured', 'geoInfo', 'ipInfo', 'ttl', 'type'];
const GROUP_KEYS = ['name', 'isAccountLevel', 'isExistingGroupFromPool', 'forceOverlap'];
const CONTINENTS = ['NAM', 'SAM', 'EUR', 'AFR', 'ASI', 'OCN', 'ANT'];
const LONGEST_TTL = 2_147_483_647;

/** Two letters, a part of a country, a continent, or one of the codes for what lies nowhere. */
const isCode = (code: string): boolean =>
  CONTINENTS.includes(code) || /^(A[1-3]|U[3-9]|Z[1-9]|[A-Z]{2})$/.test(code) || /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code);

interface Groups {
  readonly geo: Map<string, readonly string[]>;
  readonly ip: Map<string, readonly unknown[]>;
}

const badReuse = (name: string): Refusal =>
  new Refusal(
    400,
    90003,
    `The value provided for the field 'isExistingGroupFromPool' for the group '${name}' is not valid.`,
  );

const geoOf = (value: unknown, groups: Groups): Plain => {
  if (!isPlain(value)) throw invalid('geoInfo');
  known('geoInfo', value, [...GROUP_KEYS, 'codes']);
  const name = text('geoInfo/name', value['name']);
  const isAgain = flag('isExistingGroupFromPool', value['isExistingGroupFromPool'], false);
  if (isAgain !== groups.geo.has(name)) throw badReuse(name);
  if (flag('isAccountLevel', value['isAccountLevel'], false)) {
    groups.geo.set(name, []);
    return { name, isAccountLevel: true };
  }
  const earlier = groups.geo.get(name);
  if (earlier !== undefined) return { name, codes: [...earlier] };
  const codes = list('codes', value['codes']).map((code) => text('code', code));
  if (codes.length === 0) throw new Refusal(400, 80005, 'Geo list is empty or null.');
  const strange = codes.find((code) => !isCode(code));
  if (strange !== undefined) throw new Refusal(400, 80002, `ISO code not found: ${strange}`);
  const taken = [...groups.geo.values()].flat();
  const twice = codes.filter((code, index) => taken.includes(code) || codes.indexOf(code) !== index);
  if (twice.length > 0) throw new Refusal(400, 7023, `Territories overlap with another group: ${twice.join(', ')}`);
  // A sorted set in the vendor's own code.
  const sorted = codes.toSorted();
  groups.geo.set(name, sorted);
  return { name, codes: sorted };
};

const ipOf = (value: unknown, groups: Groups): Plain => {
  if (!isPlain(value)) throw invalid('ipInfo');
  known('ipInfo', value, [...GROUP_KEYS, 'ips']);
  const name = text('ipInfo/name', value['name']);
  const isAgain = flag('isExistingGroupFromPool', value['isExistingGroupFromPool'], false);
  if (isAgain !== groups.ip.has(name)) throw badReuse(name);
  if (flag('isAccountLevel', value['isAccountLevel'], false)) {
    groups.ip.set(name, []);
    return { name, isAccountLevel: true };
  }
  const ips = groups.ip.get(name) ?? list('ips', value['ips']);
  if (ips.length === 0) throw new Refusal(400, 80003, 'IP list is empty or null.');
  for (const ip of ips) {
    if (!isPlain(ip)) throw invalid('ips');
    known('ips', ip, ['start', 'end', 'cidr', 'address']);
  }
  groups.ip.set(name, ips);
  return { name, ips };
};

const infoOf = (info: unknown, groups: Groups, poolTtl: number | undefined): Plain => {
  if (!isPlain(info)) throw invalid('rdataInfo must hold objects');
  known('rdataInfo', info, INFO_KEYS);
  const ttl = whole('ttl', info['ttl'] ?? poolTtl ?? 86_400, 0, LONGEST_TTL);
  if (flag('allNonConfigured', info['allNonConfigured'], false)) return { allNonConfigured: true, ttl };
  if (info['geoInfo'] === undefined && info['ipInfo'] === undefined) throw invalid('a record without any group');
  return {
    ...(info['geoInfo'] === undefined ? {} : { geoInfo: geoOf(info['geoInfo'], groups) }),
    ...(info['ipInfo'] === undefined ? {} : { ipInfo: ipOf(info['ipInfo'], groups) }),
    ttl,
  };
};

/** A directional profile as the vendor keeps it: the territories of a group sorted, those of two groups never the same. */
export const directional = (profile: Plain, count: number, owner: string, poolTtl: number | undefined): Plain => {
  known('profile', profile, ['@context', 'description', 'conflictResolve', 'ignoreECS', 'noResponse', 'rdataInfo']);
  const infos = list('rdataInfo', profile['rdataInfo']);
  if (infos.length !== count) {
    throw new Refusal(
      400,
      90001,
      'For a Directional Pool, one entry of profile rData info should always be provided for each entry in rdata.',
    );
  }
  const groups: Groups = { geo: new Map(), ip: new Map() };
  const rdataInfo = infos.map((info) => infoOf(info, groups, poolTtl));
  const { noResponse } = { noResponse: profile['noResponse'] };
  const silent = noResponse === undefined ? undefined : infoOf(noResponse, groups, 0);
  const everybodyElse = [...rdataInfo, ...(silent === undefined ? [] : [silent])].filter(
    (info) => info['allNonConfigured'] === true,
  );
  if (everybodyElse.length > 1) throw invalid('allNonConfigured in more than one record');
  const conflict = profile['conflictResolve'];
  if (conflict !== undefined && conflict !== 'GEO' && conflict !== 'IP') throw invalid('conflictResolve');
  const { ttl: _, ...silence } = silent ?? {};
  return {
    '@context': profile['@context'],
    description: profile['description'] ?? owner,
    ...(conflict === undefined ? {} : { conflictResolve: conflict }),
    ...(flag('ignoreECS', profile['ignoreECS'], false) ? { ignoreECS: true } : {}),
    rdataInfo,
    ...(silent === undefined ? {} : { noResponse: silence }),
  };
};
