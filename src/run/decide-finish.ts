import type { RegionId } from '../domain/ids.ts';
import { entriesOf, sum } from '../domain/records.ts';
import { type BasisPoints, type Instant, percentText, WHOLE } from '../domain/units.ts';
import type { DecideContext, Next } from './next.ts';
import { serviceShares } from './observe.ts';
import type { Run } from './state.ts';

/** Resolvers that ignore TTLs keep a few percent of users behind; more than this is no residue but a failed move. */
const RESIDUE_LIMIT: BasisPoints = 500;

/** Bakes after the last one in which the traffic may still follow the answers, before the run ends unproven. */
const GRACE_BAKES = 2;

/**
 * Largest distance between the share of the traffic that arrives in a region and the share that the records give it, over
 * all services, in basis points; null when a region that should have traffic, or should have lost it, reports none.
 */
export const residueOf = (run: Run): BasisPoints | null => {
  if (run.lastObservation === null) return null;
  let worst = 0;
  let known = false;
  for (const { service, traffic } of run.lastObservation.data.services) {
    const shares = serviceShares(run, service);
    const seen = entriesOf<RegionId, number | null>(traffic);
    const total = sum(seen.map(([, value]) => value ?? 0));
    if (total <= 0) continue;
    for (const [region, value] of seen) {
      const share = shares[region] ?? 0;
      if (value === null && share === 0) continue;
      if (value === null) return null;
      known = true;
      const arriving = (value / total) * WHOLE;
      const isSource = region === run.envelope.source;
      worst = Math.max(worst, isSource ? arriving - share : Math.abs(arriving - share) / 2);
    }
  }
  return known ? Math.max(0, Math.round(worst)) : null;
};

const lastBakedAt = (run: Run): Instant =>
  Math.max(run.startedAt ?? 0, ...run.steps.map(({ bakedAt }) => bakedAt ?? 0));

/** Every wave is through: prove it by the traffic that arrives, then stay, return or end. */
export const decideFinish = (run: Run, context: DecideContext, nextSampleAt: Instant): Next => {
  const { envelope } = run;
  if (run.turned === 'rollback') {
    const because =
      run.leftOut.length === 0 ? ['back at the base of this run'] : [`back, but without ${run.leftOut.join(', ')}`];
    return { do: 'append', events: [{ type: 'run.stopped', data: { reason: 'rolled-back', because } }] };
  }
  const residue = residueOf(run);
  const trafficProven = residue !== null && residue <= RESIDUE_LIMIT;
  const grace = lastBakedAt(run) + GRACE_BAKES * envelope.bakeMs;
  const mayWait = context.now < grace && residue !== null;
  if (!trafficProven && mayWait) {
    return {
      do: 'sleep',
      until: Math.min(grace, nextSampleAt),
      waitsFor: `the traffic: ${percentText(residue)} is not yet where the answers send it`,
    };
  }
  if (run.direction === 'out' && envelope.returnsByItself && envelope.stayMs !== null) {
    return { do: 'append', events: [{ type: 'stay.begun', data: { until: context.now + envelope.stayMs } }] };
  }
  const because = trafficProven
    ? `proven by the traffic that arrives: at most ${percentText(residue)} elsewhere`
    : residue === null
      ? 'proven by the answers alone: no traffic figures'
      : `the answers are right, but ${percentText(residue)} of the traffic does not follow them`;
  return { do: 'append', events: [{ type: 'run.finished', data: { trafficProven, residue, because } }] };
};
