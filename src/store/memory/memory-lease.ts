import type { HeldLease, Lease } from '../../ports/lease.ts';
import { acquired, given, heldOf, type KeptLease, renewed } from '../lease-rules.ts';
import type { MemoryParts } from './memory-disk.ts';

export class MemoryLease implements Lease {
  readonly #parts: MemoryParts;

  constructor(parts: MemoryParts) {
    this.#parts = parts;
  }

  async acquire(holder: string, ms: number): Promise<HeldLease | null> {
    return this.#change((kept) => acquired(kept, holder, ms, this.#parts.clock.now()));
  }

  async renew(held: HeldLease, ms: number): Promise<HeldLease | null> {
    return this.#change((kept) => renewed(kept, held, ms, this.#parts.clock.now()));
  }

  async release(held: HeldLease): Promise<void> {
    this.#change((kept) => given(kept, held, this.#parts.clock.now()));
  }

  async holder(): Promise<HeldLease | null> {
    this.#parts.checkOpen();
    const { lease } = this.#parts.disk;
    return lease === null ? null : heldOf(lease);
  }

  #change(rule: (kept: KeptLease | null) => KeptLease | null): HeldLease | null {
    this.#parts.checkOpen();
    const next = rule(this.#parts.disk.lease);
    if (next === null) return null;
    this.#parts.disk.lease = next;
    return heldOf(next);
  }
}
