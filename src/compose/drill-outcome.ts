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

/** When the source had been left: every step out had baked. Null when it never came to that. */
const leftAt = ({ run, events, endedAt }: DrillResult): number | null => {
  const stay = events.find(({ type }) => type === 'stay.begun');
  if (stay !== undefined) return stay.at;
  return run?.stage === 'done' && run.direction === 'out' ? endedAt : null;
};

/** Users who still came to the source once it had been left, and how many of them through resolvers that honour TTLs. */
export const residueOf = (result: DrillResult): { readonly all: number; readonly honouring: number } | null => {
  const { pictures, scenario } = result;
  const at = leftAt(result);
  const then = at === null ? undefined : pictures.find(({ atMs }) => atMs >= at);
  if (then === undefined) return null;
  return { all: then.traffic[scenario.source] ?? 0, honouring: then.honouring[scenario.source] ?? 0 };
};
