import { phaseOf } from '../run/phase.ts';
import { exitOf, residueOf, type Told, tookMs, unavoidableMs } from './drill-outcome.ts';
import { ANSWERS_ASKED } from './drill-proof.ts';

/** The same as one JSON document: shares and utilisations are parts of 1, times milliseconds. */
export const drillDocument = (told: Told): unknown => {
  const { result, report, files } = told;
  const { run, scenario } = result;
  return {
    scenario: scenario.name,
    seed: scenario.seed,
    mode: scenario.mode,
    source: scenario.source,
    steerMust: scenario.steerMust,
    exit: exitOf(result),
    phase: run === null ? null : phaseOf(run).words,
    interrupted: result.interrupted,
    because: run?.ended?.because ?? run?.engineHold?.because ?? result.refused,
    answers: { asked: ANSWERS_ASKED, ...result.answers },
    residue: residueOf(result),
    highestUtilisation: result.highestUtilisation,
    calls: result.calls,
    tookMs: tookMs(result),
    unavoidableMs: unavoidableMs(told),
    reportFiles: files,
    report,
  };
};
