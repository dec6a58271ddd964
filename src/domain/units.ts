/** Milliseconds since 1970-01-01T00:00:00Z. Comes from the Clock port; pure code only compares and adds. */
export type Instant = number;

/** A part of a whole in 1/10000: 6000 is 60 %. Integers only, so that shares add up exactly. */
export type BasisPoints = number;

export const WHOLE: BasisPoints = 10_000;

/** `6000` → `60 %`, `1234` → `12.34 %`. */
export const percentText = (share: BasisPoints): string => `${Number((share / 100).toFixed(2))} %`;

/** `90000` → `1m 30s`. For people; whole seconds, rounded up so that nobody is told "0s" while waiting. */
export const durationText = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [
    { n: Math.floor(seconds / 86_400), unit: 'd' },
    { n: Math.floor(seconds / 3600) % 24, unit: 'h' },
    { n: Math.floor(seconds / 60) % 60, unit: 'm' },
    { n: seconds % 60, unit: 's' },
  ].filter(({ n }) => n > 0);
  return parts.length === 0 ? '0s' : parts.map(({ n, unit }) => `${n}${unit}`).join(' ');
};
