import type { StoredEvent } from '../ports/journal.ts';

export const reportOf = (events: readonly StoredEvent[], format: 'markdown' | 'json' | 'html'): string =>
  JSON.stringify({ format, events: events.length });
