import { describe, expect, it } from 'vitest';
import type { Steering } from '../../providers/steering.ts';
import type { Config } from '../../src/domain/config.ts';
import { type ProviderId, providerId, type SetId, setId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { DrainMethod, SetState } from '../../src/domain/steering.ts';
import { WHOLE } from '../../src/domain/units.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { arrangeCloudflare } from '../contracts/steering/cloudflare-world.ts';
import { arrangeRoute53 } from '../contracts/steering/route53-world.ts';
import { arrangeUltradns } from '../contracts/steering/ultradns-world.ts';
import { refOf, type SteeringWorld, weightsOf } from '../contracts/steering/world.ts';
import { EAST, EUROPE, WEST } from '../support/fleet-config.ts';
import type { ModelOptions } from '../support/model.ts';
import { type Story, tell } from '../support/story.ts';

interface Vendor {
  readonly provider: ProviderId;
  readonly world: SteeringWorld;
  readonly drain: DrainMethod;
  /** Whether the vendor holds a record of the standby: one without could not receive. */
  readonly holdsSpare: boolean;
}

/** The providers as in production over the wire fakes of their vendors: Route 53, UltraDNS and Cloudflare. */
const arranged = async (): Promise<readonly Vendor[]> => [
  {
    provider: providerId('model'),
    world: await arrangeRoute53({ proven: { conditionalWrite: true, fence: 'native', zeroOnAlias: false } }),
    // Its records have health checks, and nobody here tells how those stand: weight 0 would be refused.
    drain: 'remove',
    holdsSpare: true,
  },
  { provider: providerId('ultra'), world: await arrangeUltradns(), drain: 'state', holdsSpare: true },
  { provider: providerId('flare'), world: await arrangeCloudflare(), drain: 'remove', holdsSpare: false },
];

const spreadOut =
  (vendors: readonly Vendor[]) =>
  (config: Config): Config => ({
    ...config,
    services: config.services.map((service) => ({
      ...service,
      sets: vendors.map(({ provider, world, drain, holdsSpare }, i) => ({
        ref: { ...refOf('www', world.zones.home), provider, set: setId(`www at ${provider}`.replaceAll(' ', '-')) },
        part: i === 0 ? 3334 : 3333,
        members: recordOf([
          [EAST, 'east'] as const,
          [WEST, 'west'] as const,
          ...(holdsSpare ? [[EUROPE, 'spare'] as const] : []),
        ]),
        drain,
        ttlSeconds: 60,
      })),
    })),
  });

/** Their own clocks follow the story's; what they hold is remembered, for the traffic. */
const watched = (inner: Steering, world: SteeringWorld, now: () => number, seen: Map<SetId, SetState>): Steering => {
  let reached: number | null = null;
  const follow = async (): Promise<void> => {
    const behind = now() - (reached ?? now());
    reached = now();
    if (behind > 0) await world.advance(behind);
  };
  const remember = (sets: readonly SetState[]): void => {
    for (const state of sets) seen.set(state.set, state);
  };
  return {
    capabilities: inner.capabilities,
    async read(refs, signal) {
      await follow();
      const readings = await inner.read(refs, signal);
      remember(readings.flatMap(({ sets }) => sets));
      return readings;
    },
    async replace(write, signal) {
      await follow();
      const landed = await inner.replace(write, signal);
      remember(landed.sets);
      return landed;
    },
    async propagation(changes, signal) {
      await follow();
      return inner.propagation(changes, signal);
    },
  };
};

interface Fleet {
  readonly vendors: readonly Vendor[];
  /** From now on the vendors live by this story's clock. */
  readonly live: (story: Story) => void;
  readonly options: ModelOptions;
}

const fleetOf = async (): Promise<Fleet> => {
  const vendors = await arranged();
  const seen = new Map<SetId, SetState>();
  const now = { of: (): number => 0 };
  const worldOf = (provider: ProviderId): SteeringWorld | undefined =>
    vendors.find((vendor) => vendor.provider === provider)?.world;
  const options: ModelOptions = {
    home: recordOf([
      [EAST, 5000],
      [WEST, 5000],
      [EUROPE, 0],
    ]),
    demand: 700,
    reshape: spreadOut(vendors),
    wrap: (steering, provider) => {
      const world = worldOf(provider);
      return world === undefined ? steering : watched(world.steering, world, () => now.of(), seen);
    },
    traffic: ({ sets }, region) =>
      sets.reduce((sum, { ref, members, part }) => {
        const weights = weightsOf(seen.get(ref.set) ?? { set: ref.set, members: [] });
        const all = Object.values(weights).reduce((total: number, weight) => total + (weight ?? 0), 0);
        const own = weights[members[region] ?? ''] ?? 0;
        return sum + (all === 0 ? 0 : ((part / WHOLE) * own) / all);
      }, 0),
  };
  const live = (story: Story): void => {
    now.of = () => story.clock.now();
  };
  return { vendors, live, options };
};

const isEastAnswered = (vendors: readonly Vendor[]) =>
  Promise.all(vendors.map(async ({ world }) => world.isAnswered(refOf('www', world.zones.home), 'east')));

const evacuated = async (story: Story) => {
  const id = await story.model.start({ region: EAST });
  void story.process();
  const run = await story.ended(id);
  return { words: phaseOf(run).words, steps: run.steps.length };
};

describe('an evacuation across Route 53, UltraDNS and Cloudflare at once', () => {
  it('drains the region at all three, each in the way that its vendor has', async () => {
    const { vendors, live, options } = await fleetOf();

    const told = await tell(options, (story) => {
      live(story);
      return evacuated(story);
    });

    expect(told.words).toBe('DONE');
    expect(told.steps).toBeGreaterThan(2);
    expect(await isEastAnswered(vendors)).toEqual([false, false, false]);
  });

  it('rule 4: loses no effect and doubles none when one of them answers nothing half-way', async () => {
    const { vendors, live, options } = await fleetOf();
    const ultra = vendors[1]?.world;

    const told = await tell(options, async (story) => {
      live(story);
      const id = await story.model.start({ region: EAST });
      void story.process();
      await story.until(id, ({ steps }) => steps.length === 2);
      // The change is made, and its answer is lost.
      ultra?.fail('write', 'reset-after');
      await story.until(id, ({ steps }) => steps.length === 3);
      // Then it is not made, and nobody says so.
      ultra?.fail('write', 'reset-before');
      const run = await story.ended(id);
      return { words: phaseOf(run).words, steps: run.steps.length };
    });

    expect(told.words).toBe('DONE');
    expect(await isEastAnswered(vendors)).toEqual([false, false, false]);
    expect(await ultra?.landedWrites()).toBe(told.steps);
  });
});
