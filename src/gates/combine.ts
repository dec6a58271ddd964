import type { Mode } from '../domain/config.ts';
import type { GateJudgement, GateSpec, Outcome } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { OverrideRequest } from '../domain/plan.ts';
import { secondSignalFor } from './independence.ts';
import { unjudgedGate } from './judge.ts';
import { type GateMemory, gateKey } from './memory.ts';
import { type GateRole, type MoveDirection, rulingOf } from './mode-table.ts';
import { overrideFor, overrideForRegion } from './override.ts';

type HoldOutcome = Exclude<Outcome, 'PASS'>;

/** What all gates together say about the next step. */
export interface Verdict {
  readonly go: boolean;
  /** Null with `go: false` means: no hold, but not yet enough passes (or a failure that is still tolerated). */
  readonly holdFor: HoldOutcome | null;
  /** Whether the hold needs a person's resume. False when there is none. */
  readonly endsOnlyByPerson: boolean;
  /** Fewest passes in a row among the gates that count. */
  readonly passesInARow: number;
  /** One sentence for everything that holds, is waited for or was set aside. */
  readonly because: readonly string[];
}

export interface VerdictQuestion {
  readonly mode: Mode;
  readonly direction: MoveDirection;
  /** Regions that receive traffic by the step. */
  readonly destinations: readonly RegionId[];
  /** Destinations that get no user traffic yet: only their gates that need none count (design rule 6, the canary). */
  readonly withoutTraffic: readonly RegionId[];
  /** All gates of one service as configured: one that was not judged holds. */
  readonly specs: readonly GateSpec[];
  readonly judgements: readonly GateJudgement[];
  /** With this round already remembered. */
  readonly memory: GateMemory;
  readonly passesToProceed: number;
  readonly overrides: readonly OverrideRequest[];
}

/** What one gate contributes: a hold, passes to count, or only a remark. */
type Part =
  | { readonly kind: 'hold'; readonly outcome: HoldOutcome; readonly byPerson: boolean; readonly because: string }
  | { readonly kind: 'counts'; readonly passesInARow: number; readonly because: string | null }
  | { readonly kind: 'remark'; readonly because: string };

/** Worst first: a FAIL must not hide behind missing data, because only a person ends it. */
const WORST_FIRST: readonly HoldOutcome[] = ['FAIL', 'ERROR', 'NO_DATA', 'INCONCLUSIVE'];

const roleOf = (region: RegionId | null, destinations: readonly RegionId[]): GateRole => {
  if (region === null) return 'global';
  return destinations.includes(region) ? 'destination' : 'source';
};

/** A FAIL that the run still tolerates: the gate is not critical and has not failed often enough. */
const isTolerated = (judgement: GateJudgement, question: VerdictQuestion): boolean => {
  const spec = question.specs.find((one) => gateKey(one) === gateKey(judgement));
  if (judgement.critical || spec === undefined || spec.critical) return false;
  const failures = question.memory[gateKey(judgement)]?.failures;
  return failures !== undefined && failures < spec.failuresToHold;
};

/** The sentence that sets a hold aside, or null when nothing does. */
const setAside = (judgement: GateJudgement, question: VerdictQuestion, unless: string): string | null => {
  if (unless === 'nothing') return null;
  const override = overrideFor(judgement, question.overrides);
  if (override !== undefined) return `${judgement.because}; set aside by override: ${override.because}`;
  const second = unless === 'second-signal-or-override' ? secondSignalFor(judgement, question.judgements) : undefined;
  return second === undefined ? null : `${judgement.because}; a second, independent signal passes: ${second.because}`;
};

const partOf = (judgement: GateJudgement, question: VerdictQuestion): Part | null => {
  const role = roleOf(judgement.region, question.destinations);
  const { mode, direction, memory, passesToProceed } = question;
  const ruling = rulingOf({ mode, direction, role, outcome: judgement.outcome });
  if (judgement.outcome === 'PASS') {
    // A source's passes must not delay its evacuation either.
    if (rulingOf({ mode, direction, role, outcome: 'FAIL' }).kind === 'proceed') return null;
    const passesInARow = memory[gateKey(judgement)]?.passesInARow ?? 0;
    const isEnough = passesInARow >= passesToProceed;
    return {
      kind: 'counts',
      passesInARow,
      because: isEnough ? null : `${judgement.because}, ${passesInARow} of ${passesToProceed} times in a row`,
    };
  }
  if (ruling.kind === 'proceed') return null;
  if (judgement.outcome === 'FAIL' && isTolerated(judgement, question))
    return { kind: 'counts', passesInARow: 0, because: `${judgement.because}; tolerated so far, it is not critical` };
  const aside = setAside(judgement, question, ruling.unless);
  if (aside !== null) return { kind: 'remark', because: aside };
  return {
    kind: 'hold',
    outcome: judgement.outcome,
    byPerson: ruling.ends === 'by-a-person',
    because: judgement.because,
  };
};

