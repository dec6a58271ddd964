import type { Json } from '../../src/domain/canonical.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import type { AzureRecordSet } from './record-set.ts';
import { recordsProperty, shapeOf, valuesOf } from './record-values.ts';

/** Azure needs a TTL of an alias too, and nothing is asked for it. */
const ALIAS_TTL_SECONDS = 3600;

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** `example.com` of `Example.com.`: as Azure calls a zone. */
export const bareName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** The name within the zone, `@` at the apex. Null when it does not lie in the zone. */
export const relativeName = (name: string, zone: string): string | null => {
  const [bare, root] = [bareName(name), bareName(zone)];
  if (bare === root) return '@';
  return bare.endsWith(`.${root}`) ? bare.slice(0, -root.length - 1) : null;
};

const fullName = ({ name }: AzureRecordSet, zone: string): string =>
  name === '@' ? `${bareName(zone)}.` : `${name.toLowerCase()}.${bareName(zone)}.`;

const typeOf = ({ type }: AzureRecordSet): string => (type.split('/').at(-1) ?? type).toUpperCase();

/** Everything but what Azure says of itself and what is a field of its own in ours. */
const keptOf = (properties: AzureRecordSet['properties'], field: string | undefined, isAlias: boolean): Json => {
  const { TTL, fqdn: _, provisioningState: __, targetResource: ___, ...rest } = properties;
  const own = Object.entries(rest).filter(([key]) => key !== field);
  const fields = isAlias ? [...own, ['TTL', TTL]] : own;
  return fields.length === 0 ? null : asJson(Object.fromEntries(fields));
};

/** A set of Azure as ours. The TTL of an alias stays among what Azure holds beside; a type without a shape is only shown. */
export const recordSetOf = (set: AzureRecordSet, zone: string): RecordSet => {
  const type = typeOf(set);
  const shape = shapeOf(type);
  const target = set.properties.targetResource?.id;
  const isAlias = typeof target === 'string' && target !== '';
  return {
    name: fullName(set, zone),
    type,
    qualifier: shape === undefined ? 'azure' : null,
    ttlSeconds: isAlias ? null : (set.properties.TTL ?? null),
    values: isAlias ? [] : valuesOf(type, set.properties),
    alias: isAlias ? { target, zone: null } : null,
    profile:
      shape === undefined
        ? { kind: 'other', what: `the type ${type}, which steer does not know here` }
        : { kind: 'basic' },
    kept: keptOf(set.properties, shape?.field, isAlias),
  };
};

/** What Azure shall hold for a set, whole; null when a value cannot be said in its JSON. */
export const propertiesOf = (set: RecordSet): Readonly<Record<string, unknown>> | null => {
  const beside = isObject(set.kept) ? set.kept : {};
  if (set.alias !== null) {
    return { TTL: ALIAS_TTL_SECONDS, ...beside, targetResource: { id: set.alias.target } };
  }
  // The TTL that an alias had belongs to the alias.
  const { TTL: _, ...rest } = beside;
  const records = recordsProperty(set.type, set.values);
  return records === null ? null : { ...rest, TTL: set.ttlSeconds, ...records };
};
