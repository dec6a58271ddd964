import { normaliseName } from './names.ts';
import { type AliasTarget, type GeoLocation, type GeoProximityLocation, present, type RecordSet } from './records.ts';
import { invalidInput } from './refusal.ts';
import { branch, childOf, childrenOf, leaf, refuseUnknown, requiredText, textOf, type XmlElement } from './xml.ts';

/** In the order of the service's schema, which is also the order of every answer. */
const FIELDS = [
  'Name',
  'Type',
  'SetIdentifier',
  'Weight',
  'Region',
  'GeoLocation',
  'Failover',
  'MultiValueAnswer',
  'TTL',
  'ResourceRecords',
  'AliasTarget',
  'HealthCheckId',
  'TrafficPolicyInstanceId',
  'CidrRoutingConfig',
  'GeoProximityLocation',
] as const;

export const integerOf = (parent: XmlElement, name: string): number | undefined => {
  const text = textOf(parent, name);
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text))
    throw invalidInput(`1 validation error detected: ${name} must be an integer, not '${text}'`);
  return Number(text);
};

export const booleanOf = (parent: XmlElement, name: string): boolean | undefined => {
  const text = textOf(parent, name);
  if (text === undefined || text === 'true' || text === 'false')
    return text === undefined ? undefined : text === 'true';
  throw invalidInput(`1 validation error detected: ${name} must be true or false, not '${text}'`);
};

const readValues = (parent: XmlElement): readonly string[] | undefined => {
  const list = childOf(parent, 'ResourceRecords');
  if (list === undefined) return undefined;
  refuseUnknown(list, ['ResourceRecord']);
  return childrenOf(list, 'ResourceRecord').map((record) => {
    refuseUnknown(record, ['Value']);
    const value = textOf(record, 'Value');
    if (value === undefined) throw invalidInput('1 validation error detected: Value must not be null');
    return value;
  });
};

const readAlias = (parent: XmlElement): AliasTarget | undefined => {
  const alias = childOf(parent, 'AliasTarget');
  if (alias === undefined) return undefined;
  refuseUnknown(alias, ['HostedZoneId', 'DNSName', 'EvaluateTargetHealth']);
  const evaluateTargetHealth = booleanOf(alias, 'EvaluateTargetHealth');
  if (evaluateTargetHealth === undefined)
    throw invalidInput('1 validation error detected: EvaluateTargetHealth is required');
  return {
    hostedZoneId: requiredText(alias, 'HostedZoneId').replace(/^\/hostedzone\//, ''),
    dnsName: normaliseName(requiredText(alias, 'DNSName')),
    evaluateTargetHealth,
  };
};

const readGeo = (parent: XmlElement): GeoLocation | undefined => {
  const geo = childOf(parent, 'GeoLocation');
  if (geo === undefined) return undefined;
  refuseUnknown(geo, ['ContinentCode', 'CountryCode', 'SubdivisionCode']);
  return present({
    continentCode: textOf(geo, 'ContinentCode'),
    countryCode: textOf(geo, 'CountryCode'),
    subdivisionCode: textOf(geo, 'SubdivisionCode'),
  });
};

const readProximity = (parent: XmlElement): GeoProximityLocation | undefined => {
  const geo = childOf(parent, 'GeoProximityLocation');
  if (geo === undefined) return undefined;
  refuseUnknown(geo, ['AWSRegion', 'LocalZoneGroup', 'Coordinates', 'Bias']);
  const at = childOf(geo, 'Coordinates');
  return present({
    awsRegion: textOf(geo, 'AWSRegion'),
    localZoneGroup: textOf(geo, 'LocalZoneGroup'),
    coordinates:
      at === undefined
        ? undefined
        : { latitude: requiredText(at, 'Latitude'), longitude: requiredText(at, 'Longitude') },
    bias: integerOf(geo, 'Bias'),
  });
};

const readCidr = (parent: XmlElement): RecordSet['cidrRoutingConfig'] => {
  const cidr = childOf(parent, 'CidrRoutingConfig');
  return cidr === undefined
    ? undefined
    : { collectionId: requiredText(cidr, 'CollectionId'), locationName: requiredText(cidr, 'LocationName') };
};

/** A `<ResourceRecordSet>` as it was sent. Only its form is judged here. */
export const readRecordSet = (element: XmlElement): RecordSet => {
  refuseUnknown(element, FIELDS);
  return {
    name: normaliseName(requiredText(element, 'Name')),
    type: requiredText(element, 'Type'),
    ...present({
      setIdentifier: textOf(element, 'SetIdentifier'),
      weight: integerOf(element, 'Weight'),
      region: textOf(element, 'Region'),
      geoLocation: readGeo(element),
      failover: textOf(element, 'Failover'),
      multiValueAnswer: booleanOf(element, 'MultiValueAnswer'),
      ttlSeconds: integerOf(element, 'TTL'),
      values: readValues(element),
      aliasTarget: readAlias(element),
      healthCheckId: textOf(element, 'HealthCheckId'),
      trafficPolicyInstanceId: textOf(element, 'TrafficPolicyInstanceId'),
      cidrRoutingConfig: readCidr(element),
      geoProximityLocation: readProximity(element),
    }),
  };
};

const writeGeo = (geo: GeoLocation | undefined): string =>
  geo === undefined
    ? ''
    : branch(
        'GeoLocation',
        leaf('ContinentCode', geo.continentCode),
        leaf('CountryCode', geo.countryCode),
        leaf('SubdivisionCode', geo.subdivisionCode),
      );

const writeAlias = (alias: AliasTarget | undefined): string =>
  alias === undefined
    ? ''
    : branch(
        'AliasTarget',
        leaf('HostedZoneId', alias.hostedZoneId),
        leaf('DNSName', alias.dnsName),
        leaf('EvaluateTargetHealth', alias.evaluateTargetHealth),
      );

const writeCidr = (cidr: RecordSet['cidrRoutingConfig']): string =>
  cidr === undefined
    ? ''
    : branch('CidrRoutingConfig', leaf('CollectionId', cidr.collectionId), leaf('LocationName', cidr.locationName));

const writeProximity = (geo: GeoProximityLocation | undefined): string => {
  if (geo === undefined) return '';
  const at = geo.coordinates;
  const coordinates =
    at === undefined ? '' : branch('Coordinates', leaf('Latitude', at.latitude), leaf('Longitude', at.longitude));
  return branch(
    'GeoProximityLocation',
    leaf('AWSRegion', geo.awsRegion),
    leaf('LocalZoneGroup', geo.localZoneGroup),
    coordinates,
    leaf('Bias', geo.bias),
  );
};

const writeValues = (values: readonly string[] | undefined): string =>
  values === undefined
    ? ''
    : branch('ResourceRecords', ...values.map((value) => branch('ResourceRecord', leaf('Value', value))));

export const writeRecordSet = (set: RecordSet): string =>
  branch(
    'ResourceRecordSet',
    leaf('Name', set.name),
    leaf('Type', set.type),
    leaf('SetIdentifier', set.setIdentifier),
    leaf('Weight', set.weight),
    leaf('Region', set.region),
    writeGeo(set.geoLocation),
    leaf('Failover', set.failover),
    leaf('MultiValueAnswer', set.multiValueAnswer),
    leaf('TTL', set.ttlSeconds),
    writeValues(set.values),
    writeAlias(set.aliasTarget),
    leaf('HealthCheckId', set.healthCheckId),
    leaf('TrafficPolicyInstanceId', set.trafficPolicyInstanceId),
    writeCidr(set.cidrRoutingConfig),
    writeProximity(set.geoProximityLocation),
  );
