import type { StoredEvent } from '../../../../src/ports/journal.ts';

/** A run's events with what was seen last told again in between, every `everyMs`: a run that changes all the time. */
export const dense = (events: readonly StoredEvent[], everyMs: number): readonly StoredEvent[] => {
  const thick: StoredEvent[] = [];
  let seen: StoredEvent | null = null;
  for (const [i, event] of events.entries()) {
    thick.push(event);
    if (event.type === 'observed') seen = event;
    const until = events[i + 1]?.at ?? event.at;
    for (let at = event.at + everyMs; seen !== null && at < until; at += everyMs) thick.push({ ...seen, at });
  }
  return thick;
};
