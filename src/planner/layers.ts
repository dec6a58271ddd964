import type { ServiceConfig, SteeringSetConfig } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import { homeOf } from '../domain/home.ts';
import { type Layer, layerStands, layersOf } from '../domain/layers.ts';
import type { Objection } from '../domain/objections.ts';
import type { MoveRequest, StillLayer } from '../domain/plan.ts';
import { refuse } from '../guardrails/objection.ts';

/** The layer that a plan moves for one service, and the others that must stay at home. */
export interface ChosenLayer {
  readonly sets: readonly SteeringSetConfig[];
  readonly still: readonly StillLayer[];
  readonly objections: readonly Objection[];
}

const named = ({ name }: Layer): string => `"${name ?? 'the only layer'}"`;

const stillOf = (service: ServiceConfig, layer: Layer, moves: Layer): StillLayer => ({
  service: service.service,
  layer: layer.name ?? '',
  moves: moves.name ?? '',
  sets: layer.sets.map((set) => ({ ref: set.ref, members: set.members, home: homeOf(service, set) })),
});

const isLeftAway = ({ sets }: Layer, { leftAway = [] }: Facts): boolean =>
  sets.some(({ ref }) => leftAway.includes(ref.set));

/** A region that is emptied above would go on getting what the silent layer below sends there. */
const leftBehind = (service: ServiceConfig, silent: Layer, moves: Layer): Objection =>
  refuse(
    'layers-fight',
    `${service.service}: steer left layer ${named(silent)} away from home, and it cannot be read now, so nobody can say where traffic would go if ${named(moves)} moved; wait for its vendor, or bring it home there by hand`,
    { service: service.service },
  );

/**
 * Which layer moves: the one that is away from home already, else the first that could be read. A preferred one whose control
 * plane is silent is passed over in an emergency, and the plan says so; a drill or a planned move waits until it can be read,
 * because unknown is not home (design rule 6). That the others are at home is for the guard `layers-fight` to judge, now and at
 * every step.
 */
export const chooseLayer = (service: ServiceConfig, facts: Facts, { mode }: MoveRequest): ChosenLayer => {
  const layers = layersOf(service);
  const [only] = layers;
  if (layers.length === 1 || only === undefined) return { sets: service.sets, still: [], objections: [] };
  const standing = layers.map((layer) => ({
    layer,
    stands: layerStands(service, layer, (set) => facts.sets[set]?.state),
  }));
  const layersThat = (stands: 'home' | 'away' | 'unknown'): readonly Layer[] =>
    standing.filter((one) => one.stands === stands).map(({ layer }) => layer);
  const away = layersThat('away');
  const silent = layersThat('unknown');
  const moves = away[0] ?? layersThat('home')[0] ?? only;
  const still = layers.filter((layer) => layer !== moves);
  const mustWait = silent.filter((layer) => layer !== moves);
  return {
    sets: moves.sets,
    still: still.map((layer) => stillOf(service, layer, moves)),
    objections: [
      ...mustWait.filter((layer) => isLeftAway(layer, facts)).map((layer) => leftBehind(service, layer, moves)),
      ...(mode === 'emergency'
        ? []
        : mustWait.map((layer) =>
            refuse(
              'facts-missing',
              `layer ${named(layer)} of ${service.service} could not be read, so nobody knows whether it is at home; wait for its vendor, or type --emergency to move ${named(moves)} without it`,
              { service: service.service },
            ),
          )),
    ],
  };
};
