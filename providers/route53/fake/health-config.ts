import { booleanOf, integerOf } from './record-xml.ts';
import { present } from './records.ts';
import { invalidInput } from './refusal.ts';
import { branch, childOf, childrenOf, leaf, requiredText, textOf, type XmlElement } from './xml.ts';

export type HealthCheckConfig = {
  readonly type: string;
  readonly ipAddress?: string;
  readonly port?: number;
  readonly resourcePath?: string;
  readonly fullyQualifiedDomainName?: string;
  readonly searchString?: string;
  readonly requestIntervalSeconds?: number;
  readonly failureThreshold?: number;
  readonly measureLatency?: boolean;
  readonly inverted?: boolean;
  readonly disabled?: boolean;
  readonly healthThreshold?: number;
  readonly childHealthChecks?: readonly string[];
  readonly enableSni?: boolean;
  readonly regions?: readonly string[];
  readonly alarm?: { readonly region: string; readonly name: string };
  readonly insufficientDataHealthStatus?: string;
  readonly routingControlArn?: string;
};

export type HealthCheck = {
  readonly id: string;
  readonly accountId: string;
  readonly callerReference: string;
  readonly createdAt: number;
  config: HealthCheckConfig;
  /** Starts at 1, one more with every update. */
  version: number;
  /** What was measured last, before disabling and inversion. A new check is healthy until there is data. */
  measured: boolean;
  /** Set by a test world: what is measured whatever the endpoint says. */
  forced: boolean | undefined;
};

const listOf = (parent: XmlElement, name: string, item: string): readonly string[] | undefined => {
  const list = childOf(parent, name);
  return list === undefined ? undefined : childrenOf(list, item).map((child) => child.text);
};

/** The settings an element carries: a whole config when a check is made, some of it when one is updated. */
export const readSettings = (element: XmlElement): Partial<HealthCheckConfig> => {
  const alarm = childOf(element, 'AlarmIdentifier');
  return present({
    ipAddress: textOf(element, 'IPAddress'),
    port: integerOf(element, 'Port'),
    resourcePath: textOf(element, 'ResourcePath'),
    fullyQualifiedDomainName: textOf(element, 'FullyQualifiedDomainName'),
    searchString: textOf(element, 'SearchString'),
    requestIntervalSeconds: integerOf(element, 'RequestInterval'),
    failureThreshold: integerOf(element, 'FailureThreshold'),
    measureLatency: booleanOf(element, 'MeasureLatency'),
    inverted: booleanOf(element, 'Inverted'),
    disabled: booleanOf(element, 'Disabled'),
    healthThreshold: integerOf(element, 'HealthThreshold'),
    childHealthChecks: listOf(element, 'ChildHealthChecks', 'ChildHealthCheck'),
    enableSni: booleanOf(element, 'EnableSNI'),
    regions: listOf(element, 'Regions', 'Region'),
    alarm: alarm && { region: requiredText(alarm, 'Region'), name: requiredText(alarm, 'Name') },
    insufficientDataHealthStatus: textOf(element, 'InsufficientDataHealthStatus'),
    routingControlArn: textOf(element, 'RoutingControlArn'),
  });
};

const ENDPOINT_TYPES = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'];
const TYPES = [...ENDPOINT_TYPES, 'CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL'];

export const watchesEndpoint = (config: HealthCheckConfig): boolean => ENDPOINT_TYPES.includes(config.type);

const within = (what: string, value: number | undefined, low: number, high: number): readonly string[] =>
  value === undefined || (value >= low && value <= high) ? [] : [`${what} must be between ${low} and ${high}`];

const needs = (what: string, isThere: boolean): readonly string[] => (isThere ? [] : [`${what} is required`]);

const typeProblems = (config: HealthCheckConfig): readonly string[] => {
  switch (config.type) {
    case 'CALCULATED':
      return [
        ...needs('ChildHealthChecks', config.childHealthChecks !== undefined),
        ...needs('HealthThreshold', config.healthThreshold !== undefined),
      ];
    case 'CLOUDWATCH_METRIC':
      return needs('AlarmIdentifier', config.alarm !== undefined);
    case 'RECOVERY_CONTROL':
      return needs('RoutingControlArn', config.routingControlArn !== undefined);
    default:
      return [
        ...needs(
          'IPAddress or FullyQualifiedDomainName',
          (config.ipAddress ?? config.fullyQualifiedDomainName) !== undefined,
        ),
        ...needs('SearchString', !config.type.endsWith('_STR_MATCH') || config.searchString !== undefined),
        ...needs('Port', config.type !== 'TCP' || config.port !== undefined),
      ];
  }
};

/** Refuses a config that the service would refuse (API model of 2013-04-01; the texts are ours). */
export const refuseBadConfig = (config: HealthCheckConfig, hasCheck: (id: string) => boolean): void => {
  if (!TYPES.includes(config.type)) throw invalidInput(`1 validation error detected: unknown type '${config.type}'`);
  const status = config.insufficientDataHealthStatus;
  const problems = [
    ...within('Port', config.port, 1, 65_535),
    ...within('FailureThreshold', config.failureThreshold, 1, 10),
    ...within('HealthThreshold', config.healthThreshold, 0, 256),
    ...needs('RequestInterval 10 or 30', [undefined, 10, 30].includes(config.requestIntervalSeconds)),
    ...needs('At most 255 children', (config.childHealthChecks?.length ?? 0) <= 255),
    ...needs('Every child health check', (config.childHealthChecks ?? []).every(hasCheck)),
    ...needs(
      'Healthy, Unhealthy or LastKnownStatus',
      [undefined, 'Healthy', 'Unhealthy', 'LastKnownStatus'].includes(status),
    ),
    ...typeProblems(config),
  ];
  if (problems.length > 0) throw invalidInput(`Invalid health check: [${problems.join(', ')}]`);
};

const writeList = (name: string, item: string, values: readonly string[] | undefined): string =>
  values === undefined ? '' : branch(name, ...values.map((value) => leaf(item, value)));

export const writeHealthCheck = (check: HealthCheck): string => {
  const { config } = check;
  const { alarm } = config;
  return branch(
    'HealthCheck',
    leaf('Id', check.id),
    leaf('CallerReference', check.callerReference),
    branch(
      'HealthCheckConfig',
      leaf('IPAddress', config.ipAddress),
      leaf('Port', config.port),
      leaf('Type', config.type),
      leaf('ResourcePath', config.resourcePath),
      leaf('FullyQualifiedDomainName', config.fullyQualifiedDomainName),
      leaf('SearchString', config.searchString),
      leaf('RequestInterval', config.requestIntervalSeconds),
      leaf('FailureThreshold', config.failureThreshold),
      leaf('MeasureLatency', config.measureLatency),
      leaf('Inverted', config.inverted),
      leaf('Disabled', config.disabled),
      leaf('HealthThreshold', config.healthThreshold),
      writeList('ChildHealthChecks', 'ChildHealthCheck', config.childHealthChecks),
      leaf('EnableSNI', config.enableSni),
      writeList('Regions', 'Region', config.regions),
      alarm === undefined ? '' : branch('AlarmIdentifier', leaf('Region', alarm.region), leaf('Name', alarm.name)),
      leaf('InsufficientDataHealthStatus', config.insufficientDataHealthStatus),
      leaf('RoutingControlArn', config.routingControlArn),
    ),
    leaf('HealthCheckVersion', check.version),
  );
};
