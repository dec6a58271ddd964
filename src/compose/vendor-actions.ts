import type { CheckReport } from '../../providers/route53/check.ts';
import type { Config } from '../domain/config.ts';
import { providerId, type RegionId } from '../domain/ids.ts';
import { entriesOf } from '../domain/records.ts';
import type { Fence } from '../domain/steering.ts';
import { readRefs } from '../facts/read-sets.ts';
import type { ProviderVerdict } from '../operations/check-provider.ts';
import type { TakenOver } from '../operations/store-adopt.ts';
import type { StepCharge } from '../run/events.ts';
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

/** What every service serves now as a part of its home: the rest counts as removed at this moment. */
const chargesNow = (config: Config, read: Awaited<ReturnType<typeof readRefs>>): readonly StepCharge[] =>
  config.services.flatMap((service): StepCharge[] => {
    let servedNow = 0;
    for (const { ref, members, part } of service.sets) {
      const present = read.sets[ref.set]?.state.members.filter((member) => member.present) ?? [];
      const total = present.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
      for (const [region, home] of entriesOf<RegionId, number>(service.home)) {
        const weight = present.find(({ member }) => member === members[region])?.weight ?? 0;
        const share = total === 0 ? 0 : (weight / total) * 10_000;
        servedNow += (part / 10_000) * Math.min(home, share);
      }
    }
    const servedAfter = Math.min(1, servedNow / 10_000);
    return servedAfter >= 1 ? [] : [{ service: service.service, servedBefore: 1, servedAfter }];
  });

const LEASE_MS = 15_000;

/** Waits out any old lease, raises this store's epoch above every marker found, and writes the markers. */
export const takeOverZones = async (desk: Desk, world: World): Promise<TakenOver> => {
  const { product, mount } = desk;
  const { store } = product;
  const signal = AbortSignal.timeout(10 * 60_000);
  await mount.clock.sleep(LEASE_MS, signal);
  const refs = world.config.services.flatMap(({ sets }) => sets.map(({ ref }) => ref));
  const read = await readRefs(refs, { steerings: world.steerings, now: () => mount.clock.now() }, signal);
  if (read.missing.length > 0) throw new Error(`nothing was taken over: ${read.missing.join('; ')}`);
  const own = store.identity.storeId;
  const foreign = Object.entries(read.fences).flatMap(([zone, fence]) =>
    fence === null || fence.store === own ? [] : [{ zone, fence }],
  );
  const highest = Math.max(0, ...foreign.map(({ fence }) => fence.epoch));
  const holder = `adopt:${own}`;
  let held = await store.lease.acquire(holder, LEASE_MS);
  while (held !== null && held.epoch <= highest) {
    await store.lease.release(held);
    held = await store.lease.acquire(holder, LEASE_MS);
  }
  if (held === null) throw new Error('another process holds the lease of this store; end "steer serve" first');
  const fences: Record<string, Fence> = {};
  for (const { zone, fence } of foreign) {
    const provider = refs.find((ref) => ref.zone === zone)?.provider;
    const steering = provider === undefined ? undefined : world.steerings.get(provider);
    const leaves = { store: own, epoch: held.epoch };
    await steering?.replace(
      { zone, changes: [], fence: { expects: fence, leaves }, comment: `steer store adopt ${own}` },
      signal,
    );
    fences[zone] = leaves;
  }
  const epoch = held.epoch;
  return {
    from: [...new Set(foreign.map(({ fence }) => fence.store))],
    fences,
    epoch,
    charges: chargesNow(world.config, read),
  };
};
