import { ProviderError } from '../../../providers/errors.ts';
import type { Instant } from '../../domain/units.ts';
import type { DnsAsk } from './account.ts';
import type { ChangeResult, Prepared } from './prepared.ts';

/** `unknown`: the vendor does not say; only asking the servers can tell. `late`: not everywhere when the time was up. */
export type Arrival =
  | { readonly state: 'everywhere'; readonly at: Instant }
  | { readonly state: 'late'; readonly until: Instant }
  | { readonly state: 'unknown' };

const FIRST_LOOK_MS = 1000;
/** A vendor that takes a minute needs no more questions than that. */
const LONGEST_PAUSE_MS = 10_000;

/** Waits until every name server has what landed, and never past `until`. */
export const dnsWait = async (
  { deps, signal }: DnsAsk,
  prepared: Prepared,
  results: readonly ChangeResult[],
  until: Instant,
): Promise<Arrival> => {
  const changes = [...new Set(results.flatMap(({ change }) => (change === null ? [] : [change])))];
  if (changes.length === 0) return { state: 'unknown' };
  let pauseMs = FIRST_LOOK_MS;
  for (;;) {
    const arrived = await look(prepared, changes, signal);
    if (arrived === null) return { state: 'unknown' };
    const now = deps.clock.now();
    if (arrived) return { state: 'everywhere', at: now };
    if (now >= until || signal.aborted) return { state: 'late', until };
    await deps.clock.sleep(Math.min(pauseMs, until - now), signal).catch(() => {});
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
};

/** A vendor that cannot be asked just now is asked again. */
const look = async (prepared: Prepared, changes: readonly string[], signal: AbortSignal): Promise<boolean | null> => {
  try {
    return await prepared.arrived(changes, signal);
  } catch (error) {
    if (error instanceof ProviderError) return false;
    if (signal.aborted) return false;
    throw error;
  }
};
