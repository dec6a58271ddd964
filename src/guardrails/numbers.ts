import { fleetFigure } from '../capacity/fleet.ts';
import { utilisation } from '../capacity/headroom.ts';
import { lowers, type Measured } from '../capacity/measure.ts';
import { servingAfter } from '../capacity/serving.ts';
import { recordOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import type { Standing } from './context.ts';
import type { ServiceNumbers, StepNumbers, Tightest } from './situation.ts';

const removedPart = (one: Measured): number => (lowers(one) ? one.before - one.left : 0);

const shown = (part: number): BasisPoints => Math.round(part * WHOLE);

const sharesOf = ({ model }: Measured, fractions: readonly number[]): Shares =>
  recordOf(model.regions.map((region, r) => [region, shown(fractions[r] ?? 0)] as const));

const serviceNumbers = (one: Measured, { limits }: Standing): ServiceNumbers => {
  const { model, after, worst, before, left } = one;
  return {
    service: model.planned.service,
    whole: model.reference.whole,
    servedBefore: before,
    servedAfter: left,
    removed: shown(removedPart(one)),
    serving: servingAfter(one, limits.servingShareMinimum).flatMap((r) => model.regions[r] ?? []),
    demand: model.demand,
    shareBefore: sharesOf(one, model.before),
    shareAfter: sharesOf(one, after),
    utilisation: recordOf(
      model.regions.map(
        (region, r) => [region, utilisation(model.demand, worst[r] ?? 0, model.running[r] ?? null)] as const,
      ),
    ),
  };
};

/** Null when nothing gains. */
export const tightestOf = (measured: readonly Measured[]): Tightest | null => {
  let tightest: Tightest | null = null;
  for (const { model, worst, gains } of measured)
    for (const [r, region] of model.regions.entries()) {
      if (gains[r] !== true) continue;
      const used = utilisation(model.demand, worst[r] ?? 0, model.running[r] ?? null) ?? Number.POSITIVE_INFINITY;
      const isFirst = tightest === null || used > tightest.utilisation;
      const isEarlier = tightest !== null && used === tightest.utilisation && region < tightest.region;
      if (isFirst || isEarlier) tightest = { region, service: model.planned.service, utilisation: used };
    }
  return tightest;
};

/** The step in numbers: for the forecast, for the charge of the intent, for people. */
export const stepNumbers = (measured: readonly Measured[], standing: Standing): StepNumbers => ({
  services: measured.map((one) => serviceNumbers(one, standing)),
  charges: measured.map(({ model, before, left }) => ({
    service: model.planned.service,
    servedBefore: before,
    servedAfter: left,
  })),
  removedOfFleet: shown(
    fleetFigure(
      new Map(measured.map((one) => [one.model.planned.service, removedPart(one)] as const)),
      standing.fleetSpent.of,
    ),
  ),
  tightest: tightestOf(measured),
});
