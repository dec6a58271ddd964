import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StoredEvent } from '../../src/ports/journal.ts';

const FOLDER = join(import.meta.dirname, '../histories');

const Head = z.strictObject({
  /** Version of steer that wrote it. */
  made: z.string(),
  ends: z.strictObject({
    words: z.string(),
    steps: z.number(),
    direction: z.string(),
    version: z.number(),
    /** Weights by set and member. */
    live: z.record(z.string(), z.record(z.string(), z.number().nullable())),
  }),
});

export interface History extends z.infer<typeof Head> {
  readonly name: string;
  readonly events: readonly StoredEvent[];
}

/** Journals of runs as released versions wrote them, one line each: a head that says how they end, then the events. */
export const histories = (): readonly History[] =>
  readdirSync(FOLDER).map((name) => {
    const [head = '', ...events] = readFileSync(join(FOLDER, name), 'utf8').trim().split('\n');
    return { name, ...Head.parse(JSON.parse(head)), events: events.map((line): StoredEvent => JSON.parse(line)) };
  });
