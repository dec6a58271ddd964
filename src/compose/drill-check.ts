import { FLEET_STREAM } from '../run/events.ts';
import type { Product } from './product.ts';
import type { MountedSandbox } from './sandbox-mount.ts';
import { checkAccounts } from './vendor-actions.ts';

/** Proves what must be proven on the sandbox's account, as an operator would before the first run on a real one. */
export const checkProvider = async (product: Product, sandbox: MountedSandbox): Promise<void> => {
  const world = await product.world();
  const verdicts = world === null ? [] : await checkAccounts(world, sandbox.mount, null);
  const { fleetVersion } = await product.fleet();
  await product.store.journal.append({
    stream: FLEET_STREAM,
    expectedVersion: fleetVersion,
    events: verdicts.map((data) => ({ type: 'provider.checked', data })),
  });
};
