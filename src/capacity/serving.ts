import { type BasisPoints, WHOLE } from '../domain/units.ts';
import { within } from './limit.ts';
import type { Measured } from './measure.ts';

/** Indexes of the regions that serve after a step: healthy, with at least `servingShareMinimum`. */
export const servingAfter = ({ model, after }: Measured, servingShareMinimum: BasisPoints): readonly number[] =>
  after.flatMap((share, r) =>
    model.credit[r]?.staying === 1 && within(servingShareMinimum / WHOLE, share) ? [r] : [],
  );
