import type { MoveRequest } from '../domain/plan.ts';

/**
 * What must be typed to confirm: the region; for a shift of one service that service, because two shifts differ by it; for a
 * return of everything two words that nobody types by habit.
 */
export const wordFor = ({ verb, region, services }: Pick<MoveRequest, 'verb' | 'region' | 'services'>): string => {
  const [only, another] = services;
  if (verb === 'shift' && only !== undefined && another === undefined) return only;
  return region ?? 'restore all';
};
