import type { GateJudgement, GateRule, GateSpec } from '../domain/gates.ts';
import type { RegionId, SignalId } from '../domain/ids.ts';
import type { SignalReading, SignalSpec } from '../domain/signals.ts';
import { durationText, type Instant } from '../domain/units.ts';
import { UNDECLARED } from './independence.ts';
import { judgeNumber, type NumberReading, type NumberRule, type RuleOutcome } from './number-rules.ts';

export interface GateContext {
  readonly now: Instant;
  /** A reading older than this says nothing about now: NO_DATA. Inclusive. */
  readonly maximumAgeMs: number;
  /** This region's expected share now divided by its share a week ago; 1 where nothing moved. Only `last-week` reads it. */
  readonly expectedShareRatio: number;
}

const outcome = (kind: RuleOutcome['outcome'], words: string, value: number | null = null): RuleOutcome => ({
  outcome: kind,
  value,
  limit: null,
  words,
});

const whenTrue = (reading: SignalReading): Instant => (reading.kind === 'number' ? reading.latest.at : reading.readAt);

/** Null when the reading is of now. A reading from the future means that two clocks differ: then no age can be trusted. */
const tooOld = (at: Instant, { now, maximumAgeMs }: GateContext): RuleOutcome | null => {
  if (!Number.isFinite(at)) return outcome('ERROR', 'the reading does not say when it was true');
  const ageMs = now - at;
  if (ageMs < 0) return outcome('ERROR', `the reading lies ${durationText(-ageMs)} in the future: clocks differ`);
  if (ageMs <= maximumAgeMs) return null;
  return outcome(
    'NO_DATA',
    `the last reading is ${durationText(ageMs)} old, at most ${durationText(maximumAgeMs)} is allowed`,
  );
};

const judgeNumberReading = (reading: NumberReading, rule: NumberRule, context: GateContext): RuleOutcome => {
  const { value, sampleCount } = reading.latest;
  if (!Number.isFinite(value)) return outcome('ERROR', `the backend says ${value}, which is no number`);
  if (rule.minimumSamples > 0 && sampleCount === null)
    return outcome('NO_DATA', `how many samples stand behind it is unknown, ${rule.minimumSamples} are needed`, value);
  if (!((sampleCount ?? 0) >= rule.minimumSamples))
    return outcome('NO_DATA', `${sampleCount} samples < ${rule.minimumSamples} needed`, value);
  return judgeNumber(reading, rule, context.expectedShareRatio, context.maximumAgeMs);
};

const judgeReading = (reading: SignalReading, rule: GateRule, context: GateContext): RuleOutcome => {
  if (reading.kind === 'error') return outcome('ERROR', reading.because);
  if (reading.kind === 'no-data') return outcome('NO_DATA', reading.because);
  const old = tooOld(whenTrue(reading), context);
  if (old !== null) return old;
  if (reading.kind === 'state') {
    if (rule.kind !== 'state')
      return outcome('ERROR', `a rule of kind ${rule.kind} needs a number, its signal is a state`);
    return outcome(reading.state === 'ok' ? 'PASS' : 'FAIL', `${reading.state}: ${reading.because}`);
  }
  if (rule.kind === 'state') return outcome('ERROR', 'a rule of kind state needs a state, its signal is a number');
  return judgeNumberReading(reading, rule, context);
};

const sentence = (spec: GateSpec, words: string): string => `${spec.gate} (${spec.region ?? 'all regions'}): ${words}`;

const judgeAny = (
  spec: GateSpec,
  signal: SignalSpec,
  reading: SignalReading | undefined,
  context: GateContext,
): RuleOutcome => {
  if (spec.signal !== signal.signal)
    return outcome('ERROR', `the gate asks for signal ${spec.signal}, it was given ${signal.signal}`);
  if (reading === undefined) return outcome('ERROR', `signal ${signal.signal} was not read`);
  if (reading.signal !== signal.signal)
    return outcome('ERROR', `the reading is of signal ${reading.signal}, not of ${signal.signal}`);
  return judgeReading(reading, spec.rule, context);
};

/**
 * One gate against one reading: exactly one of five outcomes, in a sentence with value, operator and limit. Whatever is
 * missing, stale, of the wrong kind or not a finite number is NO_DATA or ERROR, never a pass (design rule 6). Never throws.
 */
