import type { Appended, Journal } from '../ports/journal.ts';
import type { Lease } from '../ports/lease.ts';
import type { Store } from '../store/store.ts';

/** Where a process can be lost so that nobody knows what it had done. */
export type DeathInstant = 'after-intent' | 'after-effect';

/** The process is gone: what is left of it in memory may run into this, and can no longer reach the store. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';

  constructor() {
    super('this process has died');
  }
}

/** A store as one process sees it, and the means to lose that process. */
export interface MortalStore {
  readonly store: Store;
  /** Dies at the next such instant, as by `kill -9`: nothing is appended, renewed or released any more. */
  dieAt(instant: DeathInstant): void;
  readonly isDead: () => boolean;
}

/**
 * The store of a process that can be killed between an effect and its record. The lease is not given back: whoever takes
 * over has to wait until it has run out, as in life.
 */
export const mortalStore = (store: Store): MortalStore => {
  let armed: DeathInstant | null = null;
  let isDead = false;
  const alive = (): void => {
    if (isDead) throw new ProcessDied();
  };
  const die = (): never => {
    isDead = true;
    throw new ProcessDied();
  };
  const journal: Journal = {
    store: store.journal.store,
    append: async (append): Promise<Appended> => {
      alive();
      const has = (type: string): boolean => append.events.some((event) => event.type === type);
      if (armed === 'after-effect' && has('batch.landed')) die();
      const appended = await store.journal.append(append);
      if (armed === 'after-intent' && appended.ok && has('batch.intended')) die();
      return appended;
    },
    read: async (stream, after) => {
      alive();
      return store.journal.read(stream, after);
    },
    readAll: async (after, limit) => {
      alive();
      return store.journal.readAll(after, limit);
    },
    wait: async (after, ms, signal) => {
      alive();
      return store.journal.wait(after, ms, signal);
    },
  };
  const lease: Lease = {
    acquire: async (holder, ms) => {
      alive();
      return store.lease.acquire(holder, ms);
    },
    renew: async (held, ms) => {
      alive();
      return store.lease.renew(held, ms);
    },
    release: async (held) => {
      alive();
      await store.lease.release(held);
    },
    holder: () => store.lease.holder(),
  };
  return {
    store: { ...store, journal, lease },
    dieAt: (instant) => {
      armed = instant;
    },
    isDead: () => isDead,
  };
};
