import { canonicalText } from '../domain/canonical.ts';
import type { Hash } from '../ports/chance.ts';
import type { KeptHead } from './append-rules.ts';
import { type AuditFinding, AuditWalk } from './audit-walk.ts';
import type { StreamHead } from './chain.ts';
import { checkpointsIn } from './checkpoint.ts';
import type { Archive } from './store.ts';
import { walkArchive } from './walk-archive.ts';

export interface AuditReport {
  readonly streams: number;
  readonly events: number;
  readonly droppedStreams: number;
  /** Empty when every chain is whole. */
  readonly findings: readonly AuditFinding[];
  /** Where every stream ends now: kept outside the store, they are what a later audit compares with. */
  readonly heads: readonly StreamHead[];
  /** One hash over `heads`, short enough to be posted or printed. */
  readonly anchor: string;
}

const reportOf = (walk: AuditWalk, kept: readonly KeptHead[], hash: Hash): AuditReport => {
  const heads = kept.map(({ stream, version, hash: end }) => ({ stream, version, hash: end }));
  return {
    streams: heads.length,
    events: walk.events,
    droppedStreams: kept.filter(({ dropped }) => dropped).length,
    findings: walk.findings,
    heads,
    anchor: hash.of(canonicalText(heads)),
  };
};

/**
 * Verifies every chain of a store, and reports all findings instead of stopping at the first.
 *
 * What it can prove: a chain alone shows changed, moved and removed events, except at its end, since a shorter chain is a whole
 * chain. The ends are compared with the heads that the store keeps beside the events, which finds lost rows; against somebody
 * who rewrites both, only `known` helps: heads (or their anchor) that an earlier audit reported and that were kept elsewhere.
 */
export const auditStore = (
  archive: Pick<Archive, 'rows' | 'ends'>,
  hash: Hash,
  known: readonly StreamHead[] = [],
): Promise<AuditReport> =>
  walkArchive(archive, () => {
    const walk = new AuditWalk(hash, known);
    const checkpoints: StreamHead[] = [];
    return {
      row: (row) => {
        walk.step(row);
        checkpoints.push(...checkpointsIn(row));
      },
      end: ({ heads }) => {
        walk.compareHeads(heads);
        walk.compareCheckpoints(heads, checkpoints);
        return reportOf(walk, heads, hash);
      },
    };
  });
