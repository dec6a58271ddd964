import { describe, expect, it } from 'vitest';
import { serviceId } from '../../src/domain/ids.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { ADMIN, EAST, WEST } from '../support/fleet-config.ts';
import type { Model } from '../support/model.ts';
import { HOUR, MINUTE, type Story, tell } from '../support/story.ts';

const editFirstRecord = ({ config, vendor }: Model, weight: number): void => {
  const ref = config.services[0]?.sets[0]?.ref;
  const record = vendor.zone('zone-0').records.get(`${ref?.name} ${ref?.type} m-${WEST}`);
  if (record !== undefined) vendor.edit('zone-0', record, { ...record, weight });
};

const freeze = async ({ model }: Story, type: 'freeze.set' | 'freeze.lifted'): Promise<void> => {
  const version = (await model.store.journal.read('fleet', 0)).length;
  const data = { by: ADMIN, door: 'test', because: 'a launch', ...(type === 'freeze.set' ? { until: null } : {}) };
  await model.store.journal.append({ stream: 'fleet', expectedVersion: version, events: [{ type, data }] });
};

describe('a plan', () => {
  it('rule 5: that nobody approves in time is STOPPED (expired)', async () => {
    const { words, writes } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST }, false);
      void story.process();
      await story.sleep(31 * MINUTE);
      await story.approve(id, (await story.model.run(id)).digest);
      await story.sleep(10 * MINUTE);
      return { words: await story.phase(id), writes: story.model.vendor.landedWrites };
    });

    expect(words).toBe('STOPPED (expired)');
    expect(writes).toBe(0);
  });

  it('rule 5: that was approved and finds no executor in time is STOPPED (expired)', async () => {
    const { words, writes } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      await story.sleep(31 * MINUTE);
      void story.process();
      await story.sleep(10 * MINUTE);
      return { words: await story.phase(id), writes: story.model.vendor.landedWrites };
    });

    expect(words).toBe('STOPPED (expired)');
    expect(writes).toBe(0);
  });

  it('rule 5: whose base has moved is STOPPED (void), before the first write', async () => {
    const { words, because, writes } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      editFirstRecord(story.model, 90);
      void story.process();
      const end = await story.ended(id);
      return { words: phaseOf(end).words, because: end.ended?.because.join(), writes: story.model.vendor.landedWrites };
    });

    expect(words).toBe('STOPPED (void)');
    expect(because).toContain(`m-${WEST}: expected weight 100`);
    expect(writes).toBe(0);
  });

  it('rule 12: approved under another digest is not approved', async () => {
    const { words, writes, notes } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST }, false);
      void story.process();
      await story.approve(id, 'the digest of another plan');
      await story.sleep(10 * MINUTE);
      const run = await story.model.run(id);
      return { words: phaseOf(run).words, writes: story.model.vendor.landedWrites, notes: run.notes };
    });

    expect(words).toBe('WAITING FOR APPROVAL');
    expect(writes).toBe(0);
    expect(notes[0]?.text).toContain('another plan');
  });

  it('rule 5: a freeze between plan and start keeps it from starting until it is lifted', async () => {
    const { frozen, writes, words } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      await freeze(story, 'freeze.set');
      void story.process();
      await story.sleep(10 * MINUTE);
      const frozen = await story.phase(id);
      const writes = story.model.vendor.landedWrites;
      await freeze(story, 'freeze.lifted');
      return { frozen, writes, words: phaseOf(await story.ended(id)).words };
    });

    expect(frozen).toBe('PLANNED');
    expect(writes).toBe(0);
    expect(words).toBe('DONE');
  });

  it('rule 10: a freeze that comes between the decision to start and its append is found', async () => {
    const { started, writes } = await tell({}, async (story) => {
      const id = await story.model.start({ region: EAST });
      let isFrozen = false;
      void story.process({
        beforeAppend: async ({ events: [first] }) => {
          if (first?.type !== 'run.started' || isFrozen) return;
          isFrozen = true;
          await freeze(story, 'freeze.set');
        },
      });
      await story.sleep(10 * MINUTE);
      const events = await story.events(id);
      return { started: events.some(({ type }) => type === 'run.started'), writes: story.model.vendor.landedWrites };
    });

    expect(started).toBe(false);
    expect(writes).toBe(0);
  });

  it('rule 9: two that were approved at once start one after the other', async () => {
    const { overlaps, words } = await tell({ services: ['checkout', 'search'] }, async (story) => {
      const first = await story.model.start({ region: EAST, services: [serviceId('checkout')] });
      const second = await story.model.start({ region: EAST, services: [serviceId('search')] });
      void story.process();
      const ends = [await story.ended(first), await story.ended(second)];
      const [a, b] = ends.toSorted((x, y) => (x.startedAt ?? 0) - (y.startedAt ?? 0));
      const words = ends.map((run) => phaseOf(run).words);
      return { overlaps: (b?.startedAt ?? 0) < (a?.endedAt ?? HOUR), words };
    });

    expect(overlaps).toBe(false);
    expect(words).toEqual(['DONE', 'DONE']);
  });

  it('rule 5: that does not finish in time moves no further, and can still be rolled back', async () => {
    const { words, before, after, end } = await tell(
      { limits: { drill: { finishWithinMs: 4 * MINUTE } } },
      async (story) => {
        const before = story.weights();
        const id = await story.model.start({ region: EAST });
        void story.process();
        const held = await story.until(id, ({ engineHold }) => engineHold !== null);
        await story.ask(id, 'rollback.asked');
        const end = phaseOf(await story.ended(id)).words;
        return { words: phaseOf(held).words, before, after: story.weights(), end };
      },
    );

    expect(words).toBe('HOLDING out (guardrail)');
    expect(end).toBe('STOPPED (rolled-back)');
    expect(after).toEqual(before);
  });
});
