const HALF = 2 ** 31;
const WHOLE = 2 ** 32;

/** The serial after this one: it wraps, and 0 follows the largest (RFC 1982, 3.1). */
export const nextSerial = (serial: number): number => (serial + 1) % WHOLE;

/**
 * Whether a zone with serial `seen` has everything that it had with serial `wanted`: serials go round, so that the nearer way
 * decides (RFC 1982, 3.2). False where they are exactly half a circle apart, which the RFC leaves open.
 */
export const hasReached = (seen: number, wanted: number): boolean => (seen - wanted + WHOLE) % WHOLE < HALF;
