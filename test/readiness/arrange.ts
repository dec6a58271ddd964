import type { Config, SteeringSetConfig } from '../../src/domain/config.ts';
import type { CheckHealth } from '../../src/domain/effective.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { setId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { MemberState, SteeringCapabilities } from '../../src/domain/steering.ts';
import { offlineFacts } from '../../src/operations/offline-facts.ts';
import { fleetConfig, MODEL } from '../support/fleet-config.ts';

export const STORE = 'store_own';

/** Route 53's rules: all equally when all are drained, a drained one as the last resort, all when none is healthy. */
export const CAPABILITIES: SteeringCapabilities = {
  weight: { minimum: 1, maximum: 255 },
  granularity: 'weight',
  drain: ['zero', 'remove'],
  conditionalWrite: 'native',
  fence: 'native',
  batch: { elements: 1000, characters: 32_000, fenceElements: 2, sets: null },
  geo: false,
  propagation: 'reported',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
};

/** One service with one name in three regions; `set` changes what the config says of it. */
export const config = (set: Partial<SteeringSetConfig> = {}): Config => {
  const made = fleetConfig();
  return {
    ...made,
    services: made.services.map((service) => ({
      ...service,
      sets: service.sets.map((own) => ({ ...own, ...set })),
    })),
  };
};

export const record = (region: string, more: Partial<MemberState> = {}): MemberState => ({
  member: `m-${region}`,
  weight: 85,
  present: true,
  ttlSeconds: 60,
  healthCheck: null,
  kept: null,
  cost: { elements: 2, characters: 20 },
  ...more,
});

export const EVERYWHERE = ['us-east-1', 'us-west-2', 'eu-west-1'] as const;

/** Facts in which every set of the config holds these records. */
export const facts = (
  of: Config,
  members: readonly MemberState[] = EVERYWHERE.map((region) => record(region)),
  checks: Readonly<Record<string, CheckHealth>> = {},
  more: Partial<Facts> = {},
): Facts => {
  const made = offlineFacts(of, { [MODEL]: CAPABILITIES }, 'planned').facts;
  const sets = of.services.flatMap((service) => service.sets);
  return {
    ...made,
    sets: recordOf(
      sets.map(({ ref: { set } }) => [
        set,
        { state: { set, members }, observedAt: 0, source: 'listed' as const, checks },
      ]),
    ),
    ...more,
  };
};

/** The same name in the other address family. */
export const withSixth = (of: Config, more: Partial<SteeringSetConfig> = {}): Config => ({
  ...of,
  services: of.services.map((service) => ({
    ...service,
    sets: service.sets.flatMap((set) => [
      { ...set, part: 5000 },
      { ...set, part: 5000, ref: { ...set.ref, set: setId(`${set.ref.set}-v6`), type: 'AAAA' }, ...more },
    ]),
  })),
});
