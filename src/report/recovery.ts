import type { RegionId } from '../domain/ids.ts';
import type { BasisPoints } from '../domain/units.ts';
import { gainers, serviceShares } from '../run/observe.ts';
import { wayOf } from './drained.ts';
import { type Figure, known, unknown } from './figure.ts';
import { type Sample, type Story, samplesOf, turnedAt } from './frames.ts';
import type { ServiceSeries } from './series.ts';

/** Integer weights of 0..255 hold a share to within 1/255; what is nearer than this is where it was to go. */
const ROUNDING: BasisPoints = 100;

/** Traffic of resolvers that ignore TTLs: the run itself calls a move proven up to here. */
const RESIDUE: BasisPoints = 500;

const hasMoved = (story: Story, sample: Sample, series: readonly ServiceSeries[]): boolean =>
  series.every(({ service, seen }) => {
    const way = wayOf(story, service);
    if (way === null || story.followed === null) return false;
    if (way.from === way.to) return true;
    const written = serviceShares(sample.run, service)[story.followed] ?? 0;
    const arriving = seen.find(({ at }) => at === sample.at)?.followedShare ?? null;
    if (arriving === null) return false;
    return Math.abs(written - way.to) <= ROUNDING && Math.abs(arriving - way.to) <= RESIDUE;
  });

const destinationsPass = ({ data, run }: Sample): boolean => {
  const judged = data.services.flatMap(({ service, gates }) => {
    const destinations: readonly RegionId[] = gainers(run, service);
    return gates.filter(({ region }) => region === null || destinations.includes(region));
  });
  return judged.length > 0 && judged.every(({ outcome }) => outcome === 'PASS');
};

/**
 * From the start until the destinations' gates pass and the source is drained by the traffic that arrives: what users felt.
 * AWS Region switch calls the same sum, execution and the time until health is green again, the actual recovery time
 * (`actualRecoveryTime` of an execution, API arc-region-switch 2022-07-26, read November 2026).
 */
export const actualRecovery = (story: Story, series: readonly ServiceSeries[]): Figure => {
  const { startedAt } = story.run;
  if (startedAt === null) return unknown('the run never started');
  if (story.followed === null) return unknown('several regions come home at once: no single one can be followed');
  const end = turnedAt(story) ?? Number.POSITIVE_INFINITY;
  const outward = samplesOf(story).filter(({ at }) => at >= startedAt && at <= end);
  const moved = outward.filter((sample) => hasMoved(story, sample, series));
  const recovered = moved.find(destinationsPass);
  if (recovered !== undefined) return known(recovered.at - startedAt);
  if (moved.length > 0)
    return unknown('the traffic had moved, but the gates of the destinations never all passed after that');
  return unknown('no sampling showed all traffic where the plan sends it');
};

/** Share of a service's traffic that arrived elsewhere than the records say at the end: the worst service. */
export const residueOf = (story: Story, series: readonly ServiceSeries[]): Figure => {
  const { finish, steps } = story.run;
  if (finish !== null && finish.residue !== null) return known(finish.residue);
  if (finish !== null) return unknown('no sampling at the end had the traffic of every region');
  if (story.followed === null) return unknown('several regions come home at once: no single one can be followed');
  const settled = steps.at(-1)?.propagatedAt ?? null;
  if (settled === null) return unknown('no step has propagated');
  let worst: number | null = null;
  for (const { service, seen } of series) {
    const last = seen.findLast(({ at, followedShare }) => followedShare !== null && at > settled);
    if (last === undefined || last.followedShare === null)
      return unknown(`${service}: no sampling after the last step had the traffic of every region`);
    const written = serviceShares(story.run, service)[story.followed] ?? 0;
    worst = Math.max(worst ?? 0, last.followedShare - written);
  }
  return worst === null ? unknown('the plan names no service') : known(worst);
};