export const judgeGate = (
  spec: GateSpec,
  signal: SignalSpec,
  reading: SignalReading | undefined,
  context: GateContext,
): GateJudgement => {
  const judged = judgeAny(spec, signal, reading, context);
  const at = reading === undefined ? context.now : whenTrue(reading);
  return {
    gate: spec.gate,
    region: spec.region,
    outcome: judged.outcome,
    value: judged.value,
    limit: judged.limit,
    because: sentence(spec, judged.words),
    observedAt: Number.isFinite(at) ? at : context.now,
    critical: spec.critical,
    needsNoTraffic: signal.needsNoTraffic,
    backend: signal.backend,
    vantage: signal.vantage,
    evidence: signal.derivedFrom ?? signal.signal,
  };
};

/** What stands in for a gate that cannot be judged at all: ERROR, and independent of nothing. */
export const unjudgedGate = (spec: GateSpec, now: Instant, why: string): GateJudgement => ({
  gate: spec.gate,
  region: spec.region,
  outcome: 'ERROR',
  value: null,
  limit: null,
  because: sentence(spec, why),
  observedAt: now,
  critical: spec.critical,
  needsNoTraffic: false,
  backend: UNDECLARED,
  vantage: UNDECLARED,
  evidence: spec.signal,
});

/** The signal at the end of the chain of `derivedFrom`: what all of them really rest on. A circle ends where it closes. */
const rootOf = (signal: SignalSpec, byId: ReadonlyMap<SignalId, SignalSpec>): SignalId => {
  const seen = new Set<SignalId>([signal.signal]);
  let root = signal;
  while (root.derivedFrom !== null && !seen.has(root.derivedFrom)) {
    seen.add(root.derivedFrom);
    const next = byId.get(root.derivedFrom);
    if (next === undefined) return root.derivedFrom;
    root = next;
  }
  // In a circle all members are one evidence: the least name stands for them, whichever of them was asked.
  return root.derivedFrom === null ? root.signal : ([...seen].sort()[0] ?? root.signal);
};

/** The same list of signals is asked at every look. */
const indexes = new WeakMap<readonly SignalSpec[], ReadonlyMap<SignalId, SignalSpec>>();

const indexed = (signals: readonly SignalSpec[]): ReadonlyMap<SignalId, SignalSpec> => {
  const index = indexes.get(signals) ?? new Map(signals.map((signal) => [signal.signal, signal]));
  indexes.set(signals, index);
  return index;
};

type RoundContext = Omit<GateContext, 'expectedShareRatio'> & {
  readonly expectedShareRatio: (region: RegionId | null) => number;
};

/**
 * A judge of one round of readings, for the gates of any number of services: one judgement each in the order of its specs.
 * Chains of derived signals are followed to their root, so that two signals derived from one are the same evidence (design
 * section 4). The round is indexed once: a fleet has as many signals as all its services together.
 */
export const gateRound = (
  signals: readonly SignalSpec[],
  readings: readonly SignalReading[],
): ((specs: readonly GateSpec[], context: RoundContext) => readonly GateJudgement[]) => {
  const signalById = indexed(signals);
  const readingById = new Map(readings.map((reading) => [reading.signal, reading]));
  return (specs, context) => {
    const unmoved: GateContext = { ...context, expectedShareRatio: 1 };
    return specs.map((spec) => {
      // Only this rule asks for it, and it costs a walk over all sets of the service.
      const own =
        spec.rule.kind === 'last-week'
          ? { ...context, expectedShareRatio: context.expectedShareRatio(spec.region) }
          : unmoved;
      const signal = signalById.get(spec.signal);
      if (signal === undefined) return unjudgedGate(spec, context.now, `the config has no signal ${spec.signal}`);
      const root = signal.derivedFrom === null ? signal.signal : rootOf(signal, signalById);
      const derivedFrom = root === signal.signal ? null : root;
      const rooted = derivedFrom === signal.derivedFrom ? signal : { ...signal, derivedFrom };
      return judgeGate(spec, rooted, readingById.get(spec.signal), own);
    });
  };
};

/** All gates of one service in a round of its own. */
export const judgeGates = (
  specs: readonly GateSpec[],
  signals: readonly SignalSpec[],
  readings: readonly SignalReading[],
  context: RoundContext,
): readonly GateJudgement[] => gateRound(signals, readings)(specs, context);
