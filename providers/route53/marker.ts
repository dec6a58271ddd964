import type { Fence } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { RecordSet } from './record.ts';

/** Nobody resolves the marker; a minute keeps a person who looks at it with `dig` from being misled for long. */
const MARKER_TTL_SECONDS = 60;

const STORE = /^[A-Za-z0-9._:-]{1,128}$/;
const MARKER = /^"steer store=([A-Za-z0-9._:-]{1,128}) epoch=(0|[1-9][0-9]{0,15})"$/;

/** Longest text of a marker, quotes and both forms included: reserved in every batch. */
export const MARKER_CHARACTERS = 2 * ('"steer store= epoch="'.length + 128 + 16);

export const markerName = (zoneName: string): string => `_steer.${zoneName}`;

/** Begins the store of a fence that was read from a TXT which steer did not write; no store can be called so. */
const NOT_OURS = 'no marker of steer: ';

/** The record that carries a fence. Throws `rejected` when the store's id cannot stand in it. */
export const markerRecord = (zoneName: string, fence: Fence): RecordSet => {
  if (fence.store.startsWith(NOT_OURS)) {
    throw new ProviderError(
      'rejected',
      `${markerName(zoneName)} TXT is not in steer's form (${fence.store.slice(NOT_OURS.length)}); look who changed it, then delete it or set it back to "steer store=… epoch=…" with TTL ${MARKER_TTL_SECONDS}`,
    );
  }
  if (!STORE.test(fence.store) || !Number.isSafeInteger(fence.epoch) || fence.epoch < 0) {
    const message = `store "${fence.store}", epoch ${fence.epoch}: a marker holds letters, digits and . _ : - and a whole number`;
    throw new ProviderError('rejected', message);
  }
  return {
    Name: markerName(zoneName),
    Type: 'TXT',
    TTL: MARKER_TTL_SECONDS,
    ResourceRecords: [{ Value: `"steer store=${fence.store} epoch=${fence.epoch}"` }],
  };
};

/**
 * What the marker of a zone says; null without one. A TXT that steer did not write in this very form reads as the fence of
 * a foreign store, so that this zone holds and no other does: its exact DELETE would fail for ever, and a person must look
 * at it first.
 */
export const fenceOf = (records: readonly RecordSet[]): Fence | null => {
  const [record, ...more] = records;
  if (record === undefined) return null;
  const values = (record.ResourceRecords ?? []).map(({ Value }) => Value);
  const [, store, epoch] = MARKER.exec(values[0] ?? '') ?? [];
  const isOurs = more.length === 0 && values.length === 1 && record.TTL === MARKER_TTL_SECONDS && !record.SetIdentifier;
  if (isOurs && store !== undefined && epoch !== undefined) return { store, epoch: Number(epoch) };
  return { store: `${NOT_OURS}${values.join(' ').slice(0, 80)}, TTL ${record.TTL ?? 'of an alias'}`, epoch: 0 };
};
