import type { Route53Fake } from '../../providers/route53/fake.ts';
import type { Steering } from '../../providers/steering.ts';

/** Why a call was made: to see what is there before a write, to write, to ask how far it got, to list what was written. */
export type Purpose = 'read' | 'write' | 'ask' | 'verify';

type Counts = Readonly<Record<string, number>>;

/** Calls by step and purpose, taken from the vendor's own log of requests, by operation. */
export interface Ledger {
  readonly reading: Steering;
  readonly acting: Steering;
  readonly nextStep: () => void;
  /** Calls of one operation (all when left out) in one step; step 0 is before the first `nextStep`. */
  readonly calls: (step: number, purpose: Purpose, operation?: string) => number;
  readonly steps: () => number;
}

/**
 * Watches one provider from both sides: what a snapshot reads is told from what the effects of a run do. The executor does
 * one kind of thing at a time, so everything in the log since the last look belongs to the kind that was going on.
 */
export const ledgerOf = (fake: Route53Fake, steering: Steering): Ledger => {
  const perStep: Record<Purpose, Record<string, number>>[] = [];
  let before: Counts = fake.log.counts();
  const fresh = (): Record<Purpose, Record<string, number>> => ({ read: {}, write: {}, ask: {}, verify: {} });
  perStep.push(fresh());

  const book = (purpose: Purpose): void => {
    const now = fake.log.counts();
    const own = perStep.at(-1)?.[purpose] ?? {};
    for (const [operation, calls] of Object.entries(now))
      own[operation] = (own[operation] ?? 0) + calls - (before[operation] ?? 0);
    before = now;
  };
  const watched = async <T>(purpose: Purpose, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      book(purpose);
    }
  };
  const of = (read: Purpose): Steering => ({
    capabilities: steering.capabilities,
    read: (refs, signal) => watched(read, steering.read(refs, signal)),
    replace: (write, signal) => watched('write', steering.replace(write, signal)),
    propagation: (changes, signal) => watched('ask', steering.propagation(changes, signal)),
  });
  return {
    reading: of('read'),
    acting: of('verify'),
    nextStep: () => perStep.push(fresh()),
    calls: (step, purpose, operation) => {
      const own = perStep[step]?.[purpose] ?? {};
      if (operation !== undefined) return own[operation] ?? 0;
      return Object.values(own).reduce((all, calls) => all + calls, 0);
    },
    steps: () => perStep.length - 1,
  };
};
