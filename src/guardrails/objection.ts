import type { RegionId, ServiceId, SetId } from '../domain/ids.ts';
import type { Objection, ObjectionCode } from '../domain/objections.ts';
import { overrideOf } from './overridable.ts';

/** Where an objection lies, what was seen and what the limit is. Shares and capacity parts are basis points. */
export interface Details {
  readonly value?: number | string | null;
  readonly limit?: number | string | null;
  readonly region?: RegionId;
  readonly service?: ServiceId;
  readonly set?: SetId;
}

/**
 * Refusals that the world alone can end: capacity comes back, an hour passes, a window opens. All others need another
 * plan, a smaller step or a person, so that waiting for them would be a dead end (design rule 14).
 */
const MAY_PASS: ReadonlySet<ObjectionCode> = new Set<ObjectionCode>([
  'floor',
  'minimum-serving-regions',
  'budget',
  'headroom',
  'facts-too-old',
  'facts-missing',
  'another-run',
  'two-regions-out',
  'freeze',
  'outside-change-window',
  'fails-open',
  'last-resort',
  'gate-unknown',
  'gate-inconclusive',
  'too-many-dead',
  'guard-failed',
  'commit-window',
]);

const objection = (
  severity: Objection['severity'],
  code: ObjectionCode,
  because: string,
  { value = null, limit = null, ...where }: Details,
): Objection => ({
  code,
  severity,
  value,
  limit,
  override: overrideOf(code),
  because,
  ...where,
  mayPass: MAY_PASS.has(code),
});

export const refuse = (code: ObjectionCode, because: string, details: Details = {}): Objection =>
  objection('refuse', code, because, details);

export const warn = (code: ObjectionCode, because: string, details: Details = {}): Objection =>
  objection('warn', code, because, details);
