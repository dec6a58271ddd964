import type { Path } from './problem.ts';
import type { Loose } from './read.ts';
import type { File } from './schema/file.ts';
import { openingsOf } from './signal-template.ts';

export type LooseFile = Loose<File>;
export type LooseService = Loose<File['services'][string]>;

/** One place where a service names a signal, for one region (null: for the service as a whole). */
export interface SignalUse {
  readonly signal: string;
  readonly service: string;
  readonly region: string | null;
  readonly path: Path;
  readonly wants: 'number' | 'state';
  /** Also needs readings as old as this; null where the present is enough. */
  readonly history: 'day' | 'week' | null;
  /** Written once for all regions: then the signal must tell them apart. */
  readonly each: boolean;
}

export interface Spread<V> {
  readonly region: string;
  readonly value: V;
  readonly path: Path;
  readonly each: boolean;
}

/** A region map with `each` written out: what it says for each of the regions; a region's own entry wins. */
export const spread = <V>(
  map: Readonly<Record<string, V | undefined>> | undefined,
  regions: readonly string[],
  path: Path,
): readonly Spread<V>[] =>
  regions.flatMap((region) => {
    if (map === undefined) return [];
    const key = Object.hasOwn(map, region) ? region : 'each';
    const value = Object.hasOwn(map, key) ? map[key] : undefined;
    return value === undefined ? [] : [{ region, value, path: [...path, key], each: key === 'each' }];
  });

/** The regions of a service are those of its home shares. */
export const regionsOf = (service: LooseService): readonly string[] => Object.keys(service.home ?? {});

const capacityUses = (name: string, service: LooseService): readonly SignalUse[] =>
  spread(service.capacity, regionsOf(service), ['services', name, 'capacity']).flatMap(
    ({ region, value, path, each }) => {
      if (typeof value !== 'object' || value.now === undefined) return [];
      const history = value.reference === 'highest-of-24h' ? 'day' : null;
      return [
        { signal: value.now, service: name, region, path: [...path, 'now'], wants: 'number' as const, history, each },
      ];
    },
  );

const demandUses = (name: string, service: LooseService): readonly SignalUse[] =>
  typeof service.demand === 'object'
    ? spread(service.demand, regionsOf(service), ['services', name, 'demand']).map(({ region, value, path, each }) => {
        return { signal: value, service: name, region, path, wants: 'number', history: null, each };
      })
    : [];

/** A gate on a signal with {region} asks it once per region; on any other, once. */
const gateUses = (name: string, service: LooseService, file: LooseFile): readonly SignalUse[] =>
  Object.entries(service.gates ?? {}).flatMap(([gate, spec]) => {
    if (spec?.signal === undefined) return [];
    const signal = file.signals?.[spec.signal];
    const regions = signal !== undefined && openingsOf(signal).perRegion ? regionsOf(service) : [null];
    const wants = spec.rule === 'state' ? 'state' : 'number';
    const history = spec.rule === 'last-week' ? 'week' : null;
    const path = ['services', name, 'gates', gate, 'signal'];
    return regions.map((region) => ({
      signal: spec.signal ?? '',
      service: name,
      region,
      path,
      wants,
      history,
      each: true,
    }));
  });

/** Every place where services name signals, written out by region. */
export const usesOf = (file: LooseFile): readonly SignalUse[] =>
  Object.entries(file.services ?? {}).flatMap(([name, service]) =>
    service === undefined
      ? []
      : [...capacityUses(name, service), ...demandUses(name, service), ...gateUses(name, service, file)],
  );
