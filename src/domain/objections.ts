import type { RegionId, ServiceId, SetId } from './ids.ts';

/** Who may set an objection aside. The list of what can be overridden at all is closed (design rule 12). */
export type Override = 'nobody' | 'admin-and-second-person';

/**
 * A pure "no" (or a warning): what was seen, what the limit is, and who may override. All of them at once, so that nobody
 * at 3 AM has to fix them one retry at a time.
 */
export interface Objection {
  readonly code: ObjectionCode;
  readonly severity: 'refuse' | 'warn';
  readonly value: number | string | null;
  readonly limit: number | string | null;
  readonly override: Override;
  /** One sentence, complete without the fields above. */
  readonly because: string;
  readonly region?: RegionId;
  readonly service?: ServiceId;
  readonly set?: SetId;
  /** Ends by itself once this instant has passed or the value is inside the limit: a hold, not a dead end. */
  readonly mayPass: boolean;
}

export const OBJECTION_CODES = [
  'floor',
  'minimum-serving-regions',
  'budget',
  'headroom',
  'step-too-large',
  'bake-too-short',
  'facts-too-old',
  'facts-missing',
  'base-moved',
  'another-run',
  'two-regions-out',
  'freeze',
  'outside-change-window',
  'all-drained',
  'fails-open',
  'last-resort',
  'drain-method-unsupported',
  'same-person',
  'plan-expired',
  'plan-overdue',
  'config-superseded',
  'gate-fail',
  'gate-unknown',
  'gate-inconclusive',
  'too-many-dead',
  'not-proven-dead',
  'layers-fight',
  'foreign-store',
  'store-in-source',
  'unknown-member',
  'steered-record',
  'ttl-too-long',
  'guard-failed',
  'commit-window',
  'outside-envelope',
  'nothing-to-do',
  'impossible-move',
] as const;

export type ObjectionCode = (typeof OBJECTION_CODES)[number];

export const refusals = (objections: readonly Objection[]): readonly Objection[] =>
  objections.filter(({ severity }) => severity === 'refuse');
