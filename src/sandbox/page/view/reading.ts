import type { Names } from '../types.ts';

/** Who reads, and when: what mentions and dates become depends on both. */
export interface Reading {
  readonly names: Names;
  readonly nowMs: number;
  /** IANA name. */
  readonly tz: string;
}
