import type { KeptHead } from './append-rules.ts';
import { RETENTION_STREAM } from './checkpoint.ts';
import type { Drop } from './store.ts';

/**
 * Whether a drop still rests on what was seen when it was decided (design rule 13): any event since may refer to a stream that
 * was free to go, so one event is enough to decide again.
 */
export const mayDrop = (drop: Drop, lastPosition: number, headOf: (stream: string) => KeptHead): boolean =>
  lastPosition === drop.decidedAt &&
  drop.streams.every(({ stream, version, hash }) => {
    const kept = headOf(stream);
    return stream !== RETENTION_STREAM && !kept.dropped && kept.version === version && kept.hash === hash;
  });
