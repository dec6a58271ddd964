import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../providers/errors.ts';
import { groupRecordName } from '../../providers/memory/groups.ts';
import type { Steering } from '../../providers/steering.ts';
import { refusals } from '../../src/domain/objections.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST, EUROPE, MODEL, WEST } from '../support/fleet-config.ts';
import { arrives, GEO, layeredFleet, pointsAt, recordsAt } from '../support/layered-fleet.ts';
import { MINUTE, type Story, tell } from '../support/story.ts';

/** The control plane of the weights, which a test can switch off; the servers go on answering. */
const switchable = () => {
  const state = { isUp: true };
  const wrap = (inner: Steering, provider: string): Steering => {
    if (provider !== MODEL) return inner;
    const whenUp = async <T>(call: () => Promise<T>): Promise<T> => {
      if (state.isUp) return call();
      throw new ProviderError('unavailable', 'the control plane is down');
    };
    return {
      capabilities: inner.capabilities,
      read: (refs, signal) => whenUp(() => inner.read(refs, signal)),
      replace: (write, signal) => whenUp(() => inner.replace(write, signal)),
      propagation: (changes, signal) => whenUp(() => inner.propagation(changes, signal)),
    };
  };
  return { state, wrap };
};

const geoOf = ({ model }: Story) => model.vendors.get(GEO);
const arriving = ({ model }: Story) =>
  Object.fromEntries([EAST, WEST, EUROPE].map((region) => [region, Math.round(100 * arrives(region, model.vendors))]));

/** A canary as large as the largest group: a layer of groups cannot return less. */
const COARSE = { planned: { restoreCanaryShare: 2000, largestStep: 4000, capacityRemovedPerHour: 10_000 } };

