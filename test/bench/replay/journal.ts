import { continueChain } from '../../../src/store/chain.ts';
import { MemoryDisk } from '../../../src/store/memory/memory-disk.ts';
import { keepAll } from '../../../src/store/memory/memory-journal.ts';
import { initStore } from '../../../src/store/sqlite/init-store.ts';
import { openDatabase } from '../../../src/store/sqlite/open-store.ts';
import { SqliteHeads } from '../../../src/store/sqlite/sqlite-heads.ts';
import { writing } from '../../../src/store/sqlite/transaction.ts';
import type { Store } from '../../../src/store/store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { ManualClock, MONDAY_MORNING } from '../../support/manual-clock.ts';
import { type Copy, type Executed, eventsOf } from './executed.ts';

const WHO = { storeId: 'store_bench', region: 'outside' } as const;
const PAGE = 2000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The same runs again and again, each a day after the last, until there are `atLeast` events. */
export const repeated = (executed: readonly Executed[], atLeast: number): readonly Copy[] => {
  const copies: Copy[] = [];
  for (let made = 0; made < atLeast; ) {
    const number = copies.length;
    const original = executed[number % executed.length];
    if (original === undefined) throw new Error('no run to repeat');
    copies.push({ name: `run_${String(number).padStart(6, '0')}`, original, laterMs: number * DAY_MS });
    made += original.events.length;
  }
  return copies;
};

/** Into a file, in one transaction: the rows that appends would have written, each with a time of its own. */
export const fillFile = (path: string, copies: readonly Copy[]): void => {
  initStore(path, WHO, { clock: new ManualClock(), hash: sha256 }).close();
  const db = openDatabase(path);
  const heads = new SqliteHeads(db);
  writing(db, path, () => {
    for (const event of copies.values().flatMap(eventsOf))
      heads.write(continueChain(heads.of(event.stream), [event], event.at, sha256));
  });
  db.close();
};

/** The same journal in memory. */
export const inMemory = async ({ archive }: Store): Promise<MemoryDisk> => {
  const disk = new MemoryDisk({ ...WHO, madeAt: MONDAY_MORNING });
  const { position } = await archive.ends();
  while (disk.lastPosition < position) keepAll(disk, await archive.rows(disk.lastPosition, PAGE));
  return disk;
};
