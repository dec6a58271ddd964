import { canonicalText } from '../domain/canonical.ts';
import type { NewEvent } from '../ports/journal.ts';
import type { DnsEvent } from '../run/dns-events.ts';
import type { FleetEvent, RunEvent } from '../run/events.ts';

/** An event as the journal takes it: plain data, without members that are undefined. */
export const newEvent = (event: RunEvent | FleetEvent | DnsEvent): NewEvent => ({
  type: event.type,
  data: JSON.parse(canonicalText(event.data)),
});
