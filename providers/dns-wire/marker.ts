import type { Fence } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { encodeData, presentData } from './rdata.ts';
import { type RrSet, rrset } from './rrsets.ts';
import { TYPE } from './types.ts';

/** Nobody resolves the marker; a minute keeps a person who looks at it with `dig` from being misled for long. */
const MARKER_TTL_SECONDS = 60;

const STORE = /^[A-Za-z0-9._:-]{1,128}$/;
const MARKER = /^"steer store=([A-Za-z0-9._:-]{1,128}) epoch=(0|[1-9][0-9]{0,15})"$/;

/** Bytes of a marker in one update: condition, removal and the new one, each with the longest text and owner. */
export const MARKER_BYTES = 3 * (255 + 10 + 1 + '"steer store= epoch="'.length + 128 + 16);

/** Begins the store of a fence that was read from a TXT which steer did not write; no store can be called so. */
const NOT_OURS = 'no marker of steer: ';

/** Where the marker of a zone stands; the zone's name with its trailing dot. */
export const markerName = (zone: string): string => (zone === '.' ? '_steer.' : `_steer.${zone}`);

/** The record set that carries a fence, null for none. Throws `rejected` when the store's id cannot stand in it. */
export const markerSet = (zone: string, fence: Fence | null): RrSet | null => {
  if (fence === null) return null;
  const name = markerName(zone);
  if (fence.store.startsWith(NOT_OURS)) {
    throw new ProviderError(
      'rejected',
      `${name} TXT is not in steer's form (${fence.store.slice(NOT_OURS.length)}); look who changed it, then delete it or set it back to "steer store=… epoch=…" with TTL ${MARKER_TTL_SECONDS}`,
    );
  }
  if (!STORE.test(fence.store) || !Number.isSafeInteger(fence.epoch) || fence.epoch < 0) {
    const message = `store "${fence.store}", epoch ${fence.epoch}: a marker holds letters, digits and . _ : - and a whole number`;
    throw new ProviderError('rejected', message);
  }
  const text = `"steer store=${fence.store} epoch=${fence.epoch}"`;
  return rrset(name, TYPE.TXT, MARKER_TTL_SECONDS, [encodeData(TYPE.TXT, text)]);
};

/**
 * What the marker of a zone says; null without one. A TXT that steer did not write in this very form reads as the fence of a
 * foreign store, so that this zone holds and no other does: a person must look at it first.
 */
export const fenceOf = (set: RrSet | null): Fence | null => {
  if (set === null) return null;
  const values = set.data.map((data) => presentData(TYPE.TXT, data));
  const [, store, epoch] = MARKER.exec(values[0] ?? '') ?? [];
  const isOurs = values.length === 1 && set.ttlSeconds === MARKER_TTL_SECONDS;
  if (isOurs && store !== undefined && epoch !== undefined) return { store, epoch: Number(epoch) };
  return { store: `${NOT_OURS}${values.join(' ').slice(0, 80)}, TTL ${set.ttlSeconds}`, epoch: 0 };
};
