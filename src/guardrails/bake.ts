import { within } from '../capacity/limit.ts';
import type { Objection } from '../domain/objections.ts';
import { durationText } from '../domain/units.ts';
import type { Standing } from './context.ts';
import { refuse, warn } from './objection.ts';

/** Alias records answer with the TTL of their target; that of a load balancer is 60 s (same page as below). */
const ALIAS_TTL_SECONDS = 60;

/**
 * Route 53 recommends 60 s or less beside health checks
 * (docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html, November 2026). Longer ones
 * make every step longer, and a dead region keeps its users for as long.
 */
const LONGEST_USEFUL_TTL_SECONDS = 60;

const ttlOf = (set: Standing['envelope']['sets'][number]): number =>
  Math.max(
    0,
    ...set.base.members.filter(({ present }) => present).map(({ ttlSeconds }) => ttlSeconds ?? ALIAS_TTL_SECONDS),
  );

/** A step is judged only once resolvers have asked again and monitoring has seen it: at least a TTL plus the metric lag. */
export const bakeTooShort = ({ envelope, limits, started }: Standing): readonly Objection[] => {
  if (started) return [];
  const ttlMs = Math.max(0, ...envelope.sets.map(ttlOf)) * 1000;
  const limit = Math.max(limits.shortestBakeMs, ttlMs + envelope.metricLagMs);
  if (within(limit, envelope.bakeMs)) return [];
  const because = `a bake of ${durationText(envelope.bakeMs)} is too short: one TTL (${durationText(ttlMs)}) and the metric lag (${durationText(envelope.metricLagMs)}), at least ${durationText(limit)}, must pass before a step can be judged`;
  return [refuse('bake-too-short', because, { value: envelope.bakeMs, limit })];
};

export const ttlTooLong = ({ envelope }: Standing): readonly Objection[] =>
  envelope.sets.flatMap((set) => {
    const ttl = ttlOf(set);
    if (ttl <= LONGEST_USEFUL_TTL_SECONDS) return [];
    const because = `${set.ref.name} ${set.ref.type} has a TTL of ${ttl}s: every step takes as long to reach its users; ${LONGEST_USEFUL_TTL_SECONDS}s or less is better`;
    return [
      warn('ttl-too-long', because, {
        value: ttl,
        limit: LONGEST_USEFUL_TTL_SECONDS,
        set: set.ref.set,
        service: set.service,
      }),
    ];
  });
