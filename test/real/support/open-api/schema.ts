import { isIPv4, isIPv6 } from 'node:net';
import { isNode, type Node, type Place, resolved } from './document.ts';

/** Whether fields are refused that a schema does not name although it names some: for what we send and what a fake answers. */
export interface SchemaOptions {
  readonly isClosed: boolean;
  /** Fields that a schema requires and that must not be there in this direction (`readOnly` in a request). */
  readonly notRequired?: readonly string[];
}

type Check = (place: Place, value: unknown, at: string, options: SchemaOptions) => readonly string[];

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
};

const isOfType = (value: unknown, type: unknown): boolean => {
  if (type === 'integer') return Number.isInteger(value);
  return typeOf(value) === type;
};

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  ipv4: isIPv4,
  ipv6: isIPv6,
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
};

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const ofNumber = ({ minimum, maximum, multipleOf }: Node, value: number): readonly string[] => {
  const [least, most, step] = [number(minimum), number(maximum), number(multipleOf)];
  const isOff = step !== null && Math.abs(value / step - Math.round(value / step)) > 1e-9;
  return [
    ...(least !== null && value < least ? [`${value} is below ${least}`] : []),
    ...(most !== null && value > most ? [`${value} is above ${most}`] : []),
    ...(isOff ? [`${value} is no multiple of ${step}`] : []),
  ];
};

const ofText = ({ minLength, maxLength, pattern, format }: Node, value: string): readonly string[] => {
  const [least, most] = [number(minLength), number(maxLength)];
  const known = typeof format === 'string' ? FORMATS[format] : undefined;
  return [
    ...(least !== null && value.length < least ? [`"${value}" is too short`] : []),
    ...(most !== null && value.length > most ? [`"${value}" is too long`] : []),
    ...(typeof pattern === 'string' && !new RegExp(pattern).test(value) ? [`"${value}" does not fit ${pattern}`] : []),
    ...(known !== undefined && !known(value) ? [`"${value}" is no ${String(format)}`] : []),
  ];
};

const parts = (place: Place, key: 'allOf' | 'anyOf' | 'oneOf'): readonly Place[] => {
  const list = place.node[key];
  return Array.isArray(list) ? list.filter(isNode).map((node) => resolved({ file: place.file, node })) : [];
};

/** Every field that a schema names, also through `allOf`; null where any field is welcome. */
const namedFields = (place: Place): ReadonlySet<string> | null => {
  const { properties, additionalProperties } = place.node;
  if (isNode(additionalProperties) || additionalProperties === true) return null;
  const own = isNode(properties) ? Object.keys(properties) : [];
  const inherited = parts(place, 'allOf').map(namedFields);
  if (inherited.some((fields) => fields === null)) return null;
  const all = [...own, ...inherited.flatMap((fields) => [...(fields ?? [])])];
  return all.length === 0 && !isNode(properties) && additionalProperties !== false ? null : new Set(all);
};

const strangers = (place: Place, value: Node, at: string, options: SchemaOptions): readonly string[] => {
  const fields = options.isClosed || place.node['additionalProperties'] === false ? namedFields(place) : null;
  return fields === null
    ? []
    : Object.keys(value).flatMap((key) => (fields.has(key) ? [] : [`${at}: ${key} is no field of it`]));
};

const ofObject: Check = (place, value, at, options) => {
  if (!isNode(value)) return [];
  const { properties, required } = place.node;
  const missing = (Array.isArray(required) ? required : []).filter(
    (key) => typeof key === 'string' && value[key] === undefined && !(options.notRequired ?? []).includes(key),
  );
  const fields = Object.entries(isNode(properties) ? properties : {}).flatMap(([key, schema]) =>
    value[key] === undefined || !isNode(schema)
      ? []
      : problemsOf({ file: place.file, node: schema }, value[key], `${at}.${key}`, options),
  );
  return [...missing.map((key) => `${at}: ${key} is required`), ...fields];
};

const ofArray: Check = (place, value, at, options) => {
  const { items } = place.node;
  if (!Array.isArray(value) || !isNode(items)) return [];
  return value.flatMap((item, index) =>
    problemsOf({ file: place.file, node: items }, item, `${at}[${index}]`, options),
  );
};

const ofChoices: Check = (place, value, at, options) => {
  // A choice names a part of the fields; those of the whole are looked at where the whole is.
  const own = { ...options, isClosed: parts(place, 'oneOf').length > 0 && options.isClosed };
  return (['anyOf', 'oneOf'] as const).flatMap((key) => {
    const choices = parts(place, key);
    const tries = choices.map((choice) => problemsOf(choice, value, at, own));
    if (choices.length === 0 || tries.some((problems) => problems.length === 0)) return [];
    const nearest = tries.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return [`${at}: fits none of ${choices.length} forms; nearest: ${nearest.join(', ')}`];
  });
};

/** Each part says something of the whole: none of them may call the others' fields strange. */
const ofParts: Check = (place, value, at, options) =>
  parts(place, 'allOf').flatMap((part) => wholeProblemsOf(part, value, at, options));

const wholeProblemsOf: Check = (place, value, at, options) => {
  const { node } = place;
  // Vendors forget to name null among the words of an enum that may be null.
  if (value === null && node['nullable'] === true) return [];
  const { type, enum: words } = node;
  if (type !== undefined && !isOfType(value, type)) return [`${at}: ${typeOf(value)} is no ${String(type)}`];
  const wrong = Array.isArray(words) && !words.includes(value) ? [`${at}: ${JSON.stringify(value)} is none of it`] : [];
  const scalar = [
    ...(typeof value === 'number' ? ofNumber(node, value) : []),
    ...(typeof value === 'string' ? ofText(node, value) : []),
  ].map((problem) => `${at}: ${problem}`);
  return [
    ...wrong,
    ...scalar,
    ...ofObject(place, value, at, options),
    ...ofArray(place, value, at, options),
    ...ofChoices(place, value, at, options),
    ...ofParts(place, value, at, options),
  ];
};

/** Everything in which a value is not as its schema (OpenAPI 3.0) says, each with its place. */
export function problemsOf(from: Place, value: unknown, at: string, options: SchemaOptions): readonly string[] {
  const place = resolved(from);
  const strange = isNode(value) ? strangers(place, value, at, options) : [];
  return [...wholeProblemsOf(place, value, at, options), ...strange];
}
