import { FLEET_STREAM } from '../run/events.ts';
import type { Product } from './product.ts';
import type { MountedSandbox } from './sandbox-mount.ts';

/** Proves the conditional write on the sandbox's account, as an operator would before the first run on a real one. */
export const checkProvider = async (product: Product, sandbox: MountedSandbox): Promise<void> => {
  const world = await product.world();
  const zone = Object.values(sandbox.local.zoneIds)[0] ?? '';
  for (const [provider, opened] of world?.providers ?? []) {
    const signal = new AbortController().signal;
    const report = await sandbox.mount.inFlight('provider check', () =>
      opened.check({ zone, healthCheck: null }, signal),
    );
    const { fleetVersion } = await product.fleet();
    await product.store.journal.append({
      stream: FLEET_STREAM,
      expectedVersion: fleetVersion,
      events: [
        {
          type: 'provider.checked',
          data: {
            provider,
            conditionalWrite: report.conditionalWrite,
            zeroOnAlias: false,
            findings: report.findings.map((finding) => JSON.stringify(finding)),
          },
        },
      ],
    });
  }
};
