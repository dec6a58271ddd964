import type { Deed } from '../../access/roles.ts';
import type { SetDiff } from '../../dns/diff.ts';
import type { ProviderId } from '../../domain/ids.ts';
import type { Objection } from '../../domain/objections.ts';
import type { Zone } from '../../domain/record-sets.ts';
import type { DnsEvent, DnsOutcome } from '../../run/dns-events.ts';
import type { Session } from '../session.ts';

/** What became of one part of a change. */
export interface ChangeResult extends DnsOutcome {
  /** For a conflict: what was expected against what is there now. */
  readonly diff: SetDiff | null;
}

export interface Intent extends Pick<Extract<DnsEvent, { type: 'dns.change-intended' }>['data'], 'sets' | 'whole'> {
  readonly provider: ProviderId;
  /** `id: null` for a zone that is not made yet. */
  readonly zone: Pick<Zone, 'name'> & { readonly id: string | null };
  readonly verb: string;
}

/** A change that was worked out and shown, and that nobody has carried out yet. */
export interface Prepared extends Intent {
  /** Of every set before and after, and of the account and zone: the same only while nothing has moved. Hexadecimal. */
  readonly digest: string;
  readonly diff: readonly SetDiff[];
  /** The zone's own line before and after; empty for a change of records. */
  readonly zoneDiff: readonly string[];
  readonly remarks: readonly string[];
  /** What cannot be done and was not said to be left out: nothing is sent while there is some. */
  readonly blocked: readonly string[];
  /** Everything is as it should be already. */
  readonly isNothing: boolean;
  readonly deed: Deed;
  /** Why it may not be carried out, as seen from one look at the store. */
  readonly objectionsIn: (session: Session) => readonly Objection[];
  readonly objections: readonly Objection[];
  /** Sends it. Never throws for what a vendor says: that is in the results. */
  readonly perform: (comment: string, signal: AbortSignal) => Promise<readonly ChangeResult[]>;
  /** Which of the vendor's changes are everywhere; null where the vendor does not say. */
  readonly arrived: (changes: readonly string[], signal: AbortSignal) => Promise<boolean | null>;
}
