import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { initStore } from '../../src/store/sqlite/init-store.ts';
import { openStore } from '../../src/store/sqlite/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { ManualClock, MONDAY_MORNING } from './manual-clock.ts';
import { scratchDirectory } from './scratch-directory.ts';

/** One store and the clock that stamps its events; `open` gives a further process its own handle on the same store. */
export interface ArrangedStore {
  readonly clock: ManualClock;
  readonly open: () => Store;
}

export const memoryStore = (clock = new ManualClock()): ArrangedStore => {
  const disk = new MemoryDisk({ storeId: 'store_test', region: 'us-east-1', madeAt: MONDAY_MORNING });
  return { clock, open: () => openMemoryStore(disk, { clock, hash: sha256 }) };
};

export const sqliteStore = (clock = new ManualClock()): ArrangedStore & { readonly path: string } => {
  const path = join(scratchDirectory(), 'steer.db');
  const deps = { clock, hash: sha256 };
  initStore(path, { storeId: 'store_test', region: 'us-east-1' }, deps).close();
  const open = (): Store => {
    const store = openStore(path, deps);
    onTestFinished(() => store.close());
    return store;
  };
  return { clock, open, path };
};
