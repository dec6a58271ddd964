import {
  CreateHealthCheckCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ResourceRecordSet,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { ProvenOnAccount } from '../../../providers/proven.ts';
import { openProvider } from '../../../providers/registry.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { canonicalText, type Json } from '../../../src/domain/canonical.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import type { EditableField, SteeringWorld } from '../../contracts/steering/world.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { accountAt, makeZone, put } from './account.ts';
import { faultyLine } from './faulty-sdk.ts';

const MEMBERS = ['east', 'west', 'spare'];
const addressOf = (member: string): string => `192.0.2.${MEMBERS.indexOf(member) + 10}`;
const targetOf = (member: string): string => `lb-${member}.example.com.`;

const plain = (name: string, member: string, weight: number, healthCheckId?: string): ResourceRecordSet => ({
  Name: name,
  Type: 'A',
  SetIdentifier: member,
  Weight: weight,
  TTL: 60,
  ResourceRecords: [{ Value: addressOf(member) }],
  ...(healthCheckId === undefined ? {} : { HealthCheckId: healthCheckId }),
});

const alias = (zone: string, name: string, member: string, weight: number): ResourceRecordSet => ({
  Name: name,
  Type: 'A',
  SetIdentifier: member,
  Weight: weight,
  AliasTarget: { HostedZoneId: zone, DNSName: targetOf(member), EvaluateTargetHealth: true },
});

const simple = (member: string): ResourceRecordSet => ({
  Name: targetOf(member),
  Type: 'A',
  TTL: 300,
  ResourceRecords: [{ Value: addressOf(member) }],
});

let checksMade = 0;

const makeCheck = async (console: Route53Client, member: string): Promise<string> => {
  checksMade += 1;
  const { HealthCheck } = await console.send(
    new CreateHealthCheckCommand({
      CallerReference: `check-${checksMade}-${process.pid}`,
      HealthCheckConfig: { Type: 'TCP', IPAddress: addressOf(member), Port: 443 },
    }),
  );
  if (HealthCheck?.Id === undefined) throw new Error('no health check was made');
  return HealthCheck.Id;
};

const setOf = async (console: Route53Client, { zone, name, type }: SetRef): Promise<readonly ResourceRecordSet[]> => {
  const page = await console.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: zone, StartRecordName: name, MaxItems: 300 }),
  );
  return (page.ResourceRecordSets ?? []).filter(({ Name, Type }) => Name === name && Type === type);
};

const heldBy = async (console: Route53Client, ref: SetRef, member: string): Promise<ResourceRecordSet> => {
  const record = (await setOf(console, ref)).find(({ SetIdentifier }) => SetIdentifier === member);
  if (record === undefined) throw new Error(`${ref.name} has no member ${member}`);
  return record;
};

/** Zones as every world begins, written through the console. */
const makeZones = async (console: Route53Client, healthCheck: string) => {
  const [home, other] = [await makeZone(console, 'example.com'), await makeZone(console, 'example.net')];
  await put(console, home, [
    plain('www.example.com.', 'east', 100, healthCheck),
    plain('www.example.com.', 'west', 100, healthCheck),
    plain('www.example.com.', 'spare', 0),
    ...MEMBERS.map(simple),
    ...MEMBERS.map((member) => alias(home, 'api.example.com.', member, member === 'spare' ? 0 : 100)),
  ]);
  await put(console, other, [plain('far.example.net.', 'east', 10), plain('far.example.net.', 'west', 20)]);
  return { home, other };
};

/** Two zones of its own at the running server, steered by the real provider and the real SDK over sockets that break on demand. */
export const arrangeMinistack = async (
  url: string,
  console: Route53Client,
  proven: ProvenOnAccount,
): Promise<SteeringWorld> => {
  const checks = { first: await makeCheck(console, 'east'), second: await makeCheck(console, 'west') };
  const zones = await makeZones(console, checks.first);
  // steer's own: waiting for a token of the rate is all that it sleeps for here, and nobody else moves time on.
  const clock = new ManualClock();
  const began = clock.now();
  const line = faultyLine();
  const { steering } = await openProvider(
    accountAt(url),
    proven,
    providerDeps({
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      policy: barePolicy,
      transport: line.transport,
    }),
  );
  const edits: Readonly<Record<EditableField, Partial<ResourceRecordSet>>> = {
    weight: { Weight: 99 },
    ttl: { TTL: 300 },
    value: { ResourceRecords: [{ Value: '203.0.113.9' }] },
    healthCheck: { HealthCheckId: checks.second },
  };

  return {
    steering,
    zones,
    propagationMs: 1,
    advance: async (ms) => {
      // There a change is pending until somebody has looked at it once, however long that takes.
      for (const change of line.counts().changes) await console.send(new GetChangeCommand({ Id: change }));
      await clock.advance(ms);
    },
    foreigner: {
      edit: async (ref, member, field) =>
        put(console, ref.zone, [{ ...(await heldBy(console, ref, member)), ...edits[field] }]),
      remove: async (ref, member) => put(console, ref.zone, [await heldBy(console, ref, member)], 'DELETE'),
      add: (ref, member, weight) => put(console, ref.zone, [plain(ref.name, member, weight)]),
      fence: (zone, { store, epoch }) => {
        const Name = `_steer.${zone === zones.home ? 'example.com.' : 'example.net.'}`;
        const ResourceRecords = [{ Value: `"steer store=${store} epoch=${epoch}"` }];
        return put(console, zone, [{ Name, Type: 'TXT', TTL: 60, ResourceRecords }]);
      },
    },
    fail: line.fail,
    hung: line.hung,
    landedWrites: () => line.counts().changes.length,
    isAnswered: () => {
      throw new Error('this server has no name servers to ask');
    },
    unmanaged: async (ref): Promise<Json> => {
      const records = (await setOf(console, ref)).map(({ Weight: _, ...rest }) => canonicalText(rest));
      return records.toSorted();
    },
    paced: () => ({ requests: line.counts().requests, elapsedMs: clock.now() - began }),
  };
};
