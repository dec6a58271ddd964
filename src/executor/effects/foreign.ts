import type { Fence } from '../../domain/steering.ts';
import type { RunEvent } from '../../run/events.ts';
import { Superseded } from '../deps.ts';
import type { EffectContext } from './context.ts';

/** The hold for records that somebody else changed: what differs, and that only a person may go on. */
export const foreignHold = (events: readonly RunEvent[]): RunEvent => {
  const sets = events.flatMap((event) => (event.type === 'sets.foreign' ? event.data.sets : []));
  return {
    type: 'run.held',
    data: {
      cause: 'foreign-edit',
      endsByItself: false,
      objections: [],
      because: sets.flatMap(({ set, diff }) => diff.map((line) => `${set}: ${line}`)),
      byHand: [
        'find out who changed these records',
        'put them back and resume, or stop this run and plan anew from what is there now',
      ],
    },
  };
};

/**
 * Whether a zone's marker is another store's. Throws Superseded when it is this store's own with a higher epoch: then a
 * newer holder of the lease writes there, and this process must not.
 */
export const isForeignMarker = (marker: Fence | null, { deps, epoch }: EffectContext): marker is Fence => {
  if (marker === null) return false;
  if (marker.store !== deps.journal.store) return true;
  if (marker.epoch > epoch) throw new Superseded(`a zone carries epoch ${marker.epoch}, this process has ${epoch}`);
  return false;
};

/** The hold for a zone that another store steers: nothing is ever written over its marker but by `store adopt`. */
export const foreignStoreHold = (zone: string, marker: Fence): RunEvent => ({
  type: 'run.held',
  data: {
    cause: 'foreign-edit',
    endsByItself: false,
    objections: [],
    because: [`zone ${zone} is steered by another store, ${marker.store} (epoch ${marker.epoch})`],
    byHand: ['find out who steers this zone; "steer store adopt" takes it over'],
  },
});
