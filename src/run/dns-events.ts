import type { RecordChange, Zone } from '../domain/record-sets.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { BrokenJournal } from './broken-journal.ts';
import type { Asked } from './events.ts';

/** What became of one part of a change of records that no run steers. */
export interface DnsOutcome {
  /** A record set by name, type and qualifier, or a zone. */
  readonly what: string;
  readonly outcome: 'landed' | 'already' | 'conflict' | 'failed';
  /** The vendor's id to ask about propagation; null where there is none. */
  readonly change: string | null;
  readonly because: string | null;
}

/** What people change by `steer dns`; stream `dns`. No run and no budget depends on it: it is on record (design rule 13). */
export type DnsEvent =
  | {
      /** Appended before the request leaves (design rule 4). */
      readonly type: 'dns.change-intended';
      readonly data: Asked & {
        /** Ties the outcome to it. */
        readonly intent: string;
        readonly provider: string;
        readonly zone: { readonly id: string | null; readonly name: string };
        /** As it was typed, e.g. `record replace`. */
        readonly verb: string;
        readonly because: string | null;
        readonly digest: string;
        readonly diff: readonly string[];
        /** Every set verbatim, before and after: what it takes to put it back. Empty for a change of the zone itself. */
        readonly sets: readonly RecordChange[];
        /** Null for a change of records. */
        readonly whole: { readonly before: Zone | null; readonly after: Omit<Zone, 'id'> | null } | null;
      };
    }
  | {
      readonly type: 'dns.changed';
      readonly data: { readonly intent: string; readonly outcomes: readonly DnsOutcome[] };
    };

export const DNS_STREAM = 'dns';

const TYPES: ReadonlySet<string> = new Set<DnsEvent['type']>(['dns.change-intended', 'dns.changed']);

/** The event as its author wrote it; see `asRunEvent`. */
export const asDnsEvent = (stored: StoredEvent): StoredEvent & DnsEvent => {
  if (!TYPES.has(stored.type))
    throw new BrokenJournal(`${stored.stream} ${stored.version}: unknown event ${stored.type}`);
  return stored as StoredEvent & DnsEvent;
};
