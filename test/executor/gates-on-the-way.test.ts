import { describe, expect, it } from 'vitest';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST, WEST } from '../support/fleet-config.ts';
import { MINUTE, SECOND, tell } from '../support/story.ts';

describe('gates while a run is under way', () => {
  it('rule 6: a FAIL of a destination while it bakes holds, no time ends it, and a resume does', async () => {
    const { held, healed, words, steps } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps: done }) => done.length === 2);
      story.model.world.failing.add(WEST);
      await story.sleep(5 * MINUTE);
      const held = await story.phase(id);
      const before = (await story.model.run(id)).steps.length;
      story.model.world.failing.clear();
      await story.sleep(60 * MINUTE);
      const healed = await story.phase(id);
      const steps = { before, after: (await story.model.run(id)).steps.length };
      await story.ask(id, 'resume.asked');
      return { held, healed, words: phaseOf(await story.ended(id)).words, steps };
    });

    expect(held).toBe('HOLDING out (gate)');
    expect(healed).toBe('HOLDING out (gate)');
    expect(steps.after).toBe(steps.before);
    expect(words).toBe('DONE');
  });

  it('rule 6: a FAIL that is still there holds again after a resume', async () => {
    const { words, steps } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps: done }) => done.length === 2);
      story.model.world.failing.add(WEST);
      await story.until(id, ({ engineHold }) => engineHold?.cause === 'gate');
      await story.ask(id, 'resume.asked');
      await story.sleep(10 * MINUTE);
      return { words: await story.phase(id), steps: (await story.model.run(id)).steps.length };
    });

    expect(words).toBe('HOLDING out (gate)');
    expect(steps).toBe(2);
  });

  it('rule 6: the source failing never holds its own evacuation', async () => {
    const words = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 1);
      story.model.world.failing.add(EAST);
      return phaseOf(await story.ended(id)).words;
    });

    expect(words).toBe('DONE');
  });

  it('rule 6: while monitoring is down nothing moves; when it is back the hold ends by itself', async () => {
    const { held, writes, words } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 2);
      story.model.world.monitoringDown = true;
      await story.sleep(2 * MINUTE);
      const held = await story.phase(id);
      const before = story.model.vendor.landedWrites;
      await story.sleep(30 * MINUTE);
      const writes = story.model.vendor.landedWrites - before;
      story.model.world.monitoringDown = false;
      return { held, writes, words: phaseOf(await story.ended(id)).words };
    });

    expect(held).toBe('HOLDING out (data-missing)');
    expect(writes).toBe(0);
    expect(words).toBe('DONE');
  });

  it('rule 14: an hour without monitoring neither fills the journal nor stops the clock', async () => {
    const events = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 2);
      const before = (await story.events(id)).length;
      story.model.world.monitoringDown = true;
      await story.sleep(60 * MINUTE);
      const grown = (await story.events(id)).slice(before);
      return grown.map(({ type }) => type);
    });

    const holds = events.filter((type) => type === 'run.held').length;

    expect(holds).toBeLessThanOrEqual(4);
    expect(events.length).toBeLessThan(300);
  });

  it('rule 14: two things that hold it at once do not take turns in the journal', async () => {
    const { causes, events, words } = await tell(
      { limits: { drill: { capacityRemovedPerHour: 1500 } } },
      async (story) => {
        const id = await story.model.start({ region: EAST });
        void story.process();
        await story.until(id, ({ engineHold }) => engineHold?.cause === 'budget');
        const before = (await story.events(id)).length;
        story.model.world.monitoringDown = true;
        await story.sleep(20 * MINUTE);
        const causes = (await story.events(id)).slice(before).filter(({ type }) => type === 'run.held').length;
        story.model.world.monitoringDown = false;
        const words = phaseOf(await story.ended(id)).words;
        return { causes, events: (await story.events(id)).length - before, words };
      },
    );

    expect(causes).toBeLessThanOrEqual(4);
    expect(events).toBeLessThan(1500);
    expect(words).toBe('DONE');
  });

  it('rule 6: a destination that falls silent holds a drill, and is asked again by itself', async () => {
    const { held, words } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 1);
      story.model.world.silent.add(WEST);
      await story.sleep(10 * MINUTE);
      const held = await story.phase(id);
      story.model.world.silent.clear();
      return { held, words: phaseOf(await story.ended(id)).words };
    });

    expect(held).toBe('HOLDING out (data-missing)');
    expect(words).toBe('DONE');
  });

  it('rule 6: a drained region gets the canary first, and no more before its own traffic has been judged', async () => {
    const { canary, waiting, words } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST, stayMs: MINUTE });
      void story.process();
      await story.until(id, ({ direction, step }) => direction === 'back' && step?.propagatedAt != null);
      const canary = story.weights()['checkout/0'];
      story.model.world.silent.add(EAST);
      await story.sleep(30 * MINUTE);
      const waiting = story.weights()['checkout/0'];
      story.model.world.silent.clear();
      return { canary, waiting, words: phaseOf(await story.ended(id)).words };
    });

    const whole = Object.values(canary ?? {}).reduce((sum, weight) => sum + weight, 0);

    expect(canary?.[`m-${EAST}`]).toBeGreaterThan(0);
    expect((canary?.[`m-${EAST}`] ?? 0) / whole).toBeLessThanOrEqual(0.02);
    expect(waiting).toEqual(canary);
    expect(words).toBe('DONE');
  });

  it('rule 11: after the stay nothing returns to a region whose gates fail: it holds, and comes home once a person resumed', async () => {
    const { held, east, words, after, before } = await tell({}, async (story) => {
      const before = story.weights();
      const id = await story.model.start({ region: EAST, stayMs: 10 * MINUTE });
      void story.process();
      await story.until(id, ({ stage }) => stage === 'staying');
      story.model.world.failing.add(EAST);
      await story.sleep(40 * MINUTE);
      const held = await story.phase(id);
      const east = story.weights()['checkout/0']?.[`m-${EAST}`];
      story.model.world.failing.clear();
      await story.ask(id, 'resume.asked');
      const words = phaseOf(await story.ended(id)).words;
      return { held, east, words, after: story.weights(), before };
    });

    expect(held).toBe('HOLDING back (gate)');
    expect(east).toBe(0);
    expect(words).toBe('DONE');
    expect(after).toEqual(before);
  });

  it('rule 11: an emergency never brings traffic back by itself', async () => {
    const { words, weights, turned } = await tell({}, async (story) => {
      story.model.world.failing.add(EAST);
      const id = await story.model.start({ region: EAST, mode: 'emergency', stayMs: MINUTE });
      void story.process();
      const end = await story.ended(id);
      story.model.world.failing.clear();
      await story.sleep(3 * 60 * MINUTE);
      const turned = (await story.events(id)).filter(({ type }) => type === 'direction.turned').length;
      return { words: phaseOf(end).words, weights: story.weights()['checkout/0'], turned };
    });

    expect(words).toMatch(/^DONE/);
    expect(weights?.[`m-${EAST}`]).toBe(0);
    expect(turned).toBe(0);
  });

  it('rule 7: monitoring that never answers is monitoring that is down', async () => {
    const { held, words } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      let hangs = false;
      const { gather, clock } = story.model.deps();
      void story.process(
        {},
        {},
        {
          gather: (question, signal) =>
            hangs
              ? new Promise((_, reject) => {
                  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
                })
              : gather(question, signal),
          clock,
        },
      );
      await story.until(id, ({ steps }) => steps.length === 1);
      hangs = true;
      await story.sleep(10 * MINUTE);
      const held = await story.phase(id);
      hangs = false;
      await story.sleep(30 * SECOND);
      await story.ask(id, 'resume.asked');
      return { held, words: phaseOf(await story.ended(id)).words };
    });

    expect(held).toMatch(/^HOLDING/);
    expect(words).toBe('DONE');
  });
});
