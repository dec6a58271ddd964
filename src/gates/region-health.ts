import type { GateJudgement, RegionHealth } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { OverrideRequest } from '../domain/plan.ts';
import { areIndependent, PEOPLE, type Source, secondSignalFor } from './independence.ts';
import { overrideFor } from './override.ts';

/** What a config calls the place of steer's own host where that stands outside of all regions. */
const HOST_VANTAGE = 'steer';

/**
 * Dead needs two FAILs that no single broken thing can explain: other backends, other vantage points, other evidence, and
 * at least one seen from outside both the region and the region where steer stands (design section 4). Silence is never
 * proof. `hostRegion` is null when steer stands outside of all regions. `peopleSay`: two people have declared the region
 * dead, which is one failing signal more, and never two.
 */
export const isProvenDead = (
  judgements: readonly GateJudgement[],
  region: RegionId,
  hostRegion: RegionId | null,
  peopleSay = false,
): boolean => {
  const measured = judgements.filter((judgement) => judgement.region === region && judgement.outcome === 'FAIL');
  const failed: readonly Source[] = peopleSay ? [...measured, PEOPLE] : measured;
  const isOutside = ({ vantage }: Source): boolean => ![region, hostRegion, HOST_VANTAGE].includes(vantage);
  return failed.some((one) => isOutside(one) && failed.some((other) => areIndependent(one, other)));
};

/**
 * All gates of one region of one service in one word. Healthy only when there is a gate and every gate passes; everything
 * between that and proven death is unknown, and the capacity rules decide what unknown counts as. What people say can only
 * complete a proof of death: a region that passes all its gates is healthy whatever they say.
 */
export const regionHealth = (
  judgements: readonly GateJudgement[],
  region: RegionId,
  hostRegion: RegionId | null,
  peopleSay = false,
): RegionHealth => {
  if (isProvenDead(judgements, region, hostRegion, peopleSay)) return 'dead';
  const own = judgements.filter((judgement) => judgement.region === region);
  return own.length > 0 && own.every(({ outcome }) => outcome === 'PASS') ? 'healthy' : 'unknown';
};

/** The same by the gates that need no user traffic: what a drained region is judged by first (design rule 6). */
export const quietHealth = (
  judgements: readonly GateJudgement[],
  region: RegionId,
  hostRegion: RegionId | null,
  peopleSay = false,
): RegionHealth =>
  regionHealth(
    judgements.filter(({ needsNoTraffic }) => needsNoTraffic),
    region,
    hostRegion,
    peopleSay,
  );

/**
 * Whether an emergency may count a region of unknown health as healthy: nothing failed or was undecided, and whatever has
 * no data is covered by a second, independent signal that passes or by an override that names gate and region.
 */
export const countsAsHealthyInEmergency = (
  judgements: readonly GateJudgement[],
  region: RegionId,
  overrides: readonly OverrideRequest[],
): boolean => {
  const own = judgements.filter((judgement) => judgement.region === region);
  return (
    own.length > 0 &&
    own.every(
      (judgement) =>
        judgement.outcome === 'PASS' ||
        ((judgement.outcome === 'NO_DATA' || judgement.outcome === 'ERROR') &&
          (overrideFor(judgement, overrides) ?? secondSignalFor(judgement, own)) !== undefined),
    )
  );
};
