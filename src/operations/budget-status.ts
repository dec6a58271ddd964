import { budgetGrowsAt, NOTHING_SPENT, type Spent, spentBy } from '../capacity/budget.ts';
import { type Config, MODES, type Mode } from '../domain/config.ts';
import type { Charge } from '../domain/facts.ts';
import type { ServiceId } from '../domain/ids.ts';
import { sum } from '../domain/records.ts';
import { type BasisPoints, type Instant, WHOLE } from '../domain/units.ts';

/** The budget of one mode as it stands (design rule 9). */
export interface BudgetStatus {
  readonly mode: Mode;
  /** Of K, in any 60 minutes. */
  readonly limit: BasisPoints;
  /** The fleet's figure: the mean of the services' percentages, weighted by the config. Rounded up. */
  readonly used: BasisPoints;
  /** The service that has the least left; null while nothing was taken out. */
  readonly tightest: { readonly service: ServiceId; readonly used: BasisPoints } | null;
  /** When the oldest removal leaves the hour; null while nothing was taken out. */
  readonly growsAt: Instant | null;
}

/** In an emergency the highest S of the hour less S now; otherwise the sum of all removals. */
const usedIn = (mode: Mode, { removed, highest, lastAfter }: Spent): number =>
  mode === 'emergency' ? Math.max(0, highest - lastAfter) : removed;

const inPoints = (part: number): BasisPoints => Math.max(0, Math.ceil(part * WHOLE - 1e-6));

/** What is left of the budget, before any step that is yet to come. */
export const budgetStatus = (
  { services, safety }: Pick<Config, 'services' | 'safety'>,
  charges: readonly Charge[],
  now: Instant,
): readonly BudgetStatus[] => {
  const spent = spentBy(charges, now);
  const weights = sum(services.map(({ fleetWeight }) => fleetWeight)) || 1;
  return MODES.map((mode) => {
    const used = services.map(({ service, fleetWeight }) => ({
      service,
      fleetWeight,
      part: usedIn(mode, spent.get(service) ?? NOTHING_SPENT),
    }));
    const most = used.toSorted((a, b) => b.part - a.part)[0];
    return {
      mode,
      limit: safety[mode].capacityRemovedPerHour,
      used: inPoints(sum(used.map(({ fleetWeight, part }) => (fleetWeight * part) / weights))),
      tightest: most === undefined || most.part === 0 ? null : { service: most.service, used: inPoints(most.part) },
      growsAt: budgetGrowsAt(charges, now),
    };
  });
};
