import type { RecordTable } from './records.ts';
import { type Change, nextId, type State, type Zone } from './state.ts';

/**
 * Brings a zone to the present: changes that were lost are taken back, with everything accepted after them, and those whose
 * time has come reach the name servers in the order in which they were accepted.
 */
export const advance = (state: State, zone: Zone, at: number): void => {
  const lost = zone.pending.findIndex((change) => change.strandsAt <= at);
  const first = zone.pending[lost];
  if (first !== undefined) {
    zone.control = first.before;
    for (const { changeId } of zone.pending.splice(lost)) state.changes.delete(changeId);
  }
  while (zone.pending[0] !== undefined && zone.pending[0].settlesAt <= at) zone.data = zone.pending.shift()?.after;
};

export type Acceptance = {
  readonly at: number;
  readonly propagationMs: number;
  readonly comment: string | undefined;
  /** When the change is forgotten; undefined: never. */
  readonly strandsAt: number | undefined;
};

/** Makes `after` the records of the zone and sends it on its way to the name servers. */
export const accept = (state: State, zone: Zone, after: RecordTable, how: Acceptance): Change => {
  const earliest = zone.pending.at(-1)?.settlesAt ?? 0;
  const settlesAt =
    how.strandsAt === undefined ? Math.max(earliest, how.at + how.propagationMs) : Number.POSITIVE_INFINITY;
  const change: Change = {
    id: nextId(state, 'C'),
    accountId: zone.accountId,
    zone,
    submittedAt: how.at,
    settlesAt,
    comment: how.comment,
  };
  zone.pending.push({
    changeId: change.id,
    before: zone.control,
    after,
    settlesAt,
    strandsAt: how.strandsAt ?? Number.POSITIVE_INFINITY,
  });
  zone.control = after;
  state.changes.set(change.id, change);
  advance(state, zone, how.at);
  return change;
};
