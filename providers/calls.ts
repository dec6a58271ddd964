import type { ProviderFailure } from './errors.ts';

/** One request to a vendor as it went out: repeats are reported one by one, so that a count of these is a bill. */
export interface VendorCall {
  readonly vendor: string;
  /** The vendor's own name of the operation, e.g. `ListResourceRecordSets`. */
  readonly action: string;
  readonly zone: string | null;
  readonly outcome: 'ok' | ProviderFailure;
  readonly tookMs: number;
}

/** Told of every call. Must not throw: counting never decides anything. */
export type CallObserver = (call: VendorCall) => void;
