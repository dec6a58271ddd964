import type { Objection } from '../domain/objections.ts';
import type { Standing } from './context.ts';
import { refuse, warn } from './objection.ts';

/** Whoever evacuates the region that steer stands in may lose steer on the way; an emergency is told so first. */
export const storeInSource = ({ envelope, storeRegion, mode, started }: Standing): readonly Objection[] => {
  const { source } = envelope;
  if (started || source === null || source !== storeRegion || envelope.request.verb === 'restore') return [];
  const because = `steer and its store stand in ${source}, the region to be left`;
  const details = { value: source, region: source };
  return mode === 'emergency'
    ? [warn('store-in-source', `${because}; if they are lost, the run goes on from nowhere`, details)]
    : [refuse('store-in-source', `${because}; move them first`, details)];
};
