/** What identifies a metric: exactly these dimensions, no fewer and no more. */
export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

type WireDimension = { readonly Name: string; readonly Value: string };

/** One text per metric, whatever the order in which the dimensions were written. */
export const metricKey = (metric: Metric): string => {
  const pairs = Object.entries(metric.dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([metric.namespace, metric.name, pairs]);
};

export const fromWireDimensions = (dimensions: readonly WireDimension[] | undefined): Record<string, string> =>
  Object.fromEntries((dimensions ?? []).map(({ Name, Value }) => [Name, Value]));

export const toWireDimensions = (dimensions: Readonly<Record<string, string>>): WireDimension[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

/** Whether a metric carries all the given dimensions; it may carry others too. */
export const carries = (metric: Metric, dimensions: Readonly<Record<string, string>>): boolean =>
  Object.entries(dimensions).every(([name, value]) => metric.dimensions[name] === value);
