import type { Objection, ObjectionCode, Override } from '../domain/objections.ts';
import type { OverrideRequest } from '../domain/plan.ts';

/**
 * The closed list of design rule 12: the minimum of serving regions, rules 6 and 9, headroom, freeze, two regions out, and
 * the gate part of rule 11. Nothing else can be set aside by anybody, least of all the floor and the last serving member.
 * That too many regions are called dead is part of rule 6: it means that their health is unknown.
 */
export const OVERRIDABLE: ReadonlySet<ObjectionCode> = new Set<ObjectionCode>([
  'minimum-serving-regions',
  'gate-fail',
  'gate-inconclusive',
  'gate-unknown',
  'too-many-dead',
  'budget',
  'headroom',
  'freeze',
  'two-regions-out',
]);

export const overrideOf = (code: ObjectionCode): Override =>
  OVERRIDABLE.has(code) ? 'admin-and-second-person' : 'nobody';

/**
 * The approved break-glass that covers an objection. `named` are the names it must contain: for gates all of them, written
 * out (design rule 6); for the others an empty list means every objection of the code.
 */
export const overrideFor = (
  code: ObjectionCode,
  named: readonly string[],
  overrides: readonly OverrideRequest[],
): OverrideRequest | undefined =>
  OVERRIDABLE.has(code)
    ? overrides.find((override) => override.code === code && named.every((name) => override.names.includes(name)))
    : undefined;

/** What a break-glass makes of a refusal: still said, still on record, no longer in the way. */
export const softened = (objection: Objection, override: OverrideRequest): Objection => ({
  ...objection,
  severity: 'warn',
  because: `${objection.because} (set aside: ${override.because})`,
});

const covers = ({ code, names }: OverrideRequest, objection: Objection): boolean =>
  code === objection.code &&
  (names.length === 0 ||
    (objection.region !== undefined && names.includes(objection.region)) ||
    (objection.service !== undefined && names.includes(objection.service)));

/**
 * The same objections, those covered by an approved override as warnings. Gates are left alone: their guard has looked for
 * overrides that name gate and destination, and an empty list covers none of them.
 */
export const withOverrides = (
  objections: readonly Objection[],
  overrides: readonly OverrideRequest[],
): readonly Objection[] =>
  overrides.length === 0
    ? objections
    : objections.map((objection) => {
        if (objection.severity === 'warn' || objection.code.startsWith('gate-')) return objection;
        const override = OVERRIDABLE.has(objection.code) ? overrides.find((one) => covers(one, objection)) : undefined;
        return override === undefined ? objection : softened(objection, override);
      });
