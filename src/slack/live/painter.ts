import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { StoredEvent } from '../../ports/journal.ts';
import type { Painted } from './pictures.ts';

/** Where the files lie that drawing needs. */
export interface PaintFiles {
  /** The rasteriser, WebAssembly. */
  readonly wasm: string;
  /** Letters, TrueType. */
  readonly font: string;
}

export interface Order extends PaintFiles {
  readonly events: readonly StoredEvent[];
  readonly asOf: number;
}

export type Result = Painted | null;

/** A run that takes longer has too much in it for a picture. */
const MOST_MS = 30_000;

/** Beside this file, in TypeScript in a checkout and compiled in the package. */
const WORKER = new URL(`picture-worker${extname(import.meta.filename)}`, import.meta.url);

/**
 * Draws in a thread of its own: a picture takes one to two seconds, and a bot that stands still for that long looks dead to
 * Slack. Null for a run that never started. Rejects when it cannot be drawn, or not in time.
 */
export const paintInThread = async (
  files: PaintFiles,
  events: readonly StoredEvent[],
  asOf: number,
): Promise<Painted | null> => {
  const order: Order = { ...files, events, asOf };
  const worker = new Worker(WORKER, { workerData: order, execArgv: [] });
  const late = setTimeout(() => void worker.terminate(), MOST_MS);
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.once('message', (result: Result) => resolve(result));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the picture was not drawn in time')));
    });
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
};
