import type { RegionId, ServiceId, SetId } from '../domain/ids.ts';
import type { Envelope, PlannedSet } from '../domain/plan.ts';
import { type BasisPoints, type Instant, WHOLE } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import { framesOf, type Story } from './frames.ts';

/** Straight lines between the points; level before the first and after the last. Not rounded, so that it can be solved. */
export type Polyline = readonly { readonly at: Instant; readonly share: BasisPoints }[];

/** From `at` on the authoritative servers answer so. The first point holds since always. */
type Answers = readonly { readonly at: Instant; readonly share: BasisPoints }[];

/** A step that a turn left behind never propagates as far as anybody knows, and the next one says nothing about it. */
const propagatedAfter = ({ frames }: Story, version: number): Instant | null => {
  const next = frames.find(
    ({ event }) => event.version > version && (event.type === 'step.propagated' || event.type === 'step.intended'),
  );
  return next?.event.type === 'step.propagated' ? next.event.at : null;
};

/**
 * What one set's authoritative servers answered over time. A write counts from the instant at which the vendor said that
 * its step had propagated; as long as nobody knows, from the instant at which it landed.
 */
const answersOf = (story: Story, planned: PlannedSet, region: RegionId): Answers => {
  const base = sharesOf(planned.base, planned.members)[region] ?? 0;
  const answers: { at: Instant; share: BasisPoints }[] = [{ at: Number.NEGATIVE_INFINITY, share: base }];
  for (const { event, after } of framesOf(story, 'batch.landed')) {
    const batch = after.step?.batches.find((candidate) => candidate.planned.batch === event.data.batch);
    const live = after.sets[planned.ref.set]?.live;
    if (live === undefined || batch?.planned.sets.includes(planned.ref.set) !== true) continue;
    const at = propagatedAfter(story, event.version) ?? event.at;
    answers.push({ at, share: sharesOf(live, planned.members)[region] ?? 0 });
  }
  return answers.sort((a, b) => a.at - b.at);
};

/** How long resolvers may keep an answer of this set; a vendor that stores none leaves the plan's own upper limit. */
const ttlMsOf = (planned: PlannedSet, { bakeMs, metricLagMs }: Envelope): number => {
  const stored = planned.base.members.flatMap(({ ttlSeconds }) => (ttlSeconds === null ? [] : [ttlSeconds * 1000]));
  return stored.length === 0 ? Math.max(1, bakeMs - metricLagMs) : Math.max(1, ...stored);
};

const meanOver = (answers: Answers, from: Instant, to: Instant): number => {
  let area = 0;
  answers.forEach(({ at, share }, i) => {
    const begins = Math.max(at, from);
    const ends = Math.min(answers[i + 1]?.at ?? Number.POSITIVE_INFINITY, to);
    if (ends > begins) area += share * (ends - begins);
  });
  return area / (to - from);
};

/**
 * Share of a service's traffic that a population of resolvers which honour TTLs brings to `region`, as straight lines.
 *
 * Formula: a resolver in use keeps an answer for the TTL `T` and asks again at its end (RFC 1035, section 3.2.1), so at any
 * instant `t` the ages of the answers in use lie evenly between 0 and `T` (the stationary age of a renewal process with a
 * fixed period: D. R. Cox, Renewal Theory, 1962, chapter 5). Hence
 *
 *     predicted(t) = 1/T · ∫ from t−T to t of answered(u) du
 *
 * the running mean of what the authoritative servers answered over the last TTL. After one step it falls in a straight
 * line and is through one TTL after the step has propagated; steps that overlap add up. Sets of a service count with the
 * part of its traffic that they carry. Connections that are kept alive, and resolvers that ignore TTLs, are the
 * difference between this line and what is seen.
 */
export const predictedOf = (story: Story, service: ServiceId, region: RegionId): Polyline => {
  const sets = story.envelope.sets
    .filter((planned) => planned.service === service)
    .map((planned) => ({
      part: planned.part / WHOLE,
      ttlMs: ttlMsOf(planned, story.envelope),
      answers: answersOf(story, planned, region),
    }));
  const corners = new Set<Instant>([story.run.startedAt ?? story.run.proposed.at]);
  for (const { answers, ttlMs } of sets)
    for (const { at } of answers)
      if (Number.isFinite(at)) {
        corners.add(at);
        corners.add(at + ttlMs);
      }
  return [...corners]
    .sort((a, b) => a - b)
    .map((at) => ({
      at,
      share: sets.reduce((all, { part, ttlMs, answers }) => all + part * meanOver(answers, at - ttlMs, at), 0),
    }));
};

/** Sets whose vendor stores no TTL: their prediction rests on the plan's bake instead. */
export const withoutTtl = ({ sets }: Envelope): readonly SetId[] =>
  sets.filter(({ base }) => base.members.every(({ ttlSeconds }) => ttlSeconds === null)).map(({ ref }) => ref.set);

/** Value of the line at one instant. */
export const valueAt = (line: Polyline, at: Instant): number | null => {
  const after = line.findIndex((point) => point.at > at);
  if (line.length === 0) return null;
  if (after === 0) return line[0]?.share ?? null;
  const left = line[after === -1 ? line.length - 1 : after - 1];
  const right = after === -1 ? left : line[after];
  if (left === undefined || right === undefined) return null;
  if (right.at === left.at) return left.share;
  return left.share + ((right.share - left.share) * (at - left.at)) / (right.at - left.at);
};
