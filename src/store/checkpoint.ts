import { z } from 'zod';
import type { NewEvent } from '../ports/journal.ts';
import type { EventRow, StreamHead } from './chain.ts';
import type { Drop } from './store.ts';

/** The stream that keeps a checkpoint for every dropped stream. It is never dropped itself. */
export const RETENTION_STREAM = 'retention';

/** Data: `{ file, streams: [{ stream, version, hash }] }`, the ends of the chains that were exported to `file` and removed. */
export const DROPPED_EVENT = 'retention.dropped';

const Dropped = z.object({
  streams: z.array(z.object({ stream: z.string(), version: z.number(), hash: z.string() })),
});

export const checkpointOf = ({ streams, file }: Drop): NewEvent => ({
  type: DROPPED_EVENT,
  data: { file, streams: streams.map(({ stream, version, hash }) => ({ stream, version, hash })) },
});

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The ends that a row notes, if it is a checkpoint. What cannot be read notes nothing: its own hash tells what happened to it. */
export const checkpointsIn = (row: EventRow): readonly StreamHead[] => {
  if (row.stream !== RETENTION_STREAM || row.type !== DROPPED_EVENT) return [];
  const read = Dropped.safeParse(jsonOf(row.data));
  return read.success ? read.data.streams : [];
};
