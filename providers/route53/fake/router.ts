import type { Operation } from './call.ts';
import { listGeoLocations } from './geo-api.ts';
import * as health from './health-api.ts';
import * as records from './records-api.ts';
import * as zones from './zones-api.ts';

const ID = '([^/]+)';

/** Method, path below `/2013-04-01` and operation, as the API model has them. */
const ROUTES: readonly (readonly [string, string, string, Operation])[] = [
  ['POST', '/hostedzone', 'CreateHostedZone', zones.createHostedZone],
  ['GET', '/hostedzone', 'ListHostedZones', zones.listHostedZones],
  ['GET', '/hostedzonesbyname', 'ListHostedZonesByName', zones.listHostedZonesByName],
  ['GET', `/hostedzone/${ID}`, 'GetHostedZone', zones.getHostedZone],
  ['DELETE', `/hostedzone/${ID}`, 'DeleteHostedZone', zones.deleteHostedZone],
  ['POST', `/hostedzone/${ID}/rrset`, 'ChangeResourceRecordSets', records.changeResourceRecordSets],
  ['GET', `/hostedzone/${ID}/rrset`, 'ListResourceRecordSets', records.listResourceRecordSets],
  ['GET', `/change/${ID}`, 'GetChange', records.getChange],
  ['GET', '/testdnsanswer', 'TestDNSAnswer', records.testDnsAnswer],
  ['POST', '/healthcheck', 'CreateHealthCheck', health.createHealthCheck],
  ['GET', '/healthcheck', 'ListHealthChecks', health.listHealthChecks],
  ['GET', `/healthcheck/${ID}`, 'GetHealthCheck', health.getHealthCheck],
  ['POST', `/healthcheck/${ID}`, 'UpdateHealthCheck', health.updateHealthCheck],
  ['DELETE', `/healthcheck/${ID}`, 'DeleteHealthCheck', health.deleteHealthCheck],
  ['GET', `/healthcheck/${ID}/status`, 'GetHealthCheckStatus', health.getHealthCheckStatus],
  [
    'GET',
    `/healthcheck/${ID}/lastfailurereason`,
    'GetHealthCheckLastFailureReason',
    health.getHealthCheckLastFailureReason,
  ],
  ['GET', '/geolocations', 'ListGeoLocations', listGeoLocations],
  ['GET', `/accountlimit/${ID}`, 'GetAccountLimit', zones.getAccountLimit],
  ['GET', `/hostedzonelimit/${ID}/${ID}`, 'GetHostedZoneLimit', zones.getHostedZoneLimit],
];

const TABLE = ROUTES.map(([method, path, name, run]) => ({
  method,
  pattern: new RegExp(`^/2013-04-01${path}/?$`),
  name,
  run,
}));

export type Route = { readonly name: string; readonly run: Operation; readonly parameters: readonly string[] };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export const routeOf = (method: string, path: string): Route | undefined => {
  for (const route of TABLE) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match !== null) return { name: route.name, run: route.run, parameters: match.slice(1).map(decoded) };
  }
  return undefined;
};
