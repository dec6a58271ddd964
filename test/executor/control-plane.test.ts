import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../providers/errors.ts';
import type { Steering } from '../../providers/steering.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST, WEST } from '../support/fleet-config.ts';
import { MINUTE, type Story, tell } from '../support/story.ts';

/** A control plane that can be switched off: writes, reads and questions alike. */
const breakable = (inner: Steering) => {
  const state = { writes: true, reads: true };
  const guarded = async <T>(isUp: boolean, call: () => Promise<T>): Promise<T> => {
    if (!isUp) throw new ProviderError('unavailable', 'the control plane is down');
    return call();
  };
  const steering: Steering = {
    capabilities: inner.capabilities,
    read: (refs, signal) => guarded(state.reads, () => inner.read(refs, signal)),
    replace: (write, signal) => guarded(state.writes, () => inner.replace(write, signal)),
    propagation: (changes, signal) => guarded(state.reads, () => inner.propagation(changes, signal)),
  };
  return { state, steering };
};

const started = async (story: Story) => {
  const id = await story.model.start({ region: EAST });
  const { state, steering } = breakable(story.model.steering);
  void story.process({}, {}, { steering: () => steering });
  return { id, state };
};

const recordOf = ({ model }: Story, member: string) => {
  const ref = model.config.services[0]?.sets[0]?.ref;
  return model.vendor.zone('zone-0').records.get(`${ref?.name} ${ref?.type} ${member}`);
};

describe('a control plane that is down', () => {
  it('rule 14: holds with what can be done by hand, and a resume finishes', async () => {
    const { held, still, words } = await tell({}, async (story) => {
      const { id, state } = await started(story);
      await story.until(id, ({ steps }) => steps.length === 1);
      state.writes = false;
      const held = await story.until(id, ({ engineHold }) => engineHold !== null);
      state.writes = true;
      await story.sleep(20 * MINUTE);
      const still = await story.phase(id);
      await story.ask(id, 'resume.asked');
      return { held: held.engineHold, still, words: phaseOf(await story.ended(id)).words };
    });

    expect(held).toMatchObject({ cause: 'control-plane', endsByItself: false });
    expect(held?.byHand.join()).toContain('resume');
    expect(still).toBe('HOLDING out (control-plane)');
    expect(words).toBe('DONE');
  });

  it('rule 14: a resume while it is still down holds again, and the next one finishes', async () => {
    const { again, words } = await tell({}, async (story) => {
      const { id, state } = await started(story);
      await story.until(id, ({ steps }) => steps.length === 1);
      state.writes = false;
      await story.until(id, ({ engineHold }) => engineHold !== null);
      await story.ask(id, 'resume.asked');
      await story.sleep(10 * MINUTE);
      const again = await story.phase(id);
      state.writes = true;
      await story.ask(id, 'resume.asked');
      return { again, words: phaseOf(await story.ended(id)).words };
    });

    expect(again).toBe('HOLDING out (control-plane)');
    expect(words).toBe('DONE');
  });

  it('rule 6: what lands after a resume propagates and bakes like any step', async () => {
    const { betweenMs, bakeMs } = await tell({ names: 2, zones: 2 }, async (story) => {
      const { id, state } = await started(story);
      await story.until(id, ({ steps }) => steps.length === 1);
      state.writes = false;
      await story.until(id, ({ engineHold }) => engineHold !== null);
      await story.sleep(30 * MINUTE);
      state.writes = true;
      await story.ask(id, 'resume.asked');
      await story.ended(id);
      const events = await story.events(id);
      const resumed = events.findIndex(({ type }) => type === 'resume.asked');
      const landed = events.slice(resumed).find(({ type }) => type === 'batch.landed');
      const next = events.slice(resumed).find(({ type }) => type === 'step.intended');
      return {
        betweenMs: (next?.at ?? 0) - (landed?.at ?? 0),
        bakeMs: (await story.model.run(id)).envelope.bakeMs,
      };
    });

    expect(betweenMs).toBeGreaterThanOrEqual(bakeMs);
  });

  it('rule 14: a vendor that cannot even be read holds the run, and what is stuck there is settled once it can', async () => {
    const { held, words } = await tell({}, async (story) => {
      const { id, state } = await started(story);
      await story.until(id, ({ steps }) => steps.length === 1);
      story.model.vendor.failNext({ on: 'write', when: 'after', kind: 'unknown-outcome' });
      state.reads = false;
      await story.sleep(30 * MINUTE);
      const held = await story.phase(id);
      state.reads = true;
      await story.sleep(MINUTE);
      await story.ask(id, 'resume.asked');
      return { held, words: phaseOf(await story.ended(id)).words };
    });

    expect(held).toBe('HOLDING out (control-plane)');
    expect(words).toBe('DONE');
  });

  it('rule 14: a read that never answers keeps nobody: the run goes on as soon as another does', async () => {
    const words = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      story.model.vendor.failNext(
        { on: 'read', when: 'before', kind: 'hang' },
        { on: 'read', when: 'after', kind: 'hang' },
      );
      void story.process();
      return phaseOf(await story.ended(id)).words;
    });

    expect(words).toBe('DONE');
  });
});

