import type { Fence } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { GoogleRecordSet } from './shapes.ts';

/** Nobody resolves the marker; a minute keeps a person who looks at it with `dig` from being misled for long. */
const MARKER_TTL_SECONDS = 60;

const STORE = /^[A-Za-z0-9._:-]{1,128}$/;
const MARKER = /^"steer store=([A-Za-z0-9._:-]{1,128}) epoch=(0|[1-9][0-9]{0,15}) write=(0|[1-9][0-9]{0,15})"$/;

/** Longest text of a marker, quotes and both forms included: reserved in every change. */
export const MARKER_CHARACTERS = 2 * ('"steer store= epoch= write="'.length + 128 + 2 * 16);

/** Begins the store of a fence that was read from a TXT which steer did not write; no store can be called so. */
const NOT_OURS = 'no marker of steer: ';

export const markerName = (dnsName: string): string => `_steer.${dnsName}`;

/** The marker as a zone holds it. `write` counts the writes of steer, so that no two markers in a row are the same. */
export interface HeldMarker {
  readonly recordSet: GoogleRecordSet | null;
  readonly fence: Fence | null;
  readonly write: number;
}

export const isSameFence = (a: Fence | null, b: Fence | null): boolean =>
  a?.store === b?.store && a?.epoch === b?.epoch;

/**
 * A TXT that steer did not write in this very form reads as the fence of a foreign store: its zone holds until a person has
 * looked, and no other does.
 */
export const heldMarker = (recordSet: GoogleRecordSet | undefined): HeldMarker => {
  if (recordSet === undefined) return { recordSet: null, fence: null, write: 0 };
  const values = recordSet.rrdatas ?? [];
  const [, store, epoch, write] = MARKER.exec(values[0] ?? '') ?? [];
  const isOurs = values.length === 1 && recordSet.ttl === MARKER_TTL_SECONDS && recordSet.routingPolicy === undefined;
  if (isOurs && store !== undefined && epoch !== undefined && write !== undefined) {
    return { recordSet, fence: { store, epoch: Number(epoch) }, write: Number(write) };
  }
  const foreign = { store: `${NOT_OURS}${values.join(' ').slice(0, 80)}, TTL ${recordSet.ttl}`, epoch: 0 };
  return { recordSet, fence: foreign, write: 0 };
};

/**
 * The marker that follows `held` and leaves `fence`. Throws `rejected` when the store's id cannot stand in it, or when it would
 * go back to a lower epoch of the same store.
 */
export const nextMarker = (dnsName: string, held: HeldMarker, fence: Fence): GoogleRecordSet => {
  const name = markerName(dnsName);
  if (fence.store.startsWith(NOT_OURS)) {
    const found = fence.store.slice(NOT_OURS.length);
    throw new ProviderError(
      'rejected',
      `${name} TXT is not in steer's form (${found}); look who changed it, then delete it, and the next write makes a new one`,
    );
  }
  if (!STORE.test(fence.store) || !Number.isSafeInteger(fence.epoch) || fence.epoch < 0) {
    const message = `store "${fence.store}", epoch ${fence.epoch}: a marker holds letters, digits and . _ : - and a whole number`;
    throw new ProviderError('rejected', message);
  }
  if (held.fence !== null && held.fence.store === fence.store && held.fence.epoch > fence.epoch) {
    throw new ProviderError('rejected', `${name}: epoch ${fence.epoch} is below ${held.fence.epoch}, which is there`);
  }
  const rrdatas = [`"steer store=${fence.store} epoch=${fence.epoch} write=${held.write + 1}"`];
  return { name, type: 'TXT', ttl: MARKER_TTL_SECONDS, rrdatas };
};
