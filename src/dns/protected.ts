import type { Config } from '../domain/config.ts';
import { recordKeyText } from '../domain/record-order.ts';
import type { RecordChange, RecordKey, Zone } from '../domain/record-sets.ts';
import { absolute } from './names.ts';
import { isZonesOwn } from './sets.ts';

/** What of a zone is not for `steer dns` to change, and why. */
export interface Protected {
  readonly key: RecordKey;
  readonly what: 'steered' | 'marker';
  /** Who steers it; null for the marker. */
  readonly service: string | null;
}

export const MARKER_LABEL = '_steer';

export const markerOf = ({ name }: Pick<Zone, 'name'>): string => `${MARKER_LABEL}.${name}`;

/** Names and types of one zone that a steering set of the config in force moves. */
export const steeredIn = (
  { services }: Pick<Config, 'services'>,
  provider: string,
  zone: string,
): readonly { readonly name: string; readonly type: string; readonly service: string }[] =>
  services.flatMap(({ service, sets }) =>
    sets
      .filter(({ ref }) => ref.provider === provider && ref.zone === zone)
      .map(({ ref }) => ({ name: absolute(ref.name), type: ref.type.toUpperCase(), service })),
  );

/** The changes that would touch what is steered, or steer's own marker. */
export const touched = (
  changes: readonly RecordChange[],
  config: Pick<Config, 'services'>,
  provider: string,
  zone: Pick<Zone, 'id' | 'name'>,
): readonly Protected[] => {
  const steered = steeredIn(config, provider, zone.id);
  return changes.flatMap(({ expects, leaves }): readonly Protected[] => {
    const key = expects ?? leaves;
    if (key === null) return [];
    if (key.name === markerOf(zone)) return [{ key, what: 'marker', service: null }];
    // A CNAME takes the whole name, whatever type of it is steered.
    const set = steered.find(
      ({ name, type }) => name === key.name && (type === key.type || type === 'CNAME' || key.type === 'CNAME'),
    );
    return set === undefined ? [] : [{ key, what: 'steered', service: set.service }];
  });
};

/** Sets that a zone cannot be without. */
export const indispensable = (changes: readonly RecordChange[], zoneName: string): readonly string[] =>
  changes
    .filter(({ expects, leaves }) => expects !== null && leaves === null && isZonesOwn(expects, zoneName))
    .map(
      ({ expects }) => `${expects === null ? '' : recordKeyText(expects)} belongs to the zone itself and cannot go.`,
    );
