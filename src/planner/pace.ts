import type { Envelope } from '../domain/plan.ts';
import type { BasisPoints } from '../domain/units.ts';

export interface PaceInput {
  readonly envelope: Envelope;
  /** Steps of this wave and direction that have baked. */
  readonly stepsBaked: number;
  /** Share of the wave's services that still has to move, in basis points of their traffic. */
  readonly remaining: BasisPoints;
  /** The highest utilisation of a destination now; null where unknown. */
  readonly tightest: BasisPoints | null;
  readonly sourceIsDead: boolean;
}

/** Above this part of the allowed utilisation a step is halved: a queue grows faster than the next sample shows it. */
const CLOSE_TO_THE_LIMIT = 0.9;

/**
 * The share that the next step should move at most. It starts small, doubles with every step whose gates passed, and is
 * halved when a destination gets close to its limit. A dead source is left in steps as large as the limit allows, because
 * every user still sent there fails. An emergency aims at its number of steps; only a limit makes it take more.
 */
export const paced = ({ envelope, stepsBaked, remaining, tightest, sourceIsDead }: PaceInput): BasisPoints => {
  const { limits, mostSteps } = envelope;
  if (sourceIsDead) return Math.min(remaining, limits.largestStep);
  const grown = Math.min(limits.largestStep, limits.firstStep * 2 ** Math.min(stepsBaked, 20));
  const close = tightest !== null && tightest > limits.maximumDestinationUtilisation * CLOSE_TO_THE_LIMIT;
  const wanted = close ? Math.max(1, Math.floor(grown / 2)) : grown;
  const even = mostSteps === null ? 0 : Math.ceil(remaining / Math.max(1, mostSteps - stepsBaked));
  return Math.min(remaining, limits.largestStep, Math.max(wanted, even));
};

/** A step smaller than this is not worth its bake; it waits for headroom or budget instead, unless it is the last. */
export const smallestStep = (envelope: Envelope, remaining: BasisPoints): BasisPoints =>
  Math.min(remaining, Math.max(1, Math.floor(envelope.limits.firstStep / 2)));
