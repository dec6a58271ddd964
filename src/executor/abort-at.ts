import type { Instant } from '../domain/units.ts';
import type { Clock } from '../ports/clock.ts';

/** A signal that fires at an instant of this clock, or with its parent. `clear` it when the work is done. */
export const abortAt = (
  clock: Clock,
  at: Instant,
  parent: AbortSignal,
): { readonly signal: AbortSignal; readonly clear: () => void } => {
  const deadline = new AbortController();
  const stop = new AbortController();
  clock.sleep(Math.max(0, at - clock.now()), stop.signal).then(
    () => deadline.abort(new Error('the request took longer than it may')),
    () => {},
  );
  return { signal: AbortSignal.any([deadline.signal, parent]), clear: () => stop.abort() };
};
