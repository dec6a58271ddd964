import type { GateJudgement, Outcome } from '../domain/gates.ts';
import type { GateId, RegionId } from '../domain/ids.ts';
import type { Instant } from '../domain/units.ts';

/** What one gate has said so far in a run. */
interface GateTally {
  /** PASS in a row of different observations: the same reading judged twice is one. */
  readonly passesInARow: number;
  /** FAIL of different observations since the run began. Only ever grows. */
  readonly failures: number;
  readonly observedAt: Instant;
  readonly outcome: Outcome;
}

/** The gates of one service in one run, by `gateKey`. Small, plain JSON: it is folded from the journal and kept in state. */
export type GateMemory = Readonly<Record<string, GateTally>>;

export const NOTHING_REMEMBERED: GateMemory = {};

/** A space cannot occur in either name. */
export const gateKey = (judged: { readonly gate: GateId; readonly region: RegionId | null }): string =>
  `${judged.gate} ${judged.region ?? '*'}`;

/** The parts of a judgement that are remembered: a journal keeps no more than these. */
type Remembered = Pick<GateJudgement, 'gate' | 'region' | 'outcome' | 'observedAt'>;

const tallied = (before: GateTally | undefined, { outcome, observedAt }: Remembered): GateTally => {
  const isNew = before === undefined || observedAt > before.observedAt || outcome !== before.outcome;
  const counted = isNew ? 1 : 0;
  return {
    // Two PASS of one observation with an ERROR between them are not two passes: the streak starts anew either way.
    passesInARow: outcome === 'PASS' ? (before?.passesInARow ?? 0) + counted : 0,
    failures: (before?.failures ?? 0) + (outcome === 'FAIL' ? counted : 0),
    observedAt: isNew || before === undefined ? observedAt : before.observedAt,
    outcome,
  };
};

/**
 * Folds one round of judgements into the memory. Metrics have periods and steer asks more often than they change: without
 * looking at when a reading was true, three questions within one minute would count as three passes.
 */
export const remember = (memory: GateMemory, judgements: readonly Remembered[]): GateMemory => {
  // One copy that is written into: a journal is full of these rounds, and each is folded again whenever a process starts.
  const next: Record<string, GateTally> = { ...memory };
  for (const judgement of judgements) {
    const key = gateKey(judgement);
    next[key] = tallied(memory[key], judgement);
  }
  return next;
};
