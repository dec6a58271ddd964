import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalText } from '../../../src/domain/canonical.ts';
import { runId, type SetId } from '../../../src/domain/ids.ts';
import { entriesOf } from '../../../src/domain/records.ts';
import { FleetTail } from '../../../src/executor/fleet-tail.ts';
import { replay } from '../../../src/run/replay.ts';
import type { Run, RunSet } from '../../../src/run/state.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import type { WorkCounter } from '../scale/work-counter.ts';
import { type Copy, endOf, executedRuns } from './executed.ts';
import { fillFile, inMemory, repeated } from './journal.ts';

/** What reading a journal took. */
export interface Replayed {
  readonly events: number;
  readonly runs: number;
  /** Runs that are not to the letter what they were when they were carried out, or not what the vendor held then. */
  readonly different: number;
  /** Of the whole journal in JSON. */
  readonly bytes: number;
  /** Events that lie in memory, stream by stream. */
  readonly foldMs: number;
  /** A process that starts on a store in memory, and one that starts on a file. */
  readonly memoryMs: number;
  readonly fileMs: number;
  /** Blocks of the product's code in what `fileMs` timed; 0 where nobody counts. */
  readonly blocks: number;
}

const TIMES = 3;

const deps = { clock: new ManualClock(), hash: sha256 };

/** What came of it, and the fastest of a few: others use the machine too. */
const timed = async <T>(times: number, work: () => T | Promise<T>): Promise<readonly [T, number]> => {
  const began = performance.now();
  const result = await work();
  const tookMs = performance.now() - began;
  if (times === 1) return [result, tookMs];
  const [again, fastestMs] = await timed(times - 1, work);
  return [again, Math.min(tookMs, fastestMs)];
};

/** What every process does first. */
const start = async ({ journal }: Store): Promise<FleetTail> => {
  const tail = new FleetTail(journal);
  await tail.catchUp();
  return tail;
};

const isAtVendor = (run: Run, weights: Copy['original']['weights']): boolean =>
  entriesOf<SetId, RunSet>(run.sets).every(([set, { live }]) =>
    live.members.every(({ member, weight }) => weights[set]?.[member] === weight),
  );

const isAsExecuted = (replayed: Run | null | undefined, copy: Copy, end: string): boolean =>
  replayed != null && canonicalText(replayed) === end && isAtVendor(replayed, copy.original.weights);

export const replayed = async (atLeast: number, work: WorkCounter | null): Promise<Replayed> => {
  const copies = repeated(await executedRuns(), atLeast);
  const directory = mkdtempSync(join(tmpdir(), 'steer-bench-'));
  const path = join(directory, 'steer.db');
  const times = work === null ? TIMES : 1;
  try {
    fillFile(path, copies);
    await work?.take();
    const file = openStore(path, deps);
    const [fromFile, fileMs] = await timed(times, () => start(file));
    const blocks = (await work?.take()) ?? 0;
    const disk = await inMemory(file);
    file.close();
    const [fromMemory, memoryMs] = await timed(times, () => start(openMemoryStore(disk, deps)));
    const streams = copies.map(({ name }) => disk.ofStream(`run/${name}`).map(({ event }) => event));
    const [folded, foldMs] = await timed(times, () => streams.map(replay));
    const different = copies.filter((copy, i) => {
      const end = canonicalText(endOf(copy));
      const all = [folded[i], fromFile.run(runId(copy.name)), fromMemory.run(runId(copy.name))];
      return !all.every((run) => isAsExecuted(run, copy, end));
    });
    return {
      events: disk.events.length,
      runs: copies.length,
      different: different.length,
      bytes: disk.events.reduce((sum, { row }) => sum + row.data.length, 0),
      foldMs,
      memoryMs,
      fileMs,
      blocks,
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};
