import type { FakeHandler, FakeRequest } from '../../../providers/fake-kit/wire.ts';
import type { HttpTransport } from '../../../providers/http.ts';
import type { Steering } from '../../../providers/steering.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { transportTo } from '../../support/fake-transport.ts';

export const NAMES = 500;
export const ZONES = 10;
export const PER_ZONE = NAMES / ZONES;
/** Record sets of others in each zone, where a vendor's lists show them between the steered ones. */
export const OTHERS = 900;

/** From the request to its answer: a plain figure for a control plane one ocean away. */
const ROUND_TRIP_MS = 100;

/** Requests that reached the vendor. A login is a read: it changes nothing. */
export interface Reached {
  readonly reads: number;
  readonly writes: number;
}

/** The fewest calls that the vendor's API allows, in four parts, so that none hides in another. */
export interface Floor {
  /** One read of all names, from a process that has just started. */
  readonly cold: number;
  /** Changing calls of one step. */
  readonly writes: number;
  /** Looks without which the writes are not safe: what an emulated condition costs, or one that the vendor takes in parts. */
  readonly around: number;
  /** One read of all names after the step. */
  readonly verify: number;
}

/** An account with 500 names at the vendor's fake, and the real provider on it. */
export interface VendorFleet {
  readonly steering: Steering;
  readonly refs: readonly SetRef[];
  readonly floor: Floor;
  readonly reached: () => Reached;
}

/** How one vendor is measured. */
export interface VendorSeed {
  /** Which way of writing, where the vendor has several. */
  readonly way?: string;
  /** How the names lie at the vendor, and why fewer calls cannot do, in one line. */
  readonly because: string;
  readonly open: (clock: VirtualClock) => Promise<VendorFleet>;
}

export interface Counter {
  readonly reached: () => Reached;
  /** To be waited for by every request on its way to the fake. */
  readonly arrive: (isWrite: boolean) => Promise<void>;
}

export const createCounter = (clock: Clock): Counter => {
  let [reads, writes] = [0, 0];
  return {
    reached: () => ({ reads, writes }),
    arrive: async (isWrite) => {
      if (isWrite) writes += 1;
      else reads += 1;
      await clock.sleep(ROUND_TRIP_MS, new AbortController().signal);
    },
  };
};

/** The fake as a transport that counts. `isLogin` tells the POSTs that change nothing. */
export const countedHttp = (
  { arrive }: Counter,
  handle: FakeHandler,
  isLogin: (request: FakeRequest) => boolean = () => false,
): HttpTransport =>
  transportTo(async (request) => {
    await arrive(request.method !== 'GET' && !isLogin(request));
    return handle(request);
  });

/** Steered labels and those of others, mixed, so that no page of a list holds only what is wanted. */
export const labelOf = (name: number): string => `n${String(name * 19).padStart(4, '0')}`;
export const otherLabelOf = (other: number): string => `n${String(other).padStart(4, '0')}x`;

export const zoneNameOf = (zone: number): string => `zone-${zone}.example`;

/** The numbers from 0 up to `count`. */
export const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** All names, with `zone` as the vendor calls each of them. */
export const refsIn = (zones: readonly string[], perZone: number = PER_ZONE): readonly SetRef[] =>
  zones.flatMap((zone, z) =>
    numbers(perZone).map((n) => ({
      set: setId(`${z}-${n}`),
      provider: providerId('dns-1'),
      zone,
      name: `${labelOf(n)}.${zoneNameOf(z)}.`,
      type: 'A',
    })),
  );

export const ADDRESSES = { east: '192.0.2.10', west: '192.0.2.11' } as const;
