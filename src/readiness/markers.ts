import type { Facts } from '../domain/facts.ts';
import { entriesOf } from '../domain/records.ts';
import type { Fence } from '../domain/steering.ts';
import { type Finding, fail, listed, ok } from './finding.ts';

/** This store as the zones should know it. `epoch` is the highest that its lease has granted; null where nobody has looked. */
export interface OwnStore {
  readonly store: string;
  readonly epoch: number | null;
}

/** Who steers each zone: a marker of another store refuses every change, one of a higher epoch was written after this copy. */
export const markerFindings = ({ fences }: Pick<Facts, 'fences'>, { store, epoch }: OwnStore): readonly Finding[] => {
  const read = entriesOf<string, Fence | null>(fences);
  const foreign = Map.groupBy(
    read.filter(([, fence]) => fence !== null && fence.store !== store),
    ([, fence]) => fence?.store ?? '',
  );
  const ahead = read.filter(([, fence]) => fence?.store === store && epoch !== null && fence.epoch > epoch);
  const found = [
    ...[...foreign].map(([other, zones]) =>
      fail(
        'markers',
        `${listed(zones.map(([zone]) => zone))} is steered by store ${other}, this one is ${store}; every change is refused`,
        'use that store, or take over: steer store adopt',
      ),
    ),
    ...ahead.map(([zone, fence]) =>
      fail(
        'markers',
        `zone ${zone} carries epoch ${fence?.epoch}, this store has granted ${epoch}: it is an old copy of itself`,
        'find the newer copy, or take over: steer store adopt',
      ),
    ),
  ];
  if (found.length > 0) return found;
  const own = read.filter(([, fence]) => fence !== null).length;
  return [ok('markers', `${own} of ${read.length} zones carry this store's marker, none another's`)];
};
