import { EXIT, exitOfRun } from '../cli/exit-codes.ts';
import type { RunReport } from '../report/report.ts';
import type { DrillResult } from './drill.ts';

/** A drill that is over, the report of its run, and how fast its world lived. */
export interface Told {
  readonly result: DrillResult;
  /** Null when there was no run. */
  readonly report: RunReport | null;
  readonly propagationMs: number;
  /** Where the report was written; empty when nobody asked for one. */
  readonly files: readonly string[];
}

/** 0 DONE, 1 failed, 3 refused, 4 left HOLDING, 5 ended early (design section 1). */
export const exitOf = ({ run, interrupted }: DrillResult): number => {
  if (interrupted) return EXIT.endedEarly;
  return run === null ? EXIT.refused : (exitOfRun(run) ?? EXIT.holding);
};

/** The waits that nobody can shorten: every step propagates and bakes, and the region is kept empty as long as was asked. */
export const unavoidableMs = ({ result, propagationMs }: Told): number => {
  const { run } = result;
  if (run === null) return 0;
  const stay = run.turned === 'stay-over' ? (run.envelope.stayMs ?? 0) : 0;
  return run.steps.length * (propagationMs + run.envelope.bakeMs) + stay;
};

/** What the run took, from its start; what people took to approve it is not its own. */
export const tookMs = ({ run, endedAt }: DrillResult): number =>
  run === null || run.startedAt === null ? 0 : endedAt - run.startedAt;

/** Users that the source still had when it was emptiest, and how many of them resolvers that honour TTLs had sent. */
export const leastTraffic = ({ pictures, scenario }: DrillResult): { all: number; honouring: number } | null => {
  const { source } = scenario;
  const least = pictures.reduce<DrillResult['pictures'][number] | null>(
    (best, picture) => (best === null || (picture.traffic[source] ?? 0) < (best.traffic[source] ?? 0) ? picture : best),
    null,
  );
  return least === null ? null : { all: least.traffic[source] ?? 0, honouring: least.honouring[source] ?? 0 };
};
