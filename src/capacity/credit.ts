import type { Mode } from '../domain/config.ts';
import type { RegionFacts } from '../domain/facts.ts';
import type { RegionHealth } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { OverrideRequest } from '../domain/plan.ts';
import { countsAsHealthyInEmergency } from '../gates/region-health.ts';

/** What a region's capacity counts, 1 or 0: in the direction in which it leaves, and where it stays. */
export interface RegionCredit {
  readonly leaving: 0 | 1;
  readonly staying: 0 | 1;
}

/**
 * The health that counts. A region without a share has no user traffic to judge, so the signals that need none speak for
 * it (design rule 6). `isDead` is the fleet's verdict: a region that is called dead and may not be is unknown.
 */
export const healthOf = (facts: RegionFacts | undefined, share: number, isDead: boolean): RegionHealth => {
  if (isDead) return 'dead';
  if (facts === undefined || facts.health === 'dead') return 'unknown';
  return share > 0 || facts.health === 'healthy' ? facts.health : facts.quietHealth;
};

/**
 * Healthy counts, dead does not. Unknown counts where capacity leaves, and does not where it stays; in an emergency it
 * does, given a second independent signal or the override that names gates and region (design section 4).
 */
export const creditOf = (input: {
  readonly health: RegionHealth;
  readonly facts: RegionFacts | undefined;
  readonly region: RegionId;
  readonly mode: Mode;
  readonly overrides: readonly OverrideRequest[];
  /** Without user traffic only the gates that need none can say anything. */
  readonly share: number;
}): RegionCredit => {
  const { health, facts, region, mode, overrides, share } = input;
  if (health === 'healthy') return { leaving: 1, staying: 1 };
  if (health === 'dead') return { leaving: 0, staying: 0 };
  if (mode !== 'emergency' || facts === undefined) return { leaving: 1, staying: 0 };
  const gates = share > 0 ? facts.gates : facts.gates.filter(({ needsNoTraffic }) => needsNoTraffic);
  return { leaving: 1, staying: countsAsHealthyInEmergency(gates, region, overrides) ? 1 : 0 };
};
