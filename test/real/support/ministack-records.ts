import {
  CreateHealthCheckCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { recordsCapabilitiesOf } from '../../../providers/route53/capabilities.ts';
import { vendorName } from '../../../providers/route53/escapes.ts';
import { comparableName } from '../../../providers/route53/names.ts';
import type { RecordKey } from '../../../src/domain/record-sets.ts';
import { systemClock } from '../../../src/system/clock.ts';
import type { RecordsTraits, RecordsWorld } from '../../contracts/records/world.ts';
import { accountAt, consoleAt, keysOf, makeZone, openAccount, put } from './account.ts';

const PROVEN = { conditionalWrite: true, fence: 'native', zeroOnAlias: false } as const;

/** Enough to see every profile; the other types are tried against the fake, and one by one as basic sets here. */
const ROUTED = ['A', 'CNAME', 'TXT'];

const CAPABILITIES = recordsCapabilitiesOf(PROVEN);

/** The server of others has no places to list, no faults on demand, and one account for every key of twelve digits. */
export const MINISTACK_RECORDS: RecordsTraits = {
  vendor: 'route53',
  variant: 'ministack',
  ground: 'emulator',
  capabilities: {
    ...CAPABILITIES,
    weighted: CAPABILITIES.weighted === null ? null : { ...CAPABILITIES.weighted, types: ROUTED },
    geo: { types: ROUTED, access: 'read-write', places: 'one' },
    failover: ROUTED,
  },
  geo: {
    before: [{ continent: ['EU'] }, { country: ['US'] }],
    after: [{ subdivision: ['US-CA'] }, { continent: ['EU'] }],
  },
  unlistedPlaces: true,
  unmodelled: true,
  others: true,
  pages: { zones: null, sets: 300 },
  propagation: 'reported',
  faults: [],
  rotates: [],
};

let accounts = 0;

/** An account of its own at the running server, with both zones, opened as production does. */
export const arrangeMinistackRecords = async (url: string): Promise<RecordsWorld> => {
  accounts += 1;
  const accountId = String(200_000_000_000 + accounts);
  const console = consoleAt(url, keysOf(accountId));
  const [home, other] = [await makeZone(console, 'example.com'), await makeZone(console, 'example.net')];
  const { HealthCheck } = await console.send(
    new CreateHealthCheckCommand({
      CallerReference: `check-${accountId}`,
      HealthCheckConfig: { Type: 'TCP', IPAddress: '192.0.2.1', Port: 443 },
    }),
  );
  const healthCheckId = HealthCheck?.Id ?? '';
  const { records, calls } = await openAccount(accountAt(url, { credentials: { kind: 'sandbox', accountId } }), PROVEN);
  if (records === null) throw new Error('Route 53 has records');

  const heldBy = async (zone: string, { name, type, qualifier }: RecordKey): Promise<ResourceRecordSet> => {
    const page = await console.send(
      new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: vendorName(name), MaxItems: 300 }),
    );
    const set = (page.ResourceRecordSets ?? []).find(
      (candidate) =>
        comparableName(candidate.Name ?? '') === comparableName(name) &&
        candidate.Type === type &&
        (candidate.SetIdentifier ?? null) === qualifier,
    );
    if (set === undefined) throw new Error(`there is no ${name} ${type}`);
    return set;
  };

  return {
    records,
    zones: { home, other, absent: 'ZNOSUCHZONE' },
    propagationMs: 0,
    advance: (ms) => systemClock.sleep(ms, new AbortController().signal),
    primaryKept: { healthCheckId },
    foreigner: {
      mark: async (zone, key) => put(console, zone, [{ ...(await heldBy(zone, key)), HealthCheckId: healthCheckId }]),
      other: async (zone) => {
        const near: ResourceRecordSet = {
          Name: 'near.example.com.',
          Type: 'A',
          SetIdentifier: 'east',
          Region: 'us-east-1',
          TTL: 60,
          ResourceRecords: [{ Value: '192.0.2.1' }],
        };
        await put(console, zone, [near]);
        return { name: 'near.example.com.', type: 'A', qualifier: 'east' };
      },
      zones: async () => {},
    },
    beside: async (zone, key) => ({ healthCheckId: (await heldBy(zone, key)).HealthCheckId ?? null }),
    aliases: async () => [
      { target: 'lb-1.elb.example.org.', zone: 'Z00000000LB1' },
      { target: 'lb-2.elb.example.org.', zone: 'Z00000000LB2' },
    ],
    fail: () => {},
    hung: async () => {},
    landedWrites: () =>
      calls.filter(({ action, outcome }) => action === 'ChangeResourceRecordSets' && outcome === 'ok').length,
    rotate: async () => {},
  };
};
