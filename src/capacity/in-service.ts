/**
 * What one region of one service counts for (design section 4). Arrays run over the service's regions in one fixed order;
 * capacity is in the service's unit, shares are parts of 1.
 */
export interface Reference {
  /** Cref, or Cnow for a standby: what the region counts when it serves its whole part. */
  readonly counted: readonly number[];
  /** g: the share from which on it counts in full. */
  readonly grain: readonly number[];
  /** K = Σ Cref over regions with h > 0; null when one of them is unknown. */
  readonly whole: number | null;
}

export interface RegionReference {
  /** h, a part of 1. */
  readonly home: number;
  /** Cref, null when unknown. */
  readonly reference: number | null;
  /** Cnow, null when unknown. */
  readonly now: number | null;
}

/** Home regions count Cref from g = h; a standby (h = 0) counts Cnow from g = Cref / ΣCref. Unknown counts as nothing. */
export const referenceOf = (regions: readonly RegionReference[]): Reference => {
  let all = 0;
  let whole: number | null = 0;
  for (const { home, reference } of regions) {
    all += reference ?? 0;
    if (home <= 0) continue;
    whole = whole === null || reference === null ? null : whole + reference;
  }
  return {
    counted: regions.map(({ home, reference, now }) => (home > 0 ? reference : now) ?? 0),
    grain: regions.map(({ home, reference }) => (home > 0 ? home : all > 0 ? (reference ?? 0) / all : 0)),
    whole,
  };
};

/** I = Cref · min(1, w/g). A region without a grain has no known capacity and counts as nothing. */
export const inService = (counted: number, share: number, grain: number): number =>
  grain > 0 ? counted * Math.min(1, share / grain) : 0;

/** Which part of its capacity each region counts: 1 or 0, by its health. */
export type Credit = readonly number[];

/** S = min(K, Σ I) over the regions that get credit. */
export const served = (reference: Reference, shares: readonly number[], credit: Credit): number => {
  let total = 0;
  for (let r = 0; r < shares.length; r += 1)
    total += (credit[r] ?? 0) * inService(reference.counted[r] ?? 0, shares[r] ?? 0, reference.grain[r] ?? 0);
  return Math.min(reference.whole ?? 0, total);
};

/** The most S could be if every region that gets credit had its whole part: what a dead region takes with it is gone. */
export const servedAtMost = (reference: Reference, credit: Credit): number => {
  let total = 0;
  for (let r = 0; r < reference.counted.length; r += 1) total += (credit[r] ?? 0) * (reference.counted[r] ?? 0);
  return Math.min(reference.whole ?? 0, total);
};

/** A removal as a part of K, 0..1. Nothing can be removed from a service without home capacity. */
export const partOf = (capacity: number, whole: number | null): number =>
  whole === null || whole <= 0 ? 0 : capacity / whole;
