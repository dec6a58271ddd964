import { describe, expect, it } from 'vitest';
import { phaseOf } from '../../src/run/phase.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel } from '../support/model.ts';

describe('a defect in steer itself', () => {
  it('rule 7: holds the run it broke over, says so, and writes nothing', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const attempt = async () => {
      const model = await buildModel(clock);
      const id = await model.start({ region: EAST });
      const stop = new AbortController();
      const broken = model.executor(
        { untilIdle: false },
        {
          gather: () => Promise.reject(new TypeError('undefined is not a function')),
          watcher: { tell: ({ what }) => what === 'defect' && stop.abort() },
        },
      );

      await broken.run(stop.signal);

      return { run: await model.run(id), writes: model.vendor.landedWrites };
    };

    const { run, writes } = await clock.run(attempt(), MONDAY_MORNING + 3_600_000);

    expect(run.engineHold).toMatchObject({ cause: 'guardrail', endsByItself: false });
    expect(run.engineHold?.because.join()).toContain('undefined is not a function');
    expect(phaseOf(run).phase).not.toBe('DONE');
    expect(writes).toBe(0);
  });
});
