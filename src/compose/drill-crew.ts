import type { Store } from '../store/store.ts';
import { type DeathInstant, type MortalStore, mortalStore, ProcessDied } from './drill-crash.ts';
import type { Product } from './product.ts';

/** Short, so that a drill which loses its executor need not wait long for the next one. */
const LEASE_MS = 6000;

/** The processes that execute, one after another: each with a store of its own to die with, and a name of its own. */
export class Crew {
  readonly #store: Store;
  readonly #compose: (store: Store, holder: string) => Product;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>[] = [];
  #current: MortalStore | null = null;
  #failure: unknown = null;

  constructor(store: Store, compose: (store: Store, holder: string) => Product) {
    this.#store = store;
    this.#compose = compose;
  }

  async start(): Promise<void> {
    const mortal = mortalStore(this.#store);
    const product = this.#compose(mortal.store, `sandbox-${this.#done.length + 1}`);
    this.#current = mortal;
    const executor = await product.executor({ leaseMs: LEASE_MS }, { tell: () => {} });
    const gone = (error: unknown): void => {
      if (!(error instanceof ProcessDied)) this.#failure = error;
    };
    this.#done.push(executor.run(this.#stop.signal).catch(gone));
  }

  /** The process that executes now will be lost at its next such instant. */
  crash(instant: DeathInstant): void {
    this.#current?.dieAt(instant);
  }

  get isDead(): boolean {
    return this.#current?.isDead() ?? false;
  }

  /** Throws what ended an executor that was not killed: a defect, which no drill may hide. */
  check(): void {
    if (this.#failure !== null) throw new Error('an executor of the drill ended', { cause: this.#failure });
  }

  async end(): Promise<void> {
    this.#stop.abort(new Error('the drill is over'));
    await Promise.all(this.#done);
  }
}
