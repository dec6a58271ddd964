import { unprovenCapabilities } from '../../providers/registry.ts';
import type { GlobalOptions } from '../cli/context.ts';
import type { Config } from '../domain/config.ts';
import type { ProviderId } from '../domain/ids.ts';
import { recordOf } from '../domain/records.ts';
import type { SteeringCapabilities } from '../domain/steering.ts';
import { MemoryDisk } from '../store/memory/memory-disk.ts';
import { openMemoryStore } from '../store/memory/memory-store.ts';
import { openStore } from '../store/sqlite/open-store.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { sha256 } from '../system/hash.ts';
import { type Located, locate } from './config-file.ts';
import { cannotOpen, type Desk, deskOver } from './desk.ts';
import { patient } from './health-check-turns.ts';
import { liveMount, type Mount } from './mount.ts';

/** Shown beside the markers of zones where no store is made yet. */
const NO_STORE = 'none-yet';

const storeOrNone = ({ storePath, storeRegion }: Located, { clock }: Mount): Store => {
  const deps = { clock, hash: sha256 };
  try {
    return openStore(storePath, deps);
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== 'missing') throw error;
    return openMemoryStore(new MemoryDisk({ storeId: NO_STORE, region: storeRegion, madeAt: clock.now() }), deps);
  }
};

/** The desk over the store that the config names or, where none is made yet, over an empty one that is gone afterwards. */
export const openToLook = async (options: GlobalOptions, mount: Mount = liveMount()): Promise<Desk> => {
  const located = await locate(options);
  try {
    const desk = await deskOver(storeOrNone(located, mount), located, mount);
    return { ...desk, deps: { ...desk.deps, gather: patient(desk.deps.gather, mount.clock) } };
  } catch (error) {
    throw cannotOpen(error);
  }
};

/** What each account of a config can do before anything was proven on it. */
export const capabilitiesOf = async ({
  providers,
}: Config): Promise<Readonly<Record<ProviderId, SteeringCapabilities>>> => {
  const known = await Promise.all(
    providers.map(async (config) => ({ provider: config.provider, capabilities: await unprovenCapabilities(config) })),
  );
  return recordOf(
    known.flatMap(({ provider, capabilities }) => (capabilities === null ? [] : [[provider, capabilities] as const])),
  );
};
