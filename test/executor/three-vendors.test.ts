import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../providers/errors.ts';
import type { Steering } from '../../providers/steering.ts';
import type { Config } from '../../src/domain/config.ts';
import { type ProviderId, providerId } from '../../src/domain/ids.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { EAST } from '../support/fleet-config.ts';
import type { ModelOptions } from '../support/model.ts';
import { MINUTE, type Story, tell } from '../support/story.ts';

const [ONE, TWO, THREE] = [providerId('model'), providerId('vendor-2'), providerId('vendor-3')];
const PROVIDERS = [ONE, TWO, THREE];

/** One name of the service at each vendor, in a zone of the same name everywhere. */
const spreadOut = (config: Config): Config => ({
  ...config,
  services: config.services.map((service) => ({
    ...service,
    sets: service.sets.map((set, i) => ({
      ...set,
      ref: { ...set.ref, provider: PROVIDERS[i % PROVIDERS.length] ?? ONE, zone: 'zone-0' },
    })),
  })),
});

/** The second vendor has neither conditions nor a marker and changes one set at a time; it can be switched off. */
const threeVendors = (): { readonly state: { isUp: boolean }; readonly options: ModelOptions } => {
  const state = { isUp: true };
  const down = async <T>(): Promise<T> => {
    throw new ProviderError('unavailable', 'the second vendor is down');
  };
  const poorer = (inner: Steering): Steering => ({
    capabilities: {
      ...inner.capabilities,
      conditionalWrite: 'emulated',
      fence: 'waited',
      batch: { ...inner.capabilities.batch, sets: 1 },
    },
    read: (refs, signal) => (state.isUp ? inner.read(refs, signal) : down()),
    replace: (write, signal) => (state.isUp ? inner.replace(write, signal) : down()),
    propagation: (changes, signal) => (state.isUp ? inner.propagation(changes, signal) : down()),
  });
  const wrap = (inner: Steering, provider: ProviderId): Steering => (provider === TWO ? poorer(inner) : inner);
  return { state, options: { reshape: spreadOut, wrap, names: 3 } };
};

const drainedAt = ({ model }: Story): readonly number[] =>
  model.config.services.flatMap(({ sets }) =>
    sets.map(({ ref, members }) => {
      const answers = model.vendors.get(ref.provider)?.answers(ref) ?? {};
      return Math.round(100 * (answers[members[EAST] ?? ''] ?? 0));
    }),
  );

describe('an evacuation across three vendors at once', () => {
  it('drains the region at all of them', async () => {
    const { options } = threeVendors();

    const told = await tell(options, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      return { words: phaseOf(await story.ended(id)).words, left: drainedAt(story) };
    });

    expect(told).toEqual({ words: 'DONE', left: [0, 0, 0] });
  });

  it('rule 4: holds where one of them fails half-way, with the others as they are, and a resume finishes it', async () => {
    const { state, options } = threeVendors();

    const told = await tell(options, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 2);
      state.isUp = false;
      const held = await story.until(id, ({ engineHold }) => engineHold !== null);
      const phase = await story.phase(id);
      const shares = drainedAt(story);
      state.isUp = true;
      await story.ask(id, 'resume.asked');
      return {
        hold: held.engineHold,
        phase,
        shares,
        words: phaseOf(await story.ended(id)).words,
        left: drainedAt(story),
      };
    });

    expect(told.hold?.cause).toBe('control-plane');
    expect(told.hold?.because.join()).toContain('the second vendor is down');
    // Two steps are everywhere; of the third the two vendors that are well have theirs, the failing one has none of it.
    expect(told.shares[1]).toBeGreaterThan(0);
    expect(told).toMatchObject({ words: 'DONE', left: [0, 0, 0] });
  });

  it('rule 11: rolls back at all of them after the failing one is well again', async () => {
    const { state, options } = threeVendors();

    const told = await tell(options, async (story) => {
      const before = drainedAt(story);
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 1);
      state.isUp = false;
      await story.until(id, ({ engineHold }) => engineHold !== null);
      await story.ask(id, 'rollback.asked');
      await story.sleep(5 * MINUTE);
      state.isUp = true;
      for (let tries = 0; tries < 5 && !(await story.phase(id)).startsWith('STOPPED'); tries += 1) {
        if ((await story.phase(id)).startsWith('HOLDING')) await story.ask(id, 'resume.asked');
        await story.sleep(20 * MINUTE);
      }
      return { words: await story.phase(id), before, after: drainedAt(story) };
    });

    expect(told.words).toContain('rolled-back');
    expect(told.after).toEqual(told.before);
  });

  it('rule 3: keeps the markers of two zones of one name apart', async () => {
    const { options } = threeVendors();

    const markers = await tell(options, async (story) => {
      const id = await story.model.start({ region: EAST });
      void story.process();
      const run = await story.ended(id);
      return Object.keys(run.fences).toSorted();
    });

    expect(markers).toEqual(['zone-0 at model', 'zone-0 at vendor-2', 'zone-0 at vendor-3']);
  });
});
