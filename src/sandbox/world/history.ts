import type { CellState } from './cell.ts';

/** What one period measured of one service in one region. */
export type PeriodRecord = {
  readonly requests: number;
  readonly errors: number;
  readonly latencyP99Ms: number;
  readonly capacityRps: number;
  readonly utilisation: number;
};

type Running = {
  seconds: number;
  requests: number;
  errors: number;
  latencyMs: number;
  capacity: number;
  use: number;
  silent: boolean;
};

/** The periods of one cell since the world began. */
export type History = {
  readonly add: (state: CellState, fromMs: number, seconds: number, silent: boolean) => void;
  /** Undefined: before the first full period. Null: nothing was published, or the period is not over. */
  readonly at: (timeMs: number) => PeriodRecord | null | undefined;
};

/** A period that has not been lived through completely would look like a loss of traffic. */
const COMPLETE = 0.999;

export const createHistory = (startMs: number, periodMs: number): History => {
  const firstMs = Math.ceil(startMs / periodMs) * periodMs;
  const periods: Running[] = [];
  return {
    add: (state, fromMs, seconds, silent) => {
      if (fromMs < firstMs) return;
      const index = Math.floor((fromMs - firstMs) / periodMs);
      const period = periods[index] ?? {
        seconds: 0,
        requests: 0,
        errors: 0,
        latencyMs: 0,
        capacity: 0,
        use: 0,
        silent: false,
      };
      periods[index] = period;
      period.seconds += seconds;
      period.requests += state.offeredRps * seconds;
      period.errors += state.offeredRps * state.errorRate * seconds;
      period.latencyMs = Math.max(period.latencyMs, state.latencyP99Ms);
      period.capacity += state.capacityRps * seconds;
      period.use += state.utilisation * seconds;
      period.silent ||= silent;
    },
    at: (timeMs) => {
      if (timeMs < firstMs) return undefined;
      const period = periods[Math.floor((timeMs - firstMs) / periodMs)];
      if (period === undefined || period.silent || period.seconds * 1000 < periodMs * COMPLETE) return null;
      const { seconds, requests, errors, latencyMs, capacity, use } = period;
      return {
        requests: Math.round(requests),
        errors: Math.round(errors),
        latencyP99Ms: latencyMs,
        capacityRps: capacity / seconds,
        utilisation: use / seconds,
      };
    },
  };
};
