import type { Clock } from '../src/ports/clock.ts';
import { ProviderError } from './errors.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Steering } from './steering.ts';

/** How often one that waits looks whether it is its turn: often beside calls that take a good part of a second. */
const LOOK_AGAIN_MS = 50;

const notItsTurn = (zone: string, cause: unknown): ProviderError =>
  new ProviderError(
    'busy',
    `zone ${zone}: nothing was sent, because writes before it took all the time that it had; ask again`,
    { cause },
  );

/**
 * The same steering with no more writes under way at once than the account's pace has tokens for within the second that may be
 * hidden; the others wait, and nothing of them has been sent. An emulated write is several calls: with more of them at once,
 * one that is out could not be read back for want of a token, and nobody would know whether it has landed.
 */
export const pacedWrites = (
  steering: Steering,
  limiter: Pick<RateLimiter, 'parallel'>,
  clock: Pick<Clock, 'sleep'>,
): Steering => {
  let underWay = 0;

  /** Waits by the clock, not for another write: virtual time stands still for whoever waits without it. */
  const turn = async (zone: string, signal: AbortSignal): Promise<void> => {
    while (underWay >= limiter.parallel()) {
      try {
        await clock.sleep(LOOK_AGAIN_MS, signal);
      } catch (cause) {
        throw notItsTurn(zone, cause);
      }
    }
    underWay += 1;
  };

  return {
    capabilities: steering.capabilities,
    read: (refs, signal) => steering.read(refs, signal),
    async replace(write, signal) {
      await turn(write.zone, signal);
      try {
        return await steering.replace(write, signal);
      } finally {
        underWay -= 1;
      }
    },
    propagation: (changes, signal) => steering.propagation(changes, signal),
  };
};
