import { fieldsOf } from '../../src/domain/rdata/fields.ts';
import { canonicalValue, compareValues } from '../../src/domain/rdata.ts';
import { plainFields, quotedField } from '../plain-text.ts';

/** How one field of RDATA stands in Azure's JSON. */
type FieldKind = 'plain' | 'name' | 'number' | 'text';

interface TypeShape {
  /** The property that holds the records. */
  readonly field: string;
  /** The property is one record, not a list. */
  readonly single: boolean;
  /** Fields in the order of the presentation format. */
  readonly keys: readonly (readonly [key: string, kind: FieldKind])[];
}

const many = (field: string, ...keys: TypeShape['keys']): TypeShape => ({ field, single: false, keys });
const one = (field: string, ...keys: TypeShape['keys']): TypeShape => ({ field, single: true, keys });

/** RecordSetProperties of Microsoft.Network/dnsZones 2018-05-01; TXT has a list of strings and is read apart. */
const SHAPES: Readonly<Record<string, TypeShape>> = {
  A: many('ARecords', ['ipv4Address', 'plain']),
  AAAA: many('AAAARecords', ['ipv6Address', 'plain']),
  CAA: many('caaRecords', ['flags', 'number'], ['tag', 'plain'], ['value', 'text']),
  CNAME: one('CNAMERecord', ['cname', 'name']),
  MX: many('MXRecords', ['preference', 'number'], ['exchange', 'name']),
  NS: many('NSRecords', ['nsdname', 'name']),
  PTR: many('PTRRecords', ['ptrdname', 'name']),
  SOA: one(
    'SOARecord',
    ['host', 'name'],
    ['email', 'name'],
    ['serialNumber', 'number'],
    ['refreshTime', 'number'],
    ['retryTime', 'number'],
    ['expireTime', 'number'],
    ['minimumTTL', 'number'],
  ),
  SRV: many('SRVRecords', ['priority', 'number'], ['weight', 'number'], ['port', 'number'], ['target', 'name']),
  TXT: many('TXTRecords', ['value', 'text']),
};

export const shapeOf = (type: string): TypeShape | undefined => SHAPES[type];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const printedField = (value: unknown, kind: FieldKind): string => {
  const text = typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
  if (kind === 'text') return quotedField(text);
  // Azure writes names as they were given, mostly without the dot at their end.
  return kind === 'name' && !text.endsWith('.') ? `${text}.` : text;
};

const printed = (record: unknown, { keys }: TypeShape): string => {
  const fields = isRecord(record) ? record : {};
  return keys
    .flatMap(([key, kind]) => {
      const value = fields[key];
      return Array.isArray(value) ? value.map((part) => printedField(part, kind)) : [printedField(value, kind)];
    })
    .join(' ');
};

/** In its one form; what is no value of the type is shown as Azure has it, and nothing can be changed then. */
const canonicalOr = (type: string, text: string): string => {
  const value = canonicalValue(type, text);
  return value.ok ? value.value : text;
};

/** The values of a record set of this type, in presentation format and order. */
export const valuesOf = (type: string, properties: Readonly<Record<string, unknown>>): readonly string[] => {
  const shape = SHAPES[type];
  const held = shape === undefined ? undefined : properties[shape.field];
  if (shape === undefined || held === undefined || held === null) return [];
  const records: readonly unknown[] = Array.isArray(held) ? held : [held];
  return records.map((record) => canonicalOr(type, printed(record, shape))).toSorted(compareValues);
};

const readField = (text: string, plain: string, kind: FieldKind): string | number => {
  if (kind === 'number') return Number(text);
  // Escapes of a name are the name's own spelling; those of a text are only how it is written down.
  return kind === 'text' ? plain : text;
};

/** One value as Azure's JSON has it; null for octets that JSON cannot carry. */
const readValue = (type: string, value: string, { keys }: TypeShape): Readonly<Record<string, unknown>> | null => {
  const plain = plainFields(value);
  const fields = fieldsOf(value);
  if (plain === null || !fields.ok) return null;
  if (type === 'TXT') return { value: plain };
  return Object.fromEntries(
    keys.map(([key, kind], index) => [key, readField(fields.value[index]?.raw ?? '', plain[index] ?? '', kind)]),
  );
};

/** The property of a record set that holds these values; null when one of them cannot be said in Azure's JSON. */
export const recordsProperty = (type: string, values: readonly string[]): Readonly<Record<string, unknown>> | null => {
  const shape = SHAPES[type];
  if (shape === undefined) return null;
  const records = values.map((value) => readValue(type, value, shape));
  if (records.includes(null)) return null;
  return { [shape.field]: shape.single ? records[0] : records };
};
