import { nameProblem } from './names.ts';
import { CONTINENTS, COUNTRIES, SUBDIVISIONS } from './places.ts';
import { type GeoLocation, policiesOf, type RecordSet } from './records.ts';

/** Types a client may write (API model of 2013-04-01). */
const TYPES = new Set('SOA A TXT NS CNAME MX NAPTR PTR SRV SPF AAAA CAA DS TLSA SSHFP SVCB HTTPS'.split(' '));
/** Types that carry a routing policy; the others are simple only. */
const ROUTED = new Set('A AAAA CAA CNAME MX NAPTR PTR SPF SRV TXT TLSA SSHFP SVCB HTTPS'.split(' '));

const POLICIES =
  '[Weight, Region, Failover, GeoLocation, MultiValueAnswer, CidrRoutingConfig, or GeoProximityLocation]';

type Rule = (set: RecordSet) => string | undefined;

const between = (what: string, value: number | undefined, low: number, high: number): string | undefined =>
  value === undefined || (value >= low && value <= high)
    ? undefined
    : `1 validation error detected: Value '${value}' at '${what}' failed to satisfy constraint: Member must have value between ${low} and ${high}`;

const lengthWithin = (what: string, value: string | undefined, low: number, high: number): string | undefined =>
  value === undefined || (value.length >= low && value.length <= high)
    ? undefined
    : `1 validation error detected: Value at '${what}' failed to satisfy constraint: Member must have length between ${low} and ${high}`;

const oneOf = (what: string, value: string | undefined, allowed: readonly string[]): string | undefined =>
  value === undefined || allowed.includes(value)
    ? undefined
    : `1 validation error detected: Value '${value}' at '${what}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(', ')}]`;

const policyRule: Rule = (set) => {
  const policies = policiesOf(set);
  if (set.setIdentifier === undefined && policies.length > 0)
    return "Invalid request: Missing field 'SetIdentifier' in Change with a routing policy";
  if (set.setIdentifier !== undefined && policies.length !== 1)
    return `Invalid request: Expected exactly one of ${POLICIES}, but found ${policies.length === 0 ? 'none' : policies.join(', ')} in Change with [Name=${set.name}, Type=${set.type}, SetIdentifier=${set.setIdentifier}]`;
  if (policies.length > 0 && !ROUTED.has(set.type))
    return `Invalid request: a record set of type ${set.type} cannot have a routing policy`;
  return undefined;
};

const contentRule: Rule = (set) => {
  const hasAlias = set.aliasTarget !== undefined;
  const hasTtl = set.ttlSeconds !== undefined;
  const hasValues = set.values !== undefined && set.values.length > 0;
  const isPlain = hasTtl && hasValues && !hasAlias;
  const isAlias = hasAlias && !hasTtl && set.values === undefined;
  if (isPlain || isAlias) return undefined;
  return `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found ${hasAlias ? 'more than one' : 'none'} in Change with [Name=${set.name}, Type=${set.type}, SetIdentifier=${set.setIdentifier ?? 'null'}]`;
};

const isPlace = ({ continentCode, countryCode, subdivisionCode }: GeoLocation): boolean => {
  if (continentCode !== undefined) return CONTINENTS.includes(continentCode);
  const states = SUBDIVISIONS[countryCode ?? ''];
  const hasState = subdivisionCode === undefined || states === undefined || states.includes(subdivisionCode);
  return hasState && (countryCode === '*' || COUNTRIES.includes(countryCode ?? ''));
};

const geoRule: Rule = ({ geoLocation: geo }) => {
  if (geo === undefined) return undefined;
  if (geo.continentCode !== undefined && geo.countryCode !== undefined)
    return 'Invalid request: GeoLocation takes either ContinentCode or CountryCode';
  if (geo.continentCode === undefined && geo.countryCode === undefined)
    return 'Invalid request: GeoLocation needs ContinentCode or CountryCode';
  if (geo.subdivisionCode !== undefined && geo.countryCode !== 'US' && geo.countryCode !== 'UA')
    return 'Invalid request: SubdivisionCode is allowed for the countries US and UA only';
  return isPlace(geo) ? undefined : 'Invalid request: the GeoLocation is not one that ListGeoLocations shows';
};

const multiValueRule: Rule = (set) => {
  if (set.multiValueAnswer === undefined) return undefined;
  if (!set.multiValueAnswer) return 'Invalid request: MultiValueAnswer must be true or absent';
  return set.aliasTarget === undefined ? undefined : 'Invalid request: a multivalue answer record cannot be an alias';
};

const failoverAliasRule: Rule = (set) =>
  set.failover !== undefined && set.aliasTarget?.evaluateTargetHealth === false
    ? 'Invalid request: a failover alias record must have EvaluateTargetHealth true'
    : undefined;

const nameRule: Rule = (set) => {
  const problem = nameProblem(set.name);
  return problem === undefined
    ? undefined
    : `Invalid request: FATAL problem: ${problem} encountered with '${set.name}'`;
};

const RULES: readonly Rule[] = [
  nameRule,
  (set) => (TYPES.has(set.type) ? undefined : oneOf('type', set.type, [...TYPES])),
  (set) => between('weight', set.weight, 0, 255),
  (set) => between('tTL', set.ttlSeconds, 0, 2_147_483_647),
  (set) => between('bias', set.geoProximityLocation?.bias, -99, 99),
  (set) => lengthWithin('setIdentifier', set.setIdentifier, 1, 128),
  (set) => lengthWithin('region', set.region, 1, 64),
  (set) => lengthWithin('healthCheckId', set.healthCheckId, 1, 64),
  (set) => oneOf('failover', set.failover, ['PRIMARY', 'SECONDARY']),
  (set) => set.values?.map((value) => lengthWithin('value', value, 0, 4000)).find((problem) => problem !== undefined),
  policyRule,
  contentRule,
  geoRule,
  multiValueRule,
  failoverAliasRule,
];

/** What is wrong with one record set by itself (`InvalidInput`); whether it fits the zone is judged elsewhere. */
export const setProblems = (set: RecordSet): readonly string[] =>
  RULES.map((rule) => rule(set)).filter((problem) => problem !== undefined);
