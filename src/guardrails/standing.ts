import { NOTHING_SPENT, spentBy } from '../capacity/budget.ts';
import { deathsIn } from '../capacity/dead.ts';
import { fleetFigure } from '../capacity/fleet.ts';
import { frameOf } from '../capacity/frame.ts';
import { factsAgeOf, type ServiceModel, serviceModel } from '../capacity/service-model.ts';
import { shapesIn } from '../capacity/set-shape.ts';
import type { ServiceId } from '../domain/ids.ts';
import { strictest } from '../domain/limits.ts';
import { recordOf, sum, valuesOf } from '../domain/records.ts';
import type { Standing } from './context.ts';
import type { Situation } from './situation.ts';

/** Everything that no step changes, computed once; the model of a service when a step first touches it. */
export const standingOf = (situation: Situation): Standing => {
  const { envelope, facts, now } = situation;
  const { mode } = envelope.request;
  const limits = strictest(envelope.limits, facts.limitsInForce);
  const deaths = deathsIn(facts);
  const spent = spentBy(facts.charges, now);
  const maximumAgeMs = factsAgeOf(mode, limits.factsMaximumAgeMs, envelope.emergencyFactsAgeMs);
  const frame = frameOf(envelope);
  const shapeOf = shapesIn(facts.vendors);
  const models = new Map<ServiceId, ServiceModel>();
  // A service that moves is part of the fleet, whatever the list of weights forgot.
  const fleetWeights = {
    ...recordOf(envelope.services.map(({ service, fleetWeight }) => [service, fleetWeight] as const)),
    ...envelope.fleetWeights,
  };
  const figureOf = (part: (service: ServiceId) => number): number =>
    fleetFigure(new Map([...spent.keys()].map((service) => [service, part(service)])), fleetWeights);
  return {
    ...situation,
    mode,
    limits,
    deaths,
    spent,
    fleetSpent: {
      of: fleetWeights,
      total: sum(valuesOf(fleetWeights)),
      sum: figureOf((service) => spent.get(service)?.removed ?? 0),
      peak: figureOf((service) => {
        const { highest, lastAfter } = spent.get(service) ?? NOTHING_SPENT;
        return Math.max(0, highest - lastAfter);
      }),
    },
    maximumAgeMs,
    frame,
    found: new Map(),
    modelOf: (service) => {
      const found = models.get(service);
      const own = frame.services.get(service);
      if (found !== undefined || own === undefined) return found;
      const model = serviceModel({ envelope, frame: own, facts, deaths, shapeOf });
      models.set(service, model);
      return model;
    },
  };
};
