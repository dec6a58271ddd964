import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { type AwsCredentials, timedTransport } from '../../../providers/aws-credentials.ts';
import type { VendorCall } from '../../../providers/calls.ts';
import { socketExchange, socketTransfer } from '../../../providers/dns-exchange.ts';
import { fetchTransport } from '../../../providers/http.ts';
import type { ProvenOnAccount } from '../../../providers/proven.ts';
import { openProvider } from '../../../providers/registry.ts';
import { guardedPolicy } from '../../../providers/resilience.ts';
import { plainZoneId } from '../../../providers/route53/names.ts';
import type { OpenedProvider } from '../../../providers/vendor.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import { providerId } from '../../../src/domain/ids.ts';
import { systemClock } from '../../../src/system/clock.ts';

export const ACCOUNT = '111122223333';

export const accountAt = (url: string, overrides: Partial<ProviderConfig> = {}): ProviderConfig => ({
  provider: providerId('dns-1'),
  vendor: 'route53',
  credentials: { kind: 'sandbox', accountId: ACCOUNT },
  assumeRole: null,
  endpoint: url,
  stsRegion: 'us-west-2',
  requestScheme: 'new',
  cloudwatchEndpoint: url,
  expectedPropagationMs: null,
  nameServers: [],
  ...overrides,
});

export interface Account extends OpenedProvider {
  readonly check: NonNullable<OpenedProvider['check']>;
  readonly calls: readonly VendorCall[];
}

/** The product's own way in: real sockets, real clock, the policy of production. */
export const openAccount = async (config: ProviderConfig, proven: ProvenOnAccount | null = null): Promise<Account> => {
  const calls: VendorCall[] = [];
  const opened = await openProvider(config, proven, {
    clock: systemClock,
    policy: guardedPolicy(),
    observe: (call) => void calls.push(call),
    environment: {},
    transport: null,
    http: fetchTransport,
    dns: socketExchange,
    dnsTransfer: socketTransfer,
    secret: async () => null,
    memory: null,
  });
  const { check } = opened;
  if (check === null) throw new Error('this account has nothing to check');
  return { ...opened, check, calls };
};

/** A key of twelve digits is its account to the emulators. */
export const keysOf = (account: string): AwsCredentials => ({ accessKeyId: account, secretAccessKey: 'sandbox' });

/** A person at the vendor's console: the SDK alone, nothing of steer between. */
export const consoleAt = (url: string, credentials: AwsCredentials = keysOf(ACCOUNT)): Route53Client =>
  new Route53Client({
    region: 'us-east-1',
    endpoint: url,
    credentials,
    requestHandler: timedTransport(),
    maxAttempts: 1,
  });

let zonesMade = 0;

export const makeZone = async (client: Route53Client, name: string): Promise<string> => {
  zonesMade += 1;
  const answer = await client.send(
    new CreateHostedZoneCommand({ Name: name, CallerReference: `zone-${zonesMade}-${process.pid}` }),
  );
  if (answer.HostedZone?.Id === undefined) throw new Error(`no zone ${name} was made`);
  return plainZoneId(answer.HostedZone.Id);
};

export const put = async (
  client: Route53Client,
  zone: string,
  records: readonly ResourceRecordSet[],
  action: 'UPSERT' | 'DELETE' = 'UPSERT',
): Promise<void> => {
  await client.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone,
      ChangeBatch: { Changes: records.map((record) => ({ Action: action, ResourceRecordSet: record })) },
    }),
  );
};

export const weighted = (
  name: string,
  member: string,
  weight: number,
  overrides: Partial<ResourceRecordSet> = {},
): ResourceRecordSet => ({
  Name: name,
  Type: 'A',
  SetIdentifier: member,
  Weight: weight,
  TTL: 60,
  ResourceRecords: [{ Value: member === 'east' ? '192.0.2.1' : '192.0.2.2' }],
  ...overrides,
});
