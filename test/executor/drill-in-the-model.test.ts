import { describe, expect, it } from 'vitest';
import { phaseOf } from '../../src/run/phase.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel } from '../support/model.ts';

const MINUTES = 60_000;

describe('a drill in the model', () => {
  it('empties the region, stays, brings the traffic home to the very weights it had, and is DONE', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const drill = async () => {
      const model = await buildModel(clock);
      const before = model.answers();
      const id = await model.start({ region: EAST, stayMs: 10 * MINUTES });
      await model.executor().run(new AbortController().signal);
      return { run: await model.run(id), before, after: model.answers() };
    };

    const done = await clock.run(drill(), MONDAY_MORNING + 6 * 60 * MINUTES);

    expect(phaseOf(done.run).words).toBe('DONE');
    expect(done.run.steps.filter(({ direction }) => direction === 'out').length).toBeGreaterThan(2);
    expect(done.after).toEqual(done.before);
  });
});
