/** Lanczos' coefficients for g = 7 and nine terms: about 15 digits of ln Γ(x) for x above zero. */
const LANCZOS: readonly number[] = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const LANCZOS_G = 7;

/** ln Γ(x) for x >= 0.5, which is all that degrees of freedom need. */
const logGamma = (x: number): number => {
  const z = x - 1;
  const t = z + LANCZOS_G + 0.5;
  const series = LANCZOS.reduce((sum, term, index) => (index === 0 ? term : sum + term / (z + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
};

const PRECISION = 1e-15;
const MOST_TERMS = 10_000;
/** Keeps Lentz' method from dividing by zero. */
const TINY = 1e-300;

/** P(a, x) by its power series, which converges fast below x = a + 1. */
const lowerBySeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && Math.abs(term) > Math.abs(sum) * PRECISION; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
};

/** Q(a, x) by its continued fraction (Lentz), which converges fast above x = a + 1 and keeps small tails exact. */
const upperByFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < TINY ? TINY : an * d + b);
    c = Math.abs(b + an / c) < TINY ? TINY : b + an / c;
    const factor = d * c;
    value *= factor;
    if (Math.abs(factor - 1) < PRECISION) break;
  }
  return value * Math.exp(-x + a * Math.log(x) - logGamma(a));
};

/** Chance that a chi-squared variable with so many degrees of freedom is at least `statistic`. */
const chiSquaredTail = (statistic: number, degreesOfFreedom: number): number => {
  if (degreesOfFreedom === 0 || statistic <= 0) return 1;
  const [a, x] = [degreesOfFreedom / 2, statistic / 2];
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
};

export interface Fit {
  /** Pearson's sum of (seen − expected)² / expected; infinite when something came that should never come. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Chance that an honest server with these shares would look at least as unlike them as this. */
  readonly chance: number;
}

/** A limit on `Fit.chance` that an honest server falls below once in a million runs. */
export const ONE_IN_A_MILLION = 1e-6;

const assertCounts = (counts: readonly number[]): void => {
  if (counts.some((count) => !Number.isInteger(count) || count < 0))
    throw new RangeError(`counts are whole numbers from 0, not ${counts.join(', ')}`);
};

/**
 * Pearson's chi-squared test: how well counts of answers fit the shares they should have. `parts` are in any unit, one per
 * count, and need not add up to anything. A part of 0 must have no answers: one is enough to rule the shares out. The test
 * wants about five expected answers or more for each part that is not 0; ask more often where a part is small.
 */
export const fitOf = (counts: readonly number[], parts: readonly number[]): Fit => {
  assertCounts(counts);
  if (counts.length !== parts.length || parts.some((part) => !(part >= 0)))
    throw new RangeError(`${counts.length} counts need as many parts from 0, not ${parts.join(', ')}`);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const asked = counts.reduce((sum, count) => sum + count, 0);
  const degreesOfFreedom = Math.max(0, parts.filter((part) => part > 0).length - 1);
  if (counts.some((count, index) => count > 0 && !((parts[index] ?? 0) > 0)))
    return { statistic: Number.POSITIVE_INFINITY, degreesOfFreedom, chance: 0 };
  if (asked === 0) return { statistic: 0, degreesOfFreedom, chance: 1 };
  const statistic = counts.reduce((sum, count, index) => {
    const expected = (asked * (parts[index] ?? 0)) / whole;
    return expected === 0 ? sum : sum + (count - expected) ** 2 / expected;
  }, 0);
  return { statistic, degreesOfFreedom, chance: chiSquaredTail(statistic, degreesOfFreedom) };
};

/** How many standard deviations to each side hold so much of a normal distribution: 1.96 for 0.95. */
const deviationsFor = (confidence: number): number => {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`a confidence is between 0 and 1, not ${confidence}`);
  let [low, high] = [0, 40];
  for (let halving = 0; halving < 100; halving += 1) {
    const middle = (low + high) / 2;
    if (chiSquaredTail(middle * middle, 1) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

export interface Interval {
  /** Between 0 and 1. */
  readonly from: number;
  readonly to: number;
}

/**
 * Wilson's score interval for the true part of something seen `count` times of `asked`: never outside 0 to 1, and honest where
 * a part is close to either end, where the usual plus or minus is not (E. B. Wilson, JASA 22, 1927). All of 0 to 1 when
 * nothing was asked.
 */
export const intervalOf = (count: number, asked: number, confidence = 0.95): Interval => {
  assertCounts([count, asked]);
  if (count > asked) throw new RangeError(`${count} of ${asked} cannot have been seen`);
  const z2 = deviationsFor(confidence) ** 2;
  if (asked === 0) return { from: 0, to: 1 };
  const seen = count / asked;
  const scale = 1 + z2 / asked;
  const middle = (seen + z2 / (2 * asked)) / scale;
  const reach = (Math.sqrt(z2) / scale) * Math.sqrt((seen * (1 - seen)) / asked + z2 / (4 * asked * asked));
  return {
    from: count === 0 ? 0 : Math.max(0, middle - reach),
    to: count === asked ? 1 : Math.min(1, middle + reach),
  };
};

/**
 * The largest part that something may have which never came in `asked` independent answers: at 95 % about three over the
 * number of answers (the rule of three), here exactly. 1 when nothing was asked.
 */
export const mostUnseen = (asked: number, confidence = 0.95): number => {
  assertCounts([asked]);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`a confidence is between 0 and 1, not ${confidence}`);
  return asked === 0 ? 1 : 1 - (1 - confidence) ** (1 / asked);
};
