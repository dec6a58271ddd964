import type { ServiceId } from '../domain/ids.ts';
import { type BasisPoints, type Instant, percentText, WHOLE } from '../domain/units.ts';
import { type Figure, known, slowest, unknown } from './figure.ts';
import { firstWriteAt, type Story, turnedAt } from './frames.ts';
import type { Polyline } from './predicted.ts';
import type { ServiceSeries } from './series.ts';

/** The parts of the way whose times tell a fast move with a long tail from a slow one. */
const PARTS: readonly BasisPoints[] = [5000, 9000, 9900];

/** With less than this share at stake, sampling noise is larger than what shall be measured. */
const LEAST_MOVED: BasisPoints = 100;

/** How long after the start a part of the way was covered, in milliseconds. */
export interface DrainMark {
  readonly part: BasisPoints;
  /** By the traffic that arrived: the first sampling that showed it. Late by one sampling at most. */
  readonly observed: Figure;
  /** By TTL arithmetic, for comparison: what resolvers that honour TTLs would have done. */
  readonly byTtl: Figure;
}

export interface ServiceDrain {
  readonly service: ServiceId;
  readonly marks: readonly DrainMark[];
}

/** Share of the followed region at the start, and where this run takes it. */
export interface Way {
  readonly from: BasisPoints;
  readonly to: BasisPoints;
}

/** The way of the followed region in one service, as planned; null when no one region is followed. */
export const wayOf = ({ envelope, followed }: Story, service: ServiceId): Way | null => {
  if (followed === null) return null;
  const way = { from: 0, to: 0 };
  for (const planned of envelope.sets) {
    if (planned.service !== service) continue;
    way.from += (planned.part / WHOLE) * (planned.from[followed] ?? 0);
    way.to += (planned.part / WHOLE) * (planned.to[followed] ?? 0);
  }
  return { from: Math.round(way.from), to: Math.round(way.to) };
};

const covered = ({ from, to }: Way, share: BasisPoints): number => ((from - share) / (from - to)) * WHOLE;

/** Rounding noise of shares in basis points must not hide that a line touches its mark. */
const NOISE = 1e-6;

const observedMarks = (story: Story, series: ServiceSeries, planned: Way): readonly Figure[] => {
  const all = (why: string): readonly Figure[] => PARTS.map(() => unknown(why));
  const { startedAt } = story.run;
  const written = firstWriteAt(story);
  if (startedAt === null || written === null) return all('no write of this run has landed');
  const before = series.seen.filter(({ at, followedShare }) => at < written && followedShare !== null).at(-1);
  const way = { from: before?.followedShare ?? planned.from, to: planned.to };
  const isUp = planned.to > planned.from;
  if ((isUp ? way.to - way.from : way.from - way.to) < LEAST_MOVED) {
    return all(`before the first write ${percentText(way.from)} of the traffic arrived there: nothing left to measure`);
  }
  const end = turnedAt(story) ?? Number.POSITIVE_INFINITY;
  const seen = series.seen.flatMap(({ at, followedShare }) =>
    followedShare === null || at < written || at > end ? [] : [{ at, part: covered(way, followedShare) }],
  );
  if (seen.length === 0) return all('no sampling after the first write had the traffic of every region');
  const most = Math.max(...seen.map(({ part }) => part));
  return PARTS.map((part) => {
    const first = seen.find((sample) => sample.part >= part - NOISE);
    if (first !== undefined) return known(first.at - startedAt);
    return unknown(`never seen: at most ${percentText(Math.max(0, Math.floor(most)))} of the way`);
  });
};

const crossing = (line: Polyline, way: Way, part: BasisPoints, end: Instant): Instant | null => {
  for (const [i, right] of line.entries()) {
    const now = covered(way, right.share);
    if (now < part - NOISE) continue;
    const left = line[i - 1];
    if (left === undefined) return right.at;
    const then = covered(way, left.share);
    const at = now === then ? right.at : left.at + ((part - then) / (now - then)) * (right.at - left.at);
    return at > end ? null : Math.round(at);
  }
  return null;
};

const arithmeticMarks = (story: Story, { predicted, predictedWhy }: ServiceSeries, way: Way): readonly Figure[] => {
  const { startedAt } = story.run;
  if (startedAt === null || predicted === null)
    return PARTS.map(() => unknown(predictedWhy ?? 'the run never started'));
  const end = turnedAt(story) ?? Number.POSITIVE_INFINITY;
  return PARTS.map((part) => {
    const at = crossing(predicted, way, part, end);
    return at === null ? unknown('the steps that have landed do not lead there') : known(at - startedAt);
  });
};

/** Times to 50, 90 and 99 % of the way, for every service whose share in the followed region this run changes. */
export const drainsOf = (story: Story, series: readonly ServiceSeries[]): readonly ServiceDrain[] =>
  series.flatMap((one): ServiceDrain[] => {
    const way = wayOf(story, one.service);
    if (way === null || Math.abs(way.from - way.to) < LEAST_MOVED) return [];
    const observed = observedMarks(story, one, way);
    const byTtl = arithmeticMarks(story, one, way);
    const none = unknown('not measured');
    return [
      {
        service: one.service,
        marks: PARTS.map((part, i) => ({ part, observed: observed[i] ?? none, byTtl: byTtl[i] ?? none })),
      },
    ];
  });

/** The run is as far as its slowest service; one that cannot be told leaves the whole unknown. */
export const drainedOf = (story: Story, drains: readonly ServiceDrain[]): readonly DrainMark[] => {
  const whyNone =
    story.followed === null
      ? 'several regions come home at once: no single one can be followed'
      : 'no service moves more than 1 % of its traffic';
  const none = unknown('not measured');
  return PARTS.map((part, i) => ({
    part,
    observed: slowest(
      drains.map(({ marks }) => marks[i]?.observed ?? none),
      whyNone,
    ),
    byTtl: slowest(
      drains.map(({ marks }) => marks[i]?.byTtl ?? none),
      whyNone,
    ),
  }));
};
