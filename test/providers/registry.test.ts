import { describe, expect, it } from 'vitest';
import { memorySteering } from '../../providers/memory/steering.ts';
import { MemoryVendor } from '../../providers/memory/vendor.ts';
import { openProvider, openSteering } from '../../providers/registry.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import { SANDBOX_CONFIG } from '../contracts/steering/route53-world.ts';
import { never } from '../contracts/steering/world.ts';
import { providerDeps } from '../support/provider-deps.ts';
import { ACCOUNT, apiOverFake } from './route53/wire.ts';

const PROVEN = { conditionalWrite: true, fence: 'native', zeroOnAlias: false } as const;

describe('opening a provider', () => {
  it('rule 2: counts Route 53 as emulated until it is told what provider check has seen', async () => {
    const unproven = await openSteering(SANDBOX_CONFIG, null, providerDeps());
    const proven = await openSteering(SANDBOX_CONFIG, PROVEN, providerDeps());

    expect(unproven.capabilities.conditionalWrite).toBe('emulated');
    expect(proven.capabilities.conditionalWrite).toBe('native');
  });

  it('rule 3: counts the fence as waited where a stale marker was accepted', async () => {
    const steering = await openSteering(SANDBOX_CONFIG, { ...PROVEN, fence: 'waited' }, providerDeps());

    expect(steering.capabilities.fence).toBe('waited');
  });

  it('offers the check and the request budget of the account beside its steering', async () => {
    const { fake } = apiOverFake();
    const zone = fake.createZone({ accountId: ACCOUNT, name: 'example.com' });
    const transport = createInProcessHandler(fake.handle);

    const provider = await openProvider(SANDBOX_CONFIG, null, providerDeps({ transport }));
    const report = await provider.check?.({ zone, healthCheck: null, ask: null }, never());

    expect(report?.conditionalWrite).toBe('native');
    expect(provider.limiter?.parallel()).toBe(10);
  });

  it('gives the vendor in memory to those who bring one, and refuses it otherwise', async () => {
    const memory = new MemoryVendor({ now: () => 0, zones: ['home'], propagationMs: 0, reached: async () => {} });
    const config = { ...SANDBOX_CONFIG, vendor: 'memory' } as const;

    const opened = await openProvider(
      config,
      null,
      providerDeps({ memory: { steering: memorySteering(memory), records: null } }),
    );

    expect(opened.steering.capabilities.conditionalWrite).toBe('native');
    expect(opened.check).toBe(null);
    await expect(openProvider(config, null, providerDeps())).rejects.toMatchObject({ kind: 'rejected' });
  });
});
