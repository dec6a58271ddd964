import type { ServiceId, SetId } from '../domain/ids.ts';
import type { Envelope, PlannedSet, Wave } from '../domain/plan.ts';
import { between } from '../domain/shares.ts';
import type { Shares } from '../domain/steering.ts';
import type { BasisPoints } from '../domain/units.ts';

export type Direction = 'out' | 'back';

/** Where a set comes from and goes to in the present direction. */
export interface Way {
  readonly from: Shares;
  readonly to: Shares;
}

export type Ways = Readonly<Record<SetId, Way>>;

/** The waves in the order they move: callers first when leaving, last when coming home. */
export const wavesInOrder = (envelope: Envelope, direction: Direction): readonly Wave[] => {
  const homeward = direction === 'back' ? envelope.request.verb !== 'restore' : envelope.request.verb === 'restore';
  return homeward ? envelope.waves.toReversed() : envelope.waves;
};

/** Index of the wave in which each service moves. */
export const waveOfServices = (envelope: Envelope, direction: Direction): ReadonlyMap<ServiceId, number> =>
  new Map(
    wavesInOrder(envelope, direction).flatMap(({ services }, i) => services.map((service) => [service, i] as const)),
  );

export const sharesAt = (way: Way, progress: BasisPoints): Shares => between(way.from, way.to, progress);

export const setsOfWave = (envelope: Envelope, wave: Wave | undefined): readonly PlannedSet[] => {
  const services = new Set(wave?.services);
  return envelope.sets.filter(({ service }) => services.has(service));
};
