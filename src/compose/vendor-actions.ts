import type { CheckFinding } from '../../providers/check-report.ts';
import { providerId } from '../domain/ids.ts';
import { type Taken, takeOver } from '../executor/take-over.ts';
import type { ProviderVerdict } from '../operations/check-provider.ts';
import { answersAt } from './answers.ts';
import type { Desk } from './desk.ts';
import type { Mount } from './mount.ts';
import type { World } from './world.ts';

const findingText = ({ code, ok, saw }: CheckFinding): string =>
  `${ok === null ? 'OPEN' : ok ? 'ok  ' : 'FAIL'} ${code}: ${saw}`;

/** Twice the longest wait for a change to reach the name servers, and the calls. */
const CHECK_MS = 12 * 60_000;

/** Runs the self-test of each account on a zone that it steers anyway. */
export const checkAccounts = async (
  world: World,
  mount: Mount,
  only: string | null,
): Promise<readonly ProviderVerdict[]> => {
  const verdicts: ProviderVerdict[] = [];
  for (const config of world.config.providers) {
    const { provider } = config;
    const opened = world.providers.get(provider);
    if (opened === undefined || (only !== null && provider !== providerId(only))) continue;
    const { check } = opened;
    if (check === null) continue;
    const zone = world.config.services.flatMap(({ sets }) => sets).find(({ ref }) => ref.provider === provider)
      ?.ref.zone;
    if (zone === undefined) continue;
    const options = { zone, healthCheck: null, ask: answersAt(config, mount) };
    const report = await mount.inFlight('provider check', () => check(options, AbortSignal.timeout(CHECK_MS)));
    const { conditionalWrite, zeroOnAlias } = report;
    const findings = report.findings.map(findingText);
    verdicts.push({ provider, conditionalWrite, zeroOnAlias: zeroOnAlias === 'proven', findings });
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