describe('a change that the vendor accepted and lost', () => {
  const lose = async (story: Story, edit: (story: Story) => void) => {
    const id = await story.model.start({ region: EAST });
    const before = [`m-${EAST}`, `m-${WEST}`, 'm-eu-west-1'].flatMap((member) => recordOf(story, member) ?? []);
    let isLost = false;
    void story.process({
      afterWrite: async ({ changes }) => {
        if (isLost || changes.length === 0) return;
        isLost = true;
        for (const record of before) story.model.vendor.edit('zone-0', record, record);
        story.model.vendor.strand('change-1');
        edit(story);
      },
    });
    return id;
  };

  it('rule 4: is sent again when the records are as before', async () => {
    const { words, refused, weights } = await tell({}, async (story) => {
      const id = await lose(story, () => {});
      const words = phaseOf(await story.ended(id)).words;
      const events = await story.events(id);
      const refused = events.flatMap((event) => (event.type === 'batch.refused' ? [event.data.kind] : []));
      return { words, refused, weights: story.weights()['checkout/0'] };
    });

    expect(refused).toEqual(['stranded']);
    expect(words).toBe('DONE');
    expect(weights?.[`m-${EAST}`]).toBe(0);
  });

  it('rule 2: is not sent again when somebody has changed them meanwhile', async () => {
    const { words, weights } = await tell({}, async (story) => {
      const id = await lose(story, ({ model }) => {
        const record = recordOf(story, `m-${WEST}`);
        if (record !== undefined) model.vendor.edit('zone-0', record, { ...record, weight: 7 });
      });
      await story.sleep(20 * MINUTE);
      return { words: await story.phase(id), weights: story.weights()['checkout/0'] };
    });

    expect(words).toBe('HOLDING out (foreign-edit)');
    expect(weights).toEqual({ [`m-${EAST}`]: 100, [`m-${WEST}`]: 7, 'm-eu-west-1': 100 });
  });
});

describe('records that somebody else changes on the way', () => {
  it('rule 2: hold, are shown, and once they are put back the set catches up with its step before the run is DONE', async () => {
    const { held, because, words, weights } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ step }) => step?.step === 3 && step.batches.every(({ state }) => state === 'todo'));
      const record = recordOf(story, `m-${WEST}`);
      if (record !== undefined) story.model.vendor.edit('zone-0', record, { ...record, ttlSeconds: 5 });
      const run = await story.until(id, ({ engineHold }) => engineHold?.cause === 'foreign-edit');
      await story.ask(id, 'resume.asked');
      await story.sleep(5 * MINUTE);
      const held = await story.phase(id);
      if (record !== undefined) story.model.vendor.edit('zone-0', record, record);
      await story.ask(id, 'resume.asked');
      const words = phaseOf(await story.ended(id)).words;
      return { held, because: run.engineHold?.because.join(), words, weights: story.weights()['checkout/0'] };
    });

    expect(held).toBe('HOLDING out (foreign-edit)');
    expect(because).toContain('found weight');
    expect(words).toBe('DONE');
    expect(weights?.[`m-${EAST}`]).toBe(0);
  });

  it('rule 2: are left out of an emergency, which judges its next steps by what they really hold', async () => {
    const { words, seen, weights, heldSets } = await tell({ names: 2 }, async (story) => {
      story.model.world.failing.add(EAST);
      const id = await story.model.start({ region: EAST, mode: 'emergency' });
      const seen: (number | null)[] = [];
      const { gather } = story.model.deps();
      void story.process(
        {
          beforeAppend: async ({ events: [first] }) => {
            const record = recordOf(story, `m-${WEST}`);
            if (first?.type === 'batch.intended' && record !== undefined)
              story.model.vendor.edit('zone-0', record, { ...record, weight: 7 });
          },
        },
        {},
        {
          gather: (question, signal) => {
            const known = Object.values(question.known?.sets ?? {}).find(({ state }) => state.set.endsWith('/0'));
            const west = known?.state.members.find(({ member }) => member === `m-${WEST}`);
            if (west !== undefined) seen.push(west.weight);
            return gather(question, signal);
          },
        },
      );
      const end = await story.ended(id);
      return { words: phaseOf(end).words, heldSets: phaseOf(end).heldSets, seen, weights: story.weights() };
    });

    expect(words).toMatch(/^DONE/);
    expect(heldSets).toBe(1);
    expect(seen.at(-1)).toBe(7);
    expect(weights['checkout/0']?.[`m-${WEST}`]).toBe(7);
    expect(weights['checkout/1']?.[`m-${EAST}`]).toBe(0);
  });
});
