import { within } from '../capacity/limit.ts';
import type { Measured } from '../capacity/measure.ts';
import type { ServiceModel } from '../capacity/service-model.ts';
import type { SetModel } from '../capacity/set-after.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { OverrideRequest } from '../domain/plan.ts';
import { durationText } from '../domain/units.ts';
import { collect, NONE, type Standing, type StepContext } from './context.ts';
import { type Details, refuse } from './objection.ts';
import { overrideOf, softened } from './overridable.ts';

const missing = (because: string, details: Details): Objection => refuse('facts-missing', because, details);

const tooOld = (what: string, ageMs: number, limit: number, details: Details): Objection =>
  refuse('facts-too-old', `${what} is ${durationText(ageMs)} old, at most ${durationText(limit)} may be relied on`, {
    value: ageMs,
    limit,
    ...details,
  });

/** What this run wrote last needs no age: the vendor confirmed it, and the next write expects exactly that. */
export const setFacts = ({ now, limits }: Standing, { planned, facts, shape }: SetModel): readonly Objection[] => {
  const { ref } = planned;
  const details = { set: ref.set, service: planned.service };
  if (facts === null) return [missing(`${ref.name} ${ref.type} was not read, so nobody knows what it holds`, details)];
  const objections: Objection[] = [];
  if (shape.capabilities === null)
    objections.push(missing(`nothing is known about the vendor ${ref.provider} of ${ref.name} ${ref.type}`, details));
  const ageMs = now - facts.observedAt;
  if (facts.source === 'listed' && !within(ageMs, limits.factsMaximumAgeMs))
    objections.push(tooOld(`what ${ref.name} ${ref.type} holds`, ageMs, limits.factsMaximumAgeMs, details));
  return objections;
};

/** An override of headroom that names the service, one of these destinations, or nothing in particular. */
const headroomOverride = (
  { envelope }: Standing,
  service: ServiceId,
  regions: readonly RegionId[],
): OverrideRequest | undefined =>
  envelope.overrides.find(
    ({ code, names }) =>
      code === 'headroom' &&
      (names.length === 0 || names.includes(service) || regions.some((region) => names.includes(region))),
  );

/** What cannot be known leaves headroom unproven: whoever may set headroom aside may set this aside too. */
const likeHeadroom = (objection: Objection, override: OverrideRequest | undefined): Objection => {
  const overridable: Objection = { ...objection, override: overrideOf('headroom') };
  return override === undefined ? overridable : softened(overridable, override);
};

/**
 * In an emergency nobody may be able to ask monitoring at all: then the plan's own demand counts, if it was known when the
 * plan was made. None at all is not zero.
 */
const demandUnknown = (standing: Standing, service: ServiceId): Objection => {
  const objection = missing(
    `${service}: its demand is not known now, and a region that reports nothing is never zero`,
    { service },
  );
  if (standing.mode !== 'emergency') return objection;
  return likeHeadroom(objection, headroomOverride(standing, service, []));
};

/**
 * The demand must be of now; in an emergency the last good one counts, or the plan's own, up to `emergencyFactsAge`
 * (design section 4). Cref is frozen in the plan: without it there is no K, and without K no floor.
 */
export const serviceFacts = (standing: Standing, model: ServiceModel): readonly Objection[] => {
  const { now, mode, maximumAgeMs, envelope } = standing;
  const { service } = model.planned;
  const objections: Objection[] = [];
  if (model.facts === null)
    return [missing(`nothing is known about ${service}: neither its capacity nor its health`, { service })];
  if (model.reference.whole === null || Number.isNaN(model.reference.whole))
    objections.push(
      missing(`${service}: the capacity of a home region is unknown, so its floor cannot be judged`, { service }),
    );
  if (!Number.isFinite(model.demand))
    objections.push(missing(`${service}: its demand is ${model.demand}, which is no number`, { service }));
  const measuredAt = model.facts.demand.measured?.at ?? null;
  const ownIsGood = mode === 'emergency' && model.planned.demand > 0;
  const goodAt = ownIsGood ? Math.max(measuredAt ?? envelope.madeAt, envelope.madeAt) : measuredAt;
  if (goodAt === null) objections.push(demandUnknown(standing, service));
  else if (!within(now - goodAt, maximumAgeMs))
    objections.push(tooOld(`the demand of ${service}`, now - goodAt, maximumAgeMs, { service }));
  return objections;
};

/**
 * What runs in a destination must be known and of now (in an emergency the last good one counts for a while): without it
 * there is no headroom that anybody could rely on. So it must for a standby that serves, which counts with what runs there.
 * Whoever may set headroom aside for that destination may set this aside too.
 */
export const capacityFacts = (context: StepContext, { model, gains, after }: Measured): readonly Objection[] =>
  collect(model.regions, (region, r) => {
    const { service, home } = model.planned;
    const isServingStandby = (home[region] ?? 0) === 0 && (after[r] ?? 0) > 0;
    if (gains[r] !== true && !isServingStandby) return NONE;
    const reading = model.facts?.regions[region]?.capacityNow ?? null;
    const details = { region, service };
    const ageMs = reading === null ? null : context.now - reading.at;
    if (ageMs !== null && model.running[r] !== null && within(ageMs, context.maximumAgeMs)) return NONE;
    const what = `what runs in ${region} for ${service}`;
    const objection =
      ageMs === null || model.running[r] === null
        ? missing(`${what} is unknown, so it has no proven headroom`, details)
        : tooOld(what, ageMs, context.maximumAgeMs, details);
    return [likeHeadroom(objection, headroomOverride(context, service, [region]))];
  });
