import { CreateHealthCheckCommand, Route53Client } from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { checkAccount } from '../../../providers/route53/check.ts';
import { createInProcessHandler } from '../../../src/sandbox/in-process-handler.ts';
import { kindOf, never } from '../../contracts/steering/world.ts';
import { arrangeCheck as arrange, leftovers } from './check-world.ts';
import { ACCOUNT, apiOverFake, type FakeWorld } from './wire.ts';

/** What the questions about conditional writes ask for; those about aliases have a file of their own. */
const silent = { healthCheck: null, ask: null } as const;

const checkIdIn = async ({ fake }: Pick<FakeWorld, 'fake'>): Promise<string> => {
  const client = new Route53Client({
    region: 'us-east-1',
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sandbox' },
    requestHandler: createInProcessHandler(fake.handle),
  });
  const { HealthCheck } = await client.send(
    new CreateHealthCheckCommand({
      CallerReference: 'canary',
      HealthCheckConfig: { Type: 'TCP', IPAddress: '192.0.2.1', Port: 443 },
    }),
  );
  return HealthCheck?.Id ?? expect.fail('no health check was made');
};

describe('provider check', () => {
  it('calls an account native that refuses every stale value, and leaves nothing behind', async () => {
    const world = arrange();
    const healthCheck = await checkIdIn(world);

    const report = await checkAccount(world, { zone: world.zone, healthCheck, ask: null }, never());

    expect(report).toMatchObject({ zone: world.zone, conditionalWrite: 'native', fence: 'native' });
    expect(report.findings.map(({ code, ok }) => [code, ok])).toEqual([
      ['zone-owner', true],
      ['canary-created', true],
      ['positive-control', true],
      ['stale-marker', true],
      ['stale-weight', true],
      ['unchanged', true],
      ['stale-ttl', true],
      ['stale-health-check', true],
      ['alias-created', true],
      ['alias-control', null],
      ['alias-weight', true],
      ['alias-zero', null],
      ['cleaned', true],
    ]);
    expect(leftovers(world)).toEqual([]);
    expect(world.calls.length).toBeLessThanOrEqual(35);
  });

  it('rule 2: calls an account emulated that accepts a stale weight, says so, and goes on asking', async () => {
    const world = arrange({ deleteIgnoresWeight: true });

    const report = await checkAccount(world, { zone: world.zone, ...silent }, never());

    expect(report).toMatchObject({ conditionalWrite: 'emulated', fence: 'native' });
    expect(report.findings.filter(({ ok }) => ok === false).map(({ code }) => code)).toEqual(['stale-weight']);
    expect(report.findings.find(({ code }) => code === 'stale-weight')?.saw).toContain('ACCEPTED');
    expect(report.findings.find(({ code }) => code === 'stale-ttl')?.ok).toBe(true);
    expect(leftovers(world)).toEqual([]);
  });

  it('does not take a refusal for another reason for a pass: without a positive control nothing is proven', async () => {
    const world = arrange();

    const report = await checkAccount(world, { zone: world.zone, healthCheck: 'no-such-check', ask: null }, never());

    expect(report.conditionalWrite).toBe('emulated');
    expect(report.findings.map(({ code, ok }) => [code, ok])).toEqual([
      ['zone-owner', true],
      ['canary-created', false],
      ['alias-zero', null],
      ['cleaned', true],
    ]);
  });

  it('keeps its hands off a zone that belongs to another service', async () => {
    const world = apiOverFake();
    const linkedService = 'servicediscovery.amazonaws.com';
    const zone = world.fake.createZone({ accountId: ACCOUNT, name: 'map.test', linkedService });

    const report = await checkAccount(world, { zone, ...silent }, never());

    expect(report.conditionalWrite).toBe('emulated');
    expect(report.findings).toMatchObject([{ code: 'zone-owner', ok: false }]);
    expect(world.calls.map(({ action }) => action)).toEqual(['GetHostedZone']);
  });

  it('clears away what an interrupted check has left', async () => {
    const world = arrange();
    const name = '_steer-canary.example.com.';
    world.fake.foreignEdit(world.zone, (records) => {
      records.set(`${name}|A|c1`, {
        name,
        type: 'A',
        setIdentifier: 'c1',
        weight: 9,
        ttlSeconds: 60,
        values: ['192.0.2.1'],
      });
    });

    const report = await checkAccount(world, { zone: world.zone, ...silent }, never());

    expect(report.conditionalWrite).toBe('native');
    expect(leftovers(world)).toEqual([]);
  });

  it.each(['lost-response', 'unavailable-after'] as const)('cleans up when %s ends it half-way', async (kind) => {
    const world = arrange();
    world.fake.faults.add({ kind, operation: 'ChangeResourceRecordSets' });

    const met = await kindOf(checkAccount(world, { zone: world.zone, ...silent }, never()));

    expect(met).toBe('unknown-outcome');
    expect(leftovers(world)).toEqual([]);
  });

  it('cleans up when it is aborted', async () => {
    const world = arrange();
    const abort = new AbortController();
    world.fake.faults.add({ kind: 'hang-after', operation: 'ChangeResourceRecordSets' });

    const pending = kindOf(checkAccount(world, { zone: world.zone, ...silent }, abort.signal));
    await expect.poll(() => leftovers(world).length).toBe(2);
    abort.abort();

    expect(await pending).toBe('unknown-outcome');
    expect(leftovers(world)).toEqual([]);
  });
});
