import { lowers } from '../capacity/measure.ts';
import { servingAfter } from '../capacity/serving.ts';
import type { Objection } from '../domain/objections.ts';
import { percentText } from '../domain/units.ts';
import type { StepContext } from './context.ts';
import { refuse } from './objection.ts';

/** At least `minimumServingRegions` healthy regions keep serving. Like the floor only for steps that lower S. */
export const minimumServingRegions = ({ measured, limits }: StepContext): readonly Objection[] =>
  measured.filter(lowers).flatMap((one) => {
    const serving = servingAfter(one, limits.servingShareMinimum).length;
    if (serving >= limits.minimumServingRegions) return [];
    const { service } = one.model.planned;
    return [
      refuse(
        'minimum-serving-regions',
        `${service}: ${serving} healthy regions would serve (${percentText(limits.servingShareMinimum)} or more each), at least ${limits.minimumServingRegions} must`,
        { value: serving, limit: limits.minimumServingRegions, service },
      ),
    ];
  });
