import { describe, expect, it } from 'vitest';
import type { Steering } from '../../providers/steering.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel } from '../support/model.ts';

describe('how often a vendor is asked', () => {
  it('is once a step, when the change should be done', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    let asked = 0;
    const evacuation = async () => {
      const model = await buildModel(clock, { propagationMs: 45_000 });
      const { steering } = model;
      const counting: Steering = {
        capabilities: steering.capabilities,
        read: (refs, signal) => steering.read(refs, signal),
        replace: (write, signal) => steering.replace(write, signal),
        propagation: (changes, signal) => {
          asked += 1;
          return steering.propagation(changes, signal);
        },
      };
      const id = await model.start({ region: EAST });
      await model.executor({}, { steering: () => counting }).run(new AbortController().signal);
      return model.run(id);
    };

    const run = await clock.run(evacuation());

    expect(run.stage).toBe('done');
    expect(run.steps.length).toBeGreaterThan(1);
    expect(asked).toBe(run.steps.length);
  });
});
