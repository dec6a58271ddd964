import type { CheckReport } from '../../providers/route53/check.ts';
import { providerId } from '../domain/ids.ts';
import { type Taken, takeOver } from '../executor/take-over.ts';
import type { ProviderVerdict } from '../operations/check-provider.ts';
import type { Desk } from './desk.ts';
import type { World } from './world.ts';

const findingText = ({ code, ok, saw }: CheckReport['findings'][number]): string =>
  `${ok ? 'ok  ' : 'FAIL'} ${code}: ${saw}`;

/** Runs the self-test of each account on a zone that it steers anyway. */
export const checkAccounts = async (world: World, only: string | null): Promise<readonly ProviderVerdict[]> => {
  const verdicts: ProviderVerdict[] = [];
  for (const [provider, opened] of world.providers) {
    if (only !== null && provider !== providerId(only)) continue;
    const zone = world.config.services.flatMap(({ sets }) => sets).find(({ ref }) => ref.provider === provider)
      ?.ref.zone;
    if (zone === undefined) continue;
    const report = await opened.check({ zone, healthCheck: null }, AbortSignal.timeout(120_000));
    const findings = report.findings.map(findingText);
    verdicts.push({ provider, conditionalWrite: report.conditionalWrite, zeroOnAlias: false, findings });
  }
  return verdicts;
};

const LEASE_MS = 15_000;

/** Takes the zones of the config in force over from whatever store steers them. */
export const takeOverZones = (desk: Desk, world: World): Promise<Taken> =>
  takeOver(
    {
      store: desk.product.store.identity.storeId,
      lease: desk.product.store.lease,
      clock: desk.mount.clock,
      steerings: world.steerings,
      config: world.config,
      leaseMs: LEASE_MS,
    },
    AbortSignal.timeout(10 * 60_000),
  );
