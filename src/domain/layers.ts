import type { ServiceConfig, SteeringSetConfig } from './config.ts';
import { homeOf } from './home.ts';
import type { RegionId, SetId } from './ids.ts';
import { keysOf } from './records.ts';
import type { SetState, Shares } from './steering.ts';
import { sharesOf } from './weights.ts';

/** One of the layers a service is steered at. Alone it says where all of the service's traffic goes, while the others are at home. */
export interface Layer {
  /** Null where the service has one layer only. */
  readonly name: string | null;
  readonly sets: readonly SteeringSetConfig[];
}

type LayeredService = Pick<ServiceConfig, 'home' | 'sets' | 'layers'>;

export type StateOf = (set: SetId) => SetState | undefined;

/** The layers of a service, the preferred one first. */
export const layersOf = ({ sets, layers }: LayeredService): readonly Layer[] =>
  layers === undefined
    ? [{ name: null, sets }]
    : layers.map((name) => ({ name, sets: sets.filter(({ layer }) => layer === name) }));

/** Whole weights hold a share within a percent where they are small: less than this is no move. */
const TOLERANCE = 100;

/** Whether shares are those of a normal day, as near as small weights can hold them. */
export const isHome = (shares: Shares, home: Shares): boolean =>
  keysOf<RegionId>({ ...shares, ...home }).every(
    (region) => Math.abs((shares[region] ?? 0) - (home[region] ?? 0)) <= TOLERANCE,
  );

/** `unknown` as soon as one of its sets could not be read. */
export const layerStands = (
  service: LayeredService,
  { sets }: Layer,
  stateOf: StateOf,
): 'home' | 'away' | 'unknown' => {
  let stands: 'home' | 'away' = 'home';
  for (const set of sets) {
    const state = stateOf(set.ref.set);
    if (state === undefined) return 'unknown';
    if (!isHome(sharesOf(state, set.members), homeOf(service, set))) stands = 'away';
  }
  return stands;
};

/**
 * The sets by which a service's traffic is counted: those of the layer that is away from home, else of the preferred one that
 * could be read. Counting two layers would count every user twice.
 */
export const countedSets = (service: LayeredService, stateOf: StateOf): readonly SteeringSetConfig[] => {
  const layers = layersOf(service);
  if (layers.length === 1) return service.sets;
  const standing = layers.map((layer) => ({ layer, stands: layerStands(service, layer, stateOf) }));
  const counted =
    standing.find(({ stands }) => stands === 'away') ?? standing.find(({ stands }) => stands === 'home') ?? standing[0];
  return counted?.layer.sets ?? service.sets;
};
