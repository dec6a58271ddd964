import type { Store, StoreDeps } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { MemoryArchive } from './memory-archive.ts';
import type { MemoryDisk, MemoryParts } from './memory-disk.ts';
import { MemoryJournal } from './memory-journal.ts';
import { MemoryLease } from './memory-lease.ts';

/** Opens a disk in memory for one process, which may have a clock of its own. Same contract as SQLite's. */
export const openMemoryStore = (disk: MemoryDisk, deps: StoreDeps): Store => {
  let isOpen = true;
  const checkOpen = (): void => {
    if (!isOpen) throw new StoreError('closed', 'the store in memory has been closed');
  };
  const parts: MemoryParts = { ...deps, disk, checkOpen };
  return {
    identity: disk.identity,
    journal: new MemoryJournal(parts),
    lease: new MemoryLease(parts),
    archive: new MemoryArchive(parts),
    close: () => {
      isOpen = false;
      disk.bell.ring();
    },
  };
};
