import type { StatementSync } from 'node:sqlite';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import { acquired, given, heldOf, type IsGone, type KeptLease, renewed } from '../lease-rules.ts';
import { inStoreWords } from './failure.ts';
import { Query } from './query.ts';
import type { SqliteParts } from './sqlite-journal.ts';
import { writing } from './transaction.ts';

type LeaseParts = Pick<SqliteParts, 'db' | 'path' | 'clock'> & { readonly isGone: IsGone };

export class SqliteLease implements Lease {
  readonly #parts: LeaseParts;
  readonly #find: Query;
  readonly #keep: StatementSync;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#find = new Query(parts.db, 'SELECT holder, epoch, until, released FROM lease');
    this.#keep = parts.db.prepare(
      `INSERT INTO lease (only, holder, epoch, until, released) VALUES (1, ?, ?, ?, ?) ON CONFLICT (only)
       DO UPDATE SET holder = excluded.holder, epoch = excluded.epoch, until = excluded.until, released = excluded.released`,
    );
  }

  async acquire(holder: string, ms: number): Promise<HeldLease | null> {
    const { clock, isGone } = this.#parts;
    return this.#change((kept) => acquired(kept, holder, ms, clock.now(), isGone));
  }

  async renew(held: HeldLease, ms: number): Promise<HeldLease | null> {
    return this.#change((kept) => renewed(kept, held, ms, this.#parts.clock.now()));
  }

  async release(held: HeldLease): Promise<void> {
    this.#change((kept) => given(kept, held, this.#parts.clock.now()));
  }

  async holder(): Promise<HeldLease | null> {
    const kept = inStoreWords(this.#parts.path, () => this.#kept());
    return kept === null ? null : heldOf(kept);
  }

  #change(rule: (kept: KeptLease | null) => KeptLease | null): HeldLease | null {
    return writing(this.#parts.db, this.#parts.path, () => {
      const next = rule(this.#kept());
      if (next === null) return null;
      this.#keep.run(next.holder, next.epoch, next.until, next.released ? 1 : 0);
      return heldOf(next);
    });
  }

  #kept(): KeptLease | null {
    const row = this.#find.first();
    if (row === null) return null;
    const [holder, epoch, until, released] = row;
    return { holder: String(holder), epoch: Number(epoch), until: Number(until), released: released === 1 };
  }
}
