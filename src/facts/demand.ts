import type { ServiceConfig } from '../domain/config.ts';
import type { DemandFacts, Reading } from '../domain/facts.ts';
import type { RegionId, SignalId } from '../domain/ids.ts';
import { entriesOf, sum } from '../domain/records.ts';
import type { Point, SignalReading } from '../domain/signals.ts';
import { type Instant, WHOLE } from '../domain/units.ts';

type Readings = ReadonlyMap<SignalId, SignalReading>;
type NumberReading = Extract<SignalReading, { kind: 'number' }>;

const numberOf = (readings: Readings, signal: SignalId): NumberReading | null => {
  const reading = readings.get(signal);
  return reading?.kind === 'number' && Number.isFinite(reading.latest.value) ? reading : null;
};

const oldest = (points: readonly { readonly at: Instant }[]): Instant => Math.min(...points.map(({ at }) => at));

/** The sum of the points, dated by the oldest of them; null when one is missing. */
const total = (points: readonly (Point | null)[]): Reading | null => {
  const known = points.filter((point) => point !== null);
  if (known.length === 0 || known.length < points.length) return null;
  return { value: sum(known.map(({ value }) => value)), at: oldest(known) };
};

/** Highest sum at an instant for which every region reported: what users asked for before anything went wrong. */
const highestWhole = (series: readonly (readonly Point[])[]): Reading | null => {
  const [first, ...others] = series;
  if (first === undefined) return null;
  const byTime = others.map((points) => new Map(points.map((point) => [point.at, point])));
  let best: Reading | null = null;
  for (const point of first) {
    const whole = total([point, ...byTime.map((points) => points.get(point.at) ?? null)]);
    if (whole !== null && (best === null || whole.value >= best.value)) best = whole;
  }
  return best;
};

/**
 * What is known of the demand for one service. A region that reports nothing is never zero: only one whose share is zero
 * may be silent, because monitoring sends no point where there is no request.
 */
export const demandFacts = (
  service: ServiceConfig,
  readings: Readings,
  shareOf: (region: RegionId) => number,
  now: Instant,
): DemandFacts => {
  const { demand } = service;
  if (demand.kind === 'fixed') {
    const fixed = { value: demand.value, at: now };
    const peak = { value: (demand.value * service.forecastPeak) / WHOLE, at: now };
    return { measured: fixed, beforeTrouble: null, lastWeek: null, forecastPeak: peak };
  }
  const byRegion = entriesOf<RegionId, SignalId>(demand.byRegion).map(([region, signal]) => ({
    region,
    reading: numberOf(readings, signal),
  }));
  const speaking = byRegion.filter(({ region, reading }) => reading !== null || shareOf(region) > 0);
  const measured = total(speaking.map(({ reading }) => reading?.latest ?? null));
  const lastWeek = total(byRegion.map(({ reading }) => reading?.lastWeek ?? null));
  const peak = measured === null ? null : { value: (measured.value * service.forecastPeak) / WHOLE, at: measured.at };
  const beforeTrouble = highestWhole(byRegion.map(({ reading }) => reading?.recent ?? []));
  return { measured, beforeTrouble, lastWeek, forecastPeak: peak };
};

export const trafficOf = (service: ServiceConfig, readings: Readings, region: RegionId): Reading | null => {
  if (service.demand.kind === 'fixed') return null;
  const signal = service.demand.byRegion[region];
  const reading = signal === undefined ? null : numberOf(readings, signal);
  return reading === null ? null : { value: reading.latest.value, at: reading.latest.at };
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** Capacity that runs now and the reference `Cref`, each null where nothing says so. */
export const capacityFacts = (
  service: ServiceConfig,
  readings: Readings,
  region: RegionId,
  now: Instant,
): { readonly now: Reading | null; readonly reference: Reading | null } => {
  const source = service.capacity[region];
  if (source === undefined) return { now: null, reference: null };
  if (source.kind === 'fixed') {
    const fixed = { value: source.value, at: now };
    return { now: fixed, reference: fixed };
  }
  const reading = numberOf(readings, source.now);
  const running = reading === null ? null : { value: reading.latest.value, at: reading.latest.at };
  if (source.reference !== 'highest-of-24h') return { now: running, reference: { value: source.reference, at: now } };
  const lastDay = (reading?.recent ?? []).filter(({ at }) => at >= now - DAY_MS);
  const highest = lastDay.reduce<Point | null>((best, p) => (best === null || p.value > best.value ? p : best), null);
  return { now: running, reference: highest === null ? running : { value: highest.value, at: highest.at } };
};
