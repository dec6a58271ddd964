import type { Hash } from '../ports/chance.ts';
import type { KeptHead } from './append-rules.ts';
import { chainText, type EventRow, emptyHead, type StreamHead } from './chain.ts';
import { DROPPED_EVENT, RETENTION_STREAM } from './checkpoint.ts';

export type AuditFindingKind =
  /** The row's stream, version, type, time, data or predecessor is not what its hash was made of. */
  | 'changed'
  /** Versions are missing between this one and the one before it. */
  | 'missing'
  /** A version that comes after a later or the same one. */
  | 'out-of-order'
  /** The row fits its own hash, but names another predecessor than the one before it. */
  | 'broken-link'
  /** The stream ends earlier, or otherwise, than its head or a known head says. */
  | 'truncated'
  /** Events of a stream for which the store keeps no head, or a dropped one. */
  | 'stray'
  /** Events were dropped without a checkpoint that says so. */
  | 'no-checkpoint';

export interface AuditFinding {
  readonly stream: string;
  readonly version: number;
  readonly what: AuditFindingKind;
  readonly because: string;
}

const byPlace = (versions: readonly StreamHead[]): ReadonlyMap<string, StreamHead> =>
  new Map(versions.map((head) => [`${head.stream} ${head.version}`, head]));

/** Walks rows in the order of their positions and remembers what does not fit. */
export class AuditWalk {
  readonly findings: AuditFinding[] = [];
  readonly ends = new Map<string, StreamHead>();
  events = 0;
  readonly #hash: Hash;
  readonly #known: ReadonlyMap<string, StreamHead>;

  constructor(hash: Hash, known: readonly StreamHead[]) {
    this.#hash = hash;
    this.#known = byPlace(known);
  }

  step(row: EventRow): void {
    const { stream, version } = row;
    const before = this.ends.get(stream) ?? emptyHead(stream);
    this.events += 1;
    if (version > before.version + 1)
      this.find(
        row,
        'missing',
        `it follows version ${before.version}: ${version - before.version - 1} events are missing before it`,
      );
    if (version <= before.version) this.find(row, 'out-of-order', `it comes after version ${before.version}`);
    if (version === before.version + 1 && row.previousHash !== before.hash)
      this.find(row, 'broken-link', `it names another predecessor than version ${before.version} as it is now`);
    if (this.#hash.of(chainText(row)) !== row.hash) this.find(row, 'changed', 'its content does not fit its hash');
    const known = this.#known.get(`${stream} ${version}`);
    if (known !== undefined && known.hash !== row.hash)
      this.find(row, 'changed', 'its hash is not the one that was noted outside the store');
    if (version > before.version) this.ends.set(stream, row);
  }

  find({ stream, version }: StreamHead | EventRow, what: AuditFindingKind, because: string): void {
    this.findings.push({ stream, version, what, because });
  }

  /** Compares where the chains end with where `heads` say that they must. */
  compareHeads(heads: readonly KeptHead[]): void {
    const kept = new Map(heads.map((head) => [head.stream, head]));
    for (const head of heads) if (!head.dropped) this.#compareEnd(head, 'its head in the store');
    for (const end of this.ends.values()) {
      const head = kept.get(end.stream);
      if (head === undefined || head.dropped)
        this.find(
          end,
          'stray',
          head === undefined ? 'the store keeps no head for it' : 'its events were dropped, yet here they are',
        );
      else if (end.version > head.version)
        this.find(end, 'stray', `its head in the store ends at version ${head.version}`);
    }
    for (const known of this.#known.values()) {
      const head = kept.get(known.stream);
      if (head === undefined || !head.dropped) this.#compareReach(known);
      else if (head.version < known.version) this.find(known, 'truncated', `it was dropped at version ${head.version}`);
    }
  }

  /** Each dropped stream needs its checkpoint, with the same end, and each checkpoint its dropped stream. */
  compareCheckpoints(heads: readonly KeptHead[], checkpoints: readonly StreamHead[]): void {
    const noted = byPlace(checkpoints);
    for (const head of heads.filter(({ dropped }) => dropped))
      if (noted.get(`${head.stream} ${head.version}`)?.hash !== head.hash)
        this.find(
          head,
          'no-checkpoint',
          `no ${DROPPED_EVENT} in the stream ${RETENTION_STREAM} says that it was dropped here`,
        );
    const dropped = byPlace(heads.filter((head) => head.dropped));
    for (const checkpoint of checkpoints)
      if (!dropped.has(`${checkpoint.stream} ${checkpoint.version}`))
        this.find(checkpoint, 'stray', 'a checkpoint says that it was dropped here, the store says otherwise');
  }

  #compareEnd(head: StreamHead, source: string): void {
    const end = this.ends.get(head.stream) ?? emptyHead(head.stream);
    if (end.version < head.version)
      this.find(
        { ...head, version: end.version + 1 },
        'truncated',
        `it is gone: ${source} ends at version ${head.version}`,
      );
    else if (end.version === head.version && end.hash !== head.hash)
      this.find(head, 'truncated', `it ends with another hash than ${source}`);
  }

  #compareReach(known: StreamHead): void {
    const end = this.ends.get(known.stream)?.version ?? 0;
    if (end < known.version)
      this.find(
        { ...known, version: end + 1 },
        'truncated',
        `it is gone: version ${known.version} was noted outside the store`,
      );
  }
}
