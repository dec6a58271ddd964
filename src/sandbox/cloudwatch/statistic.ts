import { CloudWatchError } from './errors.ts';

/** One published data point: a statistic set, with the single values where they were published. */
export type Sample = {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** Pairs of a value and how often it occurred; undefined when only the statistic set was published. */
  readonly values?: readonly (readonly [value: number, count: number])[];
};

/** Folds the samples of one period to one value; undefined: no data point. */
export type Statistic = (samples: readonly Sample[]) => number | undefined;

const total = (samples: readonly Sample[], of: (sample: Sample) => number): number =>
  samples.reduce((sum, sample) => sum + of(sample), 0);

const FOLDS: Readonly<Record<string, Statistic>> = {
  SampleCount: (samples) => total(samples, (sample) => sample.count),
  Sum: (samples) => total(samples, (sample) => sample.sum),
  Average: (samples) => total(samples, (sample) => sample.sum) / total(samples, (sample) => sample.count),
  Minimum: (samples) => samples.reduce((least, sample) => Math.min(least, sample.min), Infinity),
  Maximum: (samples) => samples.reduce((most, sample) => Math.max(most, sample.max), -Infinity),
};

/**
 * A statistic set keeps no single values, so percentiles exist only when all its values were equal
 * (API model of PutMetricData, 2010-08-01).
 */
const valuesOf = (sample: Sample): Sample['values'] =>
  sample.values ?? (sample.min === sample.max ? [[sample.min, sample.count]] : undefined);

const percentile =
  (percent: number): Statistic =>
  (samples) => {
    const values: (readonly [number, number])[] = [];
    for (const sample of samples) {
      const own = valuesOf(sample);
      if (own === undefined) return undefined;
      values.push(...own);
    }
    values.sort(([a], [b]) => a - b);
    const rank = (total(samples, (sample) => sample.count) * percent) / 100;
    let seen = 0;
    for (const [value, count] of values) {
      seen += count;
      if (seen >= rank) return value;
    }
    return values.at(-1)?.[0];
  };

/** Parses `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` and `p0` to `p100`; refuses every other statistic. */
export const parseStatistic = (text: string): Statistic => {
  const fold = Object.hasOwn(FOLDS, text) ? FOLDS[text] : undefined;
  if (fold !== undefined) return fold;
  const percent = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return percentile(Number(percent));
  throw new CloudWatchError(
    'validation-error',
    `The statistic ${text} is not served here; use Sum, Average, Minimum, Maximum, SampleCount or p0 to p100.`,
  );
};
