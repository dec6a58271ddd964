import { ProviderError } from '../errors.ts';
import type { DnsAccount } from './account.ts';
import { prerequisitesOf, type RrSet, type RrSetSwap, sameRrset, updatesOf } from './rrsets.ts';
import { TYPE } from './types.ts';

/** What a swap is decided on: the SOA that the server compares, and its serial. */
export interface SwapGround {
  readonly soa: RrSet;
  readonly serial: number;
}

export interface Swap<G extends SwapGround, R> {
  readonly account: DnsAccount;
  readonly zone: string;
  /** The vendor's truth, never a cache. The SOA must be read before the sets. */
  readonly look: () => Promise<G>;
  /** What shall be swapped on this ground. Throws `conflict` when it is not as the caller expects. */
  readonly decide: (ground: G) => { readonly swaps: readonly RrSetSwap[]; readonly result: R };
  /** Whether the SOA that was read is the one that the server compares: not so where a zone is signed apart from its data. */
  readonly conditionOnSoa: boolean;
}

export interface Swapped<R> {
  readonly result: R;
  /** The serial before; the change came with the very next one. */
  readonly serialBefore: number;
  /** False where every set already was as it shall be: nothing was sent. */
  readonly isChanged: boolean;
}

/** A zone that others change this often between a look and a write is not one to be steered at this moment. */
const MOST_LOOKS = 4;

const soaSwap = (zone: string, soa: RrSet): RrSetSwap => ({ name: zone, type: TYPE.SOA, before: soa, after: soa });

/** A set made from nothing must not end beside a CNAME: a server leaves such a record out without a word (RFC 2136, 3.4.2.2). */
const besideNothing = (swap: RrSetSwap): readonly RrSetSwap[] =>
  swap.before === null && swap.after !== null && swap.type !== TYPE.CNAME
    ? [{ name: swap.name, type: TYPE.CNAME, before: null, after: null }]
    : [];

const isUnchanged = ({ before, after }: RrSetSwap): boolean => sameRrset(before, after);

const neverAtRest = (zone: string, cause: unknown): ProviderError =>
  new ProviderError('busy', `zone ${zone} changed ${MOST_LOOKS} times while it was looked at; ask again`, { cause });

/**
 * Compare and swap of whole record sets in one update message. The server compares values and existence by itself; TTLs, which
 * no prerequisite holds, are compared here, and the SOA as a condition makes sure that nothing has changed since. When a
 * condition fails nothing has happened, so that it is looked at again: a change of other records moves the SOA, too, and must
 * not stop us, a change of ours is a `conflict` out of `decide`. Throws `busy` when the zone does not come to rest.
 */
export const swapRrsets = async <G extends SwapGround, R>(
  { account, zone, look, decide, conditionOnSoa }: Swap<G, R>,
  signal: AbortSignal,
): Promise<Swapped<R>> => {
  for (let looks = 1; ; looks += 1) {
    const ground = await look();
    const { swaps, result } = decide(ground);
    if (swaps.every(isUnchanged)) return { result, serialBefore: ground.serial, isChanged: false };
    const conditions = [
      ...(conditionOnSoa ? [soaSwap(zone, ground.soa)] : []),
      ...swaps.flatMap(besideNothing),
      ...swaps,
    ];
    try {
      const update = { prerequisites: conditions.flatMap(prerequisitesOf), updates: swaps.flatMap(updatesOf) };
      await account.update(zone, update, signal);
      return { result, serialBefore: ground.serial, isChanged: true };
    } catch (failure) {
      const hasMoved = failure instanceof ProviderError && failure.kind === 'conflict';
      if (!hasMoved) throw failure;
      if (looks === MOST_LOOKS) throw neverAtRest(zone, failure);
    }
  }
};
