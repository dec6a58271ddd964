import { utilisation } from '../capacity/headroom.ts';
import { within } from '../capacity/limit.ts';
import type { Objection } from '../domain/objections.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import { collect, NONE, type StepContext } from './context.ts';
import { refuse } from './objection.ts';

const numberText = (value: number): string => String(Number(value.toFixed(1)));

/**
 * For every destination demand · share stays within maximumDestinationUtilisation · Cnow, in whatever order the batches
 * land.
 */
export const headroom = ({ measured, limits }: StepContext): readonly Objection[] =>
  collect(measured, ({ model, worst, gains }) =>
    collect(model.regions, (region, r) => {
      if (gains[r] !== true) return NONE;
      const limit = limits.maximumDestinationUtilisation;
      const now = model.running[r] ?? null;
      const share = worst[r] ?? 0;
      const { service, unit } = model.planned;
      // What is unknown has a refusal of its own (`facts-present.ts`).
      if (now === null) return NONE;
      const load = model.demand * share;
      if (within(load, (now * limit) / WHOLE)) return NONE;
      const value = utilisation(model.demand, share, now) ?? 0;
      const because =
        now > 0
          ? `${service} in ${region}: ${percentText(value)} of what runs there would be used (${numberText(load)} of ${numberText(now)} ${unit}), at most ${percentText(limit)} may`
          : `${service} in ${region}: nothing runs there, and ${numberText(load)} ${unit} would arrive`;
      return [
        refuse('headroom', because, { value: Number.isFinite(value) ? value : 'nothing runs', limit, region, service }),
      ];
    }),
  );
