/** Even an idle service fails now and then. */
const BASE_ERROR_RATE = 0.0005;

/** Where time-outs begin, and the error rate that they add when the last bit of capacity is used. */
const PRESSURE_FROM = 0.9;
const PRESSURE_ERROR_RATE = 0.02;

/** The share of requests that fail at a utilisation (1 = all capacity used); whatever exceeds capacity is shed. */
export const errorRateAt = (utilisation: number): number => {
  const pressure = Math.min(1, Math.max(0, (utilisation - PRESSURE_FROM) / (1 - PRESSURE_FROM)));
  const served = 1 - BASE_ERROR_RATE - PRESSURE_ERROR_RATE * pressure ** 2;
  return utilisation > 1 ? 1 - served / utilisation : 1 - served;
};

/** Waiting grows with u / (1 - u), as in any queue; the factor puts twice the idle latency at 80 % utilisation. */
const QUEUEING = 0.25;

/** Beyond this the formula would run to infinity, while a real queue is cut by time-outs. */
const STEEP_UNTIL = 0.97;
const CLIENT_TIMEOUT_MS = 30_000;

/** Latency (p99, ms) at a utilisation, for a service that takes `baseLatencyMs` when idle. */
export const latencyP99MsAt = (utilisation: number, baseLatencyMs: number): number => {
  const u = Math.min(utilisation, STEEP_UNTIL);
  const queueing = 1 + (QUEUEING * u) / (1 - u);
  const overload = Math.max(1, utilisation / STEEP_UNTIL) ** 2;
  return Math.min(CLIENT_TIMEOUT_MS, baseLatencyMs * queueing * overload);
};
