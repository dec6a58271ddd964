import type { GateRule, Outcome } from '../domain/gates.ts';
import type { SignalReading } from '../domain/signals.ts';
import { type Instant, percentText, WHOLE } from '../domain/units.ts';

/** What a rule says about a number: the value it judged, the limit that decided, and both in words. */
export interface RuleOutcome {
  readonly outcome: Outcome;
  readonly value: number | null;
  readonly limit: number | null;
  readonly words: string;
}

export type NumberReading = Extract<SignalReading, { kind: 'number' }>;
export type NumberRule = Exclude<GateRule, { kind: 'state' }>;

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Six digits are more than anybody reads at 3 AM, and 0.1 + 0.2 must not fill a line of Slack. */
const numberText = (value: number): string => String(Number(value.toPrecision(6)));

const unknown = (outcome: 'NO_DATA' | 'ERROR', words: string, value: number | null = null): RuleOutcome => ({
  outcome,
  value,
  limit: null,
  words,
});

/**
 * Limits are inclusive (design section 4): a value at the pass limit passes, at the fail limit it fails. FAIL is asked
 * first, so that equal limits fail instead of passing.
 */
const atMost = (value: number, pass: number, fail: number, text: (n: number) => string): RuleOutcome => {
  if (!(Number.isFinite(pass) && Number.isFinite(fail) && pass <= fail))
    return unknown('ERROR', `limits must be numbers with pass <= fail, got ${pass} and ${fail}`, value);
  if (value >= fail) return { outcome: 'FAIL', value, limit: fail, words: `${text(value)} >= ${text(fail)} fails` };
  if (value <= pass) return { outcome: 'PASS', value, limit: pass, words: `${text(value)} <= ${text(pass)} passes` };
  const words = `${text(pass)} < ${text(value)} < ${text(fail)} is neither a pass nor a fail`;
  return { outcome: 'INCONCLUSIVE', value, limit: pass, words };
};

const atLeast = (value: number, pass: number, fail: number): RuleOutcome => {
  if (!(Number.isFinite(pass) && Number.isFinite(fail) && fail <= pass))
    return unknown('ERROR', `limits must be numbers with fail <= pass, got ${fail} and ${pass}`, value);
  const [seen, good, bad] = [numberText(value), numberText(pass), numberText(fail)];
  if (value <= fail) return { outcome: 'FAIL', value, limit: fail, words: `${seen} <= ${bad} fails` };
  if (value >= pass) return { outcome: 'PASS', value, limit: pass, words: `${seen} >= ${good} passes` };
  return {
    outcome: 'INCONCLUSIVE',
    value,
    limit: pass,
    words: `${bad} < ${seen} < ${good} is neither a pass nor a fail`,
  };
};

/** What the same minute a week ago lets us expect now, or why it cannot be said. */
const expectation = (
  reading: NumberReading,
  minimumSamples: number,
  expectedShareRatio: number,
  maximumAgeMs: number,
): { readonly expected: number } | RuleOutcome => {
  const then = reading.lastWeek;
  if (then === null) return unknown('NO_DATA', 'there is no value of the same minute a week ago');
  if (!Number.isFinite(then.value)) return unknown('ERROR', `the value of a week ago is ${then.value}`);
  if (Number.isNaN(expectedShareRatio) || expectedShareRatio < 0)
    return unknown('ERROR', `the expected share ratio is ${expectedShareRatio}`);
  if (then.sampleCount !== null && then.sampleCount < minimumSamples)
    return unknown('NO_DATA', `${then.sampleCount} samples a week ago < ${minimumSamples} needed`);
  const distance: Instant = Math.abs(reading.latest.at - WEEK_MS - then.at);
  if (!(distance <= maximumAgeMs))
    return unknown('NO_DATA', 'the value to compare with is not of the same minute a week ago');
  const expected = then.value * expectedShareRatio;
  if (!(Number.isFinite(expected) && expected > 0))
    return unknown(
      'NO_DATA',
      `nothing can be expected from ${numberText(then.value)} a week ago x ${expectedShareRatio}`,
    );
  return { expected };
};

const lastWeek = (
  reading: NumberReading,
  rule: Extract<GateRule, { kind: 'last-week' }>,
  expectedShareRatio: number,
  maximumAgeMs: number,
): RuleOutcome => {
  const basis = expectation(reading, rule.minimumSamples, expectedShareRatio, maximumAgeMs);
  if (!('expected' in basis)) return basis;
  const now = reading.latest.value;
  const deviation = (Math.abs(now - basis.expected) / basis.expected) * WHOLE;
  const judged = atMost(deviation, rule.passWithin, rule.failFrom, percentText);
  const side = now < basis.expected ? 'below' : 'above';
  return {
    ...judged,
    words: `${numberText(now)} is ${side} the ${numberText(basis.expected)} expected from last week by: ${judged.words}`,
  };
};

/** Judges a fresh, finite number with enough samples behind it. Pure arithmetic; no clock. */
export const judgeNumber = (
  reading: NumberReading,
  rule: NumberRule,
  expectedShareRatio: number,
  maximumAgeMs: number,
): RuleOutcome => {
  switch (rule.kind) {
    case 'below':
      return atMost(reading.latest.value, rule.passBelow, rule.failFrom, numberText);
    case 'above':
      return atLeast(reading.latest.value, rule.passAbove, rule.failTo);
    case 'last-week':
      return lastWeek(reading, rule, expectedShareRatio, maximumAgeMs);
  }
};