/** An empty list of gates must never look like a list of passes: each destination needs at least one that was judged. */
const bareDestinations = (question: VerdictQuestion, relevant: readonly GateJudgement[]): readonly Part[] => {
  const { mode, direction, destinations, withoutTraffic, overrides } = question;
  const nothing: Part = { kind: 'hold', outcome: 'NO_DATA', byPerson: false, because: 'no region receives traffic' };
  if (destinations.length === 0) return [nothing];
  const ruling = rulingOf({ mode, direction, role: 'destination', outcome: 'NO_DATA' });
  const mayOverride = ruling.kind === 'proceed' || ruling.unless !== 'nothing';
  return destinations
    .filter((region) => !relevant.some((judgement) => judgement.region === region))
    .map((region) => {
      const which = withoutTraffic.includes(region) ? 'gate that needs no user traffic' : 'gate';
      const because = `${region}: it has no ${which}, so nothing says that it may get traffic`;
      const override = mayOverride ? overrideForRegion(region, overrides) : undefined;
      if (override !== undefined)
        return { kind: 'remark', because: `${because}; set aside by override: ${override.because}` };
      return { kind: 'hold', outcome: 'NO_DATA', byPerson: false, because };
    });
};

const verdictFrom = (parts: readonly Part[], passesToProceed: number): Verdict => {
  const holds = parts.filter((part) => part.kind === 'hold');
  const passes = parts.filter((part) => part.kind === 'counts').map(({ passesInARow }) => passesInARow);
  const passesInARow = passes.length === 0 ? 0 : Math.min(...passes);
  // Gates that were all set aside leave nothing to count; what set them aside has been judged instead.
  const isEnough = passes.length === 0 ? parts.length > 0 : passesInARow >= passesToProceed && passesInARow > 0;
  // Beside a hold nobody wants to read which gates have passed how often.
  const worthReading = holds.length === 0 ? parts : parts.filter(({ kind }) => kind !== 'counts');
  return {
    go: holds.length === 0 && isEnough,
    holdFor: WORST_FIRST.find((outcome) => holds.some((part) => part.outcome === outcome)) ?? null,
    endsOnlyByPerson: holds.some(({ byPerson }) => byPerson),
    passesInARow,
    because: worthReading.flatMap(({ because }) => (because === null ? [] : [because])),
  };
};

/**
 * The verdict on one step of one service: k PASS in a row to go on, one critical FAIL holds, missing data holds unless the
 * mode's row says what may stand in for it. Judgements of regions that are being left never count.
 */
export const verdictOf = (question: VerdictQuestion): Verdict => {
  const judged = new Set(question.judgements.map(gateKey));
  const missing = question.specs
    .filter((spec) => !judged.has(gateKey(spec)))
    .map((spec) => unjudgedGate(spec, 0, 'it was not judged'));
  const relevant = question.judgements.filter(
    ({ region, needsNoTraffic }) => region === null || needsNoTraffic || !question.withoutTraffic.includes(region),
  );
  const parts = [...relevant, ...missing]
    .map((judgement) => partOf(judgement, question))
    .filter((part) => part !== null);
  return verdictFrom([...bareDestinations(question, relevant), ...parts], question.passesToProceed);
};

/** Several services (or sets of regions) that move together: all must go, the worst hold speaks. None at all is no go. */
export const combinedVerdict = (verdicts: readonly Verdict[]): Verdict => {
  const holds = verdicts.map(({ holdFor }) => holdFor);
  const holding = verdicts.filter(({ holdFor }) => holdFor !== null);
  const worthReading = holding.length > 0 ? holding : verdicts;
  return {
    go: verdicts.length > 0 && verdicts.every(({ go }) => go),
    holdFor: verdicts.length === 0 ? 'NO_DATA' : (WORST_FIRST.find((outcome) => holds.includes(outcome)) ?? null),
    endsOnlyByPerson: verdicts.some(({ endsOnlyByPerson }) => endsOnlyByPerson),
    passesInARow: verdicts.length === 0 ? 0 : Math.min(...verdicts.map(({ passesInARow }) => passesInARow)),
    because: verdicts.length === 0 ? ['nothing was judged'] : worthReading.flatMap(({ because }) => because),
  };
};
