import type { Config } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Envelope } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';

type PlannedSet = Envelope['sets'][number];

/** Others than the source, of the first of these sets; and how many sets there are. */
const shownOf = (sets: readonly PlannedSet[], source: RegionId): { others: string; number: string } | null => {
  const [first] = sets;
  if (first === undefined) return null;
  const others = keysOf<RegionId>(first.members).filter((region) => region !== source);
  return { others: others.join(', '), number: `${sets.length} ${sets.length === 1 ? 'set' : 'sets'}` };
};

const drainRemarks = (envelope: Envelope, facts: Facts): string[] => {
  const { source } = envelope;
  if (source === null) return [];
  const zero = envelope.sets.filter(({ ref, drain }) => {
    const failOpen = facts.vendors[ref.provider]?.capabilities.failOpen.drainedIsLastResort === true;
    return drain === 'zero' && failOpen;
  });
  const isChecked = ({ base }: PlannedSet): boolean => base.members.some(({ healthCheck }) => healthCheck !== null);
  // An alias has no TTL of its own. Whether it looks at its target's health stands in the vendor's record, which nobody here reads.
  const isAlias = ({ base }: PlannedSet): boolean =>
    base.members.some(({ present, ttlSeconds }) => present && ttlSeconds === null);
  const checked = shownOf(zero.filter(isChecked), source);
  const aliases = shownOf(
    zero.filter((set) => isAlias(set) && !isChecked(set)),
    source,
  );
  return [
    ...(checked === null
      ? []
      : [
          `last resort: ${source} is served again if all of ${checked.others} are unhealthy (weight 0 beside health checks, ${checked.number})`,
        ]),
    ...(aliases === null
      ? []
      : [
          `last resort: ${source} may be served again if what the aliases of all of ${aliases.others} point at is unhealthy (weight 0 on aliases, ${aliases.number}; only where they evaluate the health of their targets)`,
        ]),
  ];
};

const dependencyRemarks = (envelope: Envelope, config: Config): string[] => {
  const moving = new Set(envelope.services.map(({ service }) => service));
  return config.services
    .filter(({ service }) => moving.has(service))
    .flatMap(({ service, dependsOn }) =>
      dependsOn
        .filter((callee) => !moving.has(callee))
        .map((callee) => `${service} calls ${callee}, which does not move: its calls may cross regions`),
    );
};

const layerRemarks = ({ stillLayers = [] }: Envelope, facts: Facts): string[] =>
  stillLayers.flatMap(({ service, layer, moves, sets }) => [
    `${service} moves at its layer "${moves}"; "${layer}" must stay at home meanwhile`,
    ...(sets.every(({ ref }) => facts.sets[ref.set] !== undefined)
      ? []
      : [`"${layer}" of ${service} could not be read: it is taken to be at home, and "${moves}" moves without it`]),
  ]);

/** What shares are made of where they are not weights: a person must not read more into a percentage than there is. */
const coarseRemarks = ({ sets }: Envelope, facts: Facts): string[] => {
  const counted = sets.filter(
    ({ ref }) => ref.group === undefined && facts.vendors[ref.provider]?.capabilities.granularity === 'record-count',
  );
  const whole = sets.filter(({ flipsAt }) => flipsAt !== undefined);
  const namesOf = (some: typeof sets): string => [...new Set(some.map(({ ref }) => ref.name))].slice(0, 3).join(', ');
  return [
    ...(counted.length === 0
      ? []
      : [
          `shares of ${namesOf(counted)} are numbers of addresses in the answer: clients that take the first one follow them, others need not`,
        ]),
    ...(whole.length === 0
      ? []
      : [
          `${namesOf(whole)}: ${whole.length} ${whole.length === 1 ? 'set moves' : 'sets move'} as a whole, one after the other`,
        ]),
  ];
};

const declarationRemarks = ({ declared }: Facts): string[] =>
  declared === null
    ? []
    : [
        `${declared.by.join(' and ')} declares ${declared.region} dead, and so does whoever approves this plan: both together are one signal, which counts beside one measured FAIL of another backend and vantage point`,
      ];

/** What a person must know before approving, beyond numbers: one sentence each. */
export const remarksOn = (envelope: Envelope, facts: Facts, config: Config): readonly string[] => {
  const emulated = new Set(
    envelope.sets
      .filter(({ ref }) => facts.vendors[ref.provider]?.capabilities.conditionalWrite !== 'native')
      .map(({ ref }) => ref.provider),
  );
  return [
    ...(envelope.onOldFacts ? ['ON OLD FACTS: a capacity or a demand is the last good one, not the present one'] : []),
    ...declarationRemarks(facts),
    ...envelope.dead.map((region) => `${region} is judged dead: leaving it removes no capacity that serves`),
    ...drainRemarks(envelope, facts),
    ...dependencyRemarks(envelope, config),
    ...layerRemarks(envelope, facts),
    ...coarseRemarks(envelope, facts),
    ...[...emulated].map(
      (provider) =>
        `${provider}: conditional writes are emulated (read, compared, written, read back); where that vendor can prove them, "steer provider check" does`,
    ),
    ...facts.missing,
  ];
};