describe('a service behind two layers', () => {
  it('moves at the preferred layer and leaves the other alone', async () => {
    const told = await tell(layeredFleet(), async (story) => {
      const before = recordsAt(geoOf(story), 'geo-zone');
      const id = await story.model.start({ region: EAST });
      void story.process();
      const words = phaseOf(await story.ended(id)).words;
      return { words, before, after: recordsAt(geoOf(story), 'geo-zone'), gets: arriving(story) };
    });

    expect(told.words).toBe('DONE');
    expect(told.after).toEqual(told.before);
    expect(told.gets[EAST]).toBe(0);
  });

  it('moves at the other layer in an emergency when the preferred one has no control plane, and says so', async () => {
    const { state, wrap } = switchable();
    const told = await tell(layeredFleet({ wrap }), async (story) => {
      state.isUp = false;
      const { envelope, forecast } = await story.model.plan({ region: EAST, mode: 'emergency' });
      const id = await story.model.start({ region: EAST, mode: 'emergency' });
      void story.process();
      const run = await story.ended(id);
      return { envelope, forecast, words: phaseOf(run).words, steps: run.steps.length, gets: arriving(story) };
    });

    expect(told.envelope?.stillLayers?.map(({ layer, moves }) => [layer, moves])).toEqual([['weights', 'geo']]);
    expect(told.forecast?.remarks.join('\n')).toContain('"weights" of checkout could not be read');
    expect(told.words).toMatch(/^DONE/);
    expect(told.gets[EAST]).toBe(0);
    expect(told.gets[WEST]).toBeGreaterThan(33);
    expect(told.gets[EUROPE]).toBeGreaterThan(33);
  });

  it('rule 6: a drill waits until the silent layer can be read: unknown is not home', async () => {
    const { state, wrap } = switchable();
    const objections = await tell(layeredFleet({ wrap }), async (story) => {
      state.isUp = false;
      return refusals((await story.model.plan({ region: EAST, mode: 'drill' })).objections);
    });

    expect(objections.map(({ code }) => code)).toContain('facts-missing');
    expect(objections.map(({ because }) => because).join()).toContain('--emergency');
  });

  it('rule 11: restoring puts the exact former groups back', async () => {
    const { state, wrap } = switchable();
    const told = await tell(layeredFleet({ wrap, limits: COARSE }), async (story) => {
      const before = recordsAt(geoOf(story), 'geo-zone');
      state.isUp = false;
      const out = await story.model.start({ region: EAST, mode: 'emergency' });
      void story.process();
      await story.ended(out);
      const away = pointsAt(geoOf(story));
      state.isUp = true;
      const back = await story.model.start({ verb: 'restore', region: EAST, mode: 'planned' });
      const words = phaseOf(await story.ended(back)).words;
      return { words, away, before, after: recordsAt(geoOf(story), 'geo-zone'), gets: arriving(story) };
    });

    expect(Object.values(told.away)).not.toContain(`${EAST}.entry.example.com.`);
    expect(told.words).toBe('DONE');
    expect(told.after).toEqual(told.before);
    expect(told.gets).toEqual({ [EAST]: 33, [WEST]: 33, [EUROPE]: 33 });
  });

  it('rule 4: moves its groups one after the other, the largest first, and never half of one', async () => {
    const { state, wrap } = switchable();
    const limits = { emergency: { firstStep: 500, largestStep: 2000 } };
    const steps = await tell(layeredFleet({ wrap, limits }), async (story) => {
      state.isUp = false;
      const id = await story.model.start({ region: EAST, mode: 'emergency' });
      void story.process();
      await story.ended(id);
      const events = await story.events(id);
      return events.flatMap((event) => (event.type === 'step.intended' ? [Object.keys(event.data.weights)] : []));
    });

    expect(steps).toEqual([['geo/Americas-North'], ['geo/Americas-South']]);
  });

  it.each([
    ['emptied', null],
    ['half emptied and stopped', 'stop.asked'],
  ] as const)(
    'rule 6: takes a silent layer that steer itself left %s for what it was, never for home',
    async (_, ask) => {
      const { state, wrap } = switchable();
      const refused = await tell(layeredFleet({ wrap }), async (story) => {
        const out = await story.model.start({ region: EAST });
        void story.process();
        if (ask !== null) {
          await story.until(out, ({ steps }) => steps.length === 2);
          await story.ask(out, ask);
        }
        await story.ended(out);
        state.isUp = false;
        return refusals((await story.model.plan({ region: WEST, mode: 'emergency' })).objections);
      });

      const fights = refused.filter(({ code }) => code === 'layers-fight');
      expect(fights).toMatchObject([{ service: 'checkout', override: 'nobody' }]);
      expect(fights[0]?.because).toContain('cannot be read now');
    },
  );

  it('refuses a plan while both layers are away from home: one would undo the other', async () => {
    const codes = await tell(layeredFleet(), async (story) => {
      const { model } = story;
      const [entry] = model.config.services[0]?.sets ?? [];
      const group = model.config.services[0]?.sets.find(({ ref }) => ref.group === 'Pacific');
      if (entry === undefined || group === undefined) throw new Error('no such sets');
      const weights = model.vendor.zone('zone-0').records.get(`${entry.ref.name} A m-${WEST}`);
      if (weights === undefined) throw new Error('no such record');
      model.vendor.edit('zone-0', weights, { ...weights, weight: 100 });
      const was = {
        name: group.ref.name,
        type: 'CNAME',
        member: groupRecordName('Pacific', `${WEST}.entry.example.com.`),
      };
      const held = geoOf(story)?.zone('geo-zone').records.get(`${was.name} ${was.type} ${was.member}`);
      if (held === undefined) throw new Error('no such group');
      const target = `${EUROPE}.entry.example.com.`;
      const now = { ...held, member: groupRecordName('Pacific', target), value: target };
      geoOf(story)?.edit('geo-zone', was, null);
      geoOf(story)?.edit('geo-zone', now, now);
      return refusals((await model.plan({ region: EAST, mode: 'drill' })).objections).map(({ code }) => code);
    });

    expect(codes).toContain('layers-fight');
  });

  it('rule 2: holds when somebody moves the other layer meanwhile, and goes on once it is home again', async () => {
    const told = await tell(layeredFleet(), async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 1);
      const member = groupRecordName('Europe', `${EUROPE}.entry.example.com.`);
      const key = { name: 'www.example.com.', type: 'CNAME', member };
      const held = geoOf(story)?.zone('geo-zone').records.get(`${key.name} ${key.type} ${member}`);
      if (held === undefined) throw new Error('no such group');
      const moved = {
        ...held,
        member: groupRecordName('Europe', `${WEST}.entry.example.com.`),
        value: `${WEST}.entry.example.com.`,
      };
      geoOf(story)?.edit('geo-zone', key, null);
      geoOf(story)?.edit('geo-zone', moved, moved);
      const hold = await story.until(id, ({ engineHold }) => engineHold !== null);
      geoOf(story)?.edit('geo-zone', moved, null);
      geoOf(story)?.edit('geo-zone', held, held);
      await story.sleep(MINUTE);
      if ((await story.phase(id)).startsWith('HOLDING')) await story.ask(id, 'resume.asked');
      return { hold: hold.engineHold, words: phaseOf(await story.ended(id)).words };
    });

    expect(told.hold?.cause).toBe('guardrail');
    expect(told.hold?.objections.map(({ code }) => code)).toContain('layers-fight');
    expect(told.words).toBe('DONE');
  });
});
