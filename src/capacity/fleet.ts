import type { ServiceId } from '../domain/ids.ts';
import { entriesOf } from '../domain/records.ts';

/**
 * The fleet's figure: the mean of the services' parts, weighted by the config, so that requests and messages never add.
 * Services without a part count with zero. Zero when nothing has a weight.
 */
export const fleetFigure = (
  parts: ReadonlyMap<ServiceId, number>,
  weights: Readonly<Record<ServiceId, number>>,
): number => {
  let all = 0;
  let figure = 0;
  for (const [service, weight] of entriesOf<ServiceId, number>(weights)) {
    all += weight;
    figure += weight * (parts.get(service) ?? 0);
  }
  return all > 0 ? figure / all : 0;
};
