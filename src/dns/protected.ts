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

/** The last part of an id: `Z1` and `/hostedzone/Z1` are one zone. */
const plainId = (id: string): string => absolute(id.split('/').at(-1) ?? id);

/** A zone of an account, and the ids of others there that have its name. */
export interface ZoneThere extends Pick<Zone, 'id' | 'name'> {
  readonly twins: readonly string[];
}

/**
 * Names and types at an account that a steering set of the config in force moves. A config may name a zone otherwise than the
 * vendor lists it, so that only what surely lies in another zone of the same name is left out.
 */
export const steeredIn = (
  { services }: Pick<Config, 'services'>,
  provider: string,
  { name: zoneName, twins }: Omit<ZoneThere, 'id'>,
): readonly { readonly name: string; readonly type: string; readonly service: string }[] => {
  const elsewhere = new Set(twins.map(plainId));
  return services.flatMap(({ service, sets }) =>
    sets
      .filter(({ ref }) => ref.provider === provider && !elsewhere.has(plainId(ref.zone)))
      .map(({ ref }) => ({ name: absolute(ref.name), type: ref.type.toUpperCase(), service }))
      .filter(({ name }) => name === zoneName || name.endsWith(`.${zoneName}`)),
  );
};

/** Types that say where the traffic of a name goes. A CNAME takes the whole name; an AAAA beside a steered A goes past the guards. */
const CARRIES: ReadonlySet<string> = new Set('A AAAA CNAME ALIAS ANAME LUA HTTPS SVCB DNAME NS'.split(' '));

/** Types that cut off everything below their name (RFC 6672; a delegation, RFC 1034 section 4.2). */
const CUTS: ReadonlySet<string> = new Set(['DNAME', 'NS']);

const bearsOn = (
  key: RecordKey,
  steered: { readonly name: string; readonly type: string },
  zoneName: string,
): boolean => {
  if (key.name === steered.name) return key.type === steered.type || CARRIES.has(key.type);
  const isZonesNs = key.type === 'NS' && key.name === zoneName;
  return CUTS.has(key.type) && !isZonesNs && steered.name.endsWith(`.${key.name}`);
};

/** The changes that would touch what is steered, or steer's own marker. */
export const touched = (
  changes: readonly RecordChange[],
  config: Pick<Config, 'services'>,
  provider: string,
  zone: ZoneThere,
): readonly Protected[] => {
  const steered = steeredIn(config, provider, zone);
  return changes.flatMap(({ expects, leaves }): readonly Protected[] => {
    const key = expects ?? leaves;
    if (key === null) return [];
    if (key.name === markerOf(zone)) return [{ key, what: 'marker', service: null }];
    const set = steered.find((one) => bearsOn(key, one, zone.name));
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
