import { within } from '../capacity/limit.ts';
import type { ServiceModel } from '../capacity/service-model.ts';
import type { SetModel } from '../capacity/set-model.ts';
import type { Objection } from '../domain/objections.ts';
import { durationText } from '../domain/units.ts';
import type { Standing } from './context.ts';
import { type Details, refuse } from './objection.ts';

const missing = (because: string, details: Details): Objection => refuse('facts-missing', because, details);

const tooOld = (what: string, ageMs: number, limit: number, details: Details): Objection =>
  refuse('facts-too-old', `${what} is ${durationText(ageMs)} old, at most ${durationText(limit)} may be relied on`, {
    value: ageMs,
    limit,
    ...details,
  });

/** What this run wrote last needs no age: the vendor confirmed it, and the next write expects exactly that. */
export const setFacts = (
  { now, limits }: Standing,
  { planned, facts, capabilities }: SetModel,
): readonly Objection[] => {
  const { ref } = planned;
  const details = { set: ref.set, service: planned.service };
  if (facts === null) return [missing(`${ref.name} ${ref.type} was not read, so nobody knows what it holds`, details)];
  const objections: Objection[] = [];
  if (capabilities === null)
    objections.push(missing(`nothing is known about the vendor ${ref.provider} of ${ref.name} ${ref.type}`, details));
  const ageMs = now - facts.observedAt;
  if (facts.source === 'listed' && !within(ageMs, limits.factsMaximumAgeMs))
    objections.push(tooOld(`what ${ref.name} ${ref.type} holds`, ageMs, limits.factsMaximumAgeMs, details));
  return objections;
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
  const goodAt = mode === 'emergency' ? Math.max(measuredAt ?? envelope.madeAt, envelope.madeAt) : measuredAt;
  if (goodAt === null)
    objections.push(
      missing(`${service}: its demand is not known now, and a region that reports nothing is never zero`, { service }),
    );
  else if (!within(now - goodAt, maximumAgeMs))
    objections.push(tooOld(`the demand of ${service}`, now - goodAt, maximumAgeMs, { service }));
  return objections;
};
