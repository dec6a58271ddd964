import { within } from '../capacity/limit.ts';
import { lowers } from '../capacity/measure.ts';
import type { Objection } from '../domain/objections.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import type { StepContext } from './context.ts';
import { refuse } from './objection.ts';

/**
 * S' ≥ minimumHealthyCapacity · K, counted over healthy regions. It speaks only about steps that lower S: leaving a dead
 * region and coming home are never its business. Nobody can override it.
 */
export const floor = ({ measured, limits }: StepContext): readonly Objection[] =>
  measured.filter(lowers).flatMap(({ model, floorLeft }) => {
    const limit = limits.minimumHealthyCapacity;
    if (within(limit / WHOLE, floorLeft)) return [];
    const value = Math.floor(floorLeft * WHOLE + 1e-6);
    const { service } = model.planned;
    return [
      refuse(
        'floor',
        `${service}: ${percentText(value)} of its healthy capacity would stay in service, at least ${percentText(limit)} must`,
        { value, limit, service },
      ),
    ];
  });
