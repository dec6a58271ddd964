import { setTimeout as delay } from 'node:timers/promises';
import type { WorkspaceOptions } from '../../../src/sandbox/slack/workspace.ts';
import { ManualClock } from '../../support/manual-clock.ts';

/** Numbers that look random and are the same in every run. */
export const dice = (seed = 1): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** A workspace whose time stands until the test moves it. */
export const virtual = (): { readonly clock: ManualClock; readonly options: WorkspaceOptions } => {
  const clock = new ManualClock();
  const options = {
    now: () => clock.now(),
    sleep: (ms: number, signal: AbortSignal) => clock.sleep(ms, signal),
    random: dice(),
  };
  return { clock, options };
};

/** A workspace on the real clock, for tests over sockets. */
export const real = (): WorkspaceOptions => ({
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  random: dice(),
});
