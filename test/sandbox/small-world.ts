import { createLocalWorld, type LocalWorld } from '../../src/sandbox/local-world.ts';
import { LIVE_PACE } from '../../src/sandbox/pace.ts';
import { scenarioOf } from '../../src/sandbox/scenarios.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { dice } from './slack/workspace-options.ts';

/** The local world in memory, with few resolvers, whose time stands until `live` is called. */
export interface SmallWorld {
  readonly local: LocalWorld;
  readonly clock: ManualClock;
  /** Lets so many seconds pass, tick by tick. */
  live(seconds: number): Promise<void>;
}

export const smallWorld = (): SmallWorld => {
  const clock = new ManualClock();
  const pace = { ...LIVE_PACE, resolvers: 100 };
  const local = createLocalWorld({
    now: () => clock.now(),
    random: dice(),
    sleep: (ms) => clock.sleep(ms, new AbortController().signal),
    scenario: scenarioOf('calm', { source: 'us-east-1', destinations: ['us-west-2'], seed: 7 }),
    pace,
  });
  return {
    local,
    clock,
    live: async (seconds) => {
      for (let ms = 0; ms < seconds * 1000; ms += pace.tickMs) {
        await clock.advance(pace.tickMs);
        await local.tick();
      }
    },
  };
};
