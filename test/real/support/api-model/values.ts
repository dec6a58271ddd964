import { z } from 'zod';
import { type ApiModel, type Member, nameOf, type Shape, traitOf } from './model.ts';

/** `text`: every scalar is what stood between two tags or behind a `=`. `json`: numbers and booleans are themselves. */
export type Form = 'text' | 'json';

const RANGE = z.object({ min: z.number().optional(), max: z.number().optional() });

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const within = (holder: Shape, trait: 'range' | 'length', size: number): boolean => {
  const limits = RANGE.optional().parse(traitOf(holder, trait));
  return size >= (limits?.min ?? Number.NEGATIVE_INFINITY) && size <= (limits?.max ?? Number.POSITIVE_INFINITY);
};

const numberIn = (value: unknown, form: Form): number =>
  form === 'json' && typeof value === 'number'
    ? value
    : form === 'text' && typeof value === 'string' && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value)
      ? Number(value)
      : Number.NaN;

const isBoolean = (value: unknown, form: Form): boolean =>
  form === 'json' ? typeof value === 'boolean' : value === 'true' || value === 'false';

/** JSON times are seconds since 1970, XML times are ISO 8601 (aws.protocols#awsJson1_0, aws.protocols#restXml). */
const isTime = (value: unknown, form: Form): boolean =>
  form === 'json' ? Number.isFinite(numberIn(value, form)) : typeof value === 'string' && ISO_TIME.test(value);

const isText = (shape: Shape, value: unknown): boolean => {
  if (typeof value !== 'string' || !within(shape, 'length', value.length)) return false;
  const pattern = traitOf(shape, 'pattern');
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value);
};

const enumValues = (shape: Shape): readonly unknown[] =>
  Object.entries(shape.members ?? {}).map(([name, member]) => traitOf(member, 'enumValue') ?? name);

const scalarIsRight = (shape: Shape, value: unknown, form: Form): boolean => {
  switch (shape.type) {
    case 'string':
      return isText(shape, value);
    case 'enum':
      return enumValues(shape).includes(value);
    case 'integer':
    case 'long':
      return Number.isSafeInteger(numberIn(value, form)) && within(shape, 'range', numberIn(value, form));
    case 'double':
    case 'float':
      return Number.isFinite(numberIn(value, form)) && within(shape, 'range', numberIn(value, form));
    case 'boolean':
      return isBoolean(value, form);
    case 'timestamp':
      return isTime(value, form);
    default:
      throw new Error(`this check does not know values of type ${shape.type}`);
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Walk = (target: string, value: unknown, at: string) => readonly string[];

const structureProblems = (shape: Shape, value: unknown, at: string, walk: Walk): readonly string[] => {
  if (!isObject(value)) return [`${at}: expected fields, found ${JSON.stringify(value)}`];
  const members: Readonly<Record<string, Member>> = shape.members ?? {};
  return [
    ...Object.keys(value)
      .filter((name) => members[name] === undefined)
      .map((name) => `${at}: ${name} is no field of it`),
    ...Object.entries(members).flatMap(([name, member]) => {
      const held = value[name];
      if (held !== undefined) return walk(member.target, held, `${at}.${name}`);
      return traitOf(member, 'required') === undefined ? [] : [`${at}: ${name} is required`];
    }),
  ];
};

const listProblems = (shape: Shape, value: unknown, at: string, walk: Walk): readonly string[] => {
  if (!Array.isArray(value)) return [`${at}: expected a list, found ${JSON.stringify(value)}`];
  const size = within(shape, 'length', value.length) ? [] : [`${at}: ${value.length} entries are not allowed`];
  return [...size, ...value.flatMap((one, index) => walk(shape.member?.target ?? '', one, `${at}[${index}]`))];
};

const mapProblems = (shape: Shape, value: unknown, at: string, walk: Walk): readonly string[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, one]) => walk(shape.value?.target ?? '', one, `${at}.${key}`))
    : [`${at}: expected a map, found ${JSON.stringify(value)}`];

/** Everything in which a value is not what its shape allows: strange fields, missing ones, wrong types, ranges, lengths. */
export const problemsOf = (model: ApiModel, target: string, value: unknown, form: Form): readonly string[] => {
  const walk: Walk = (id, held, at) => {
    const shape = model.shape(id);
    switch (shape.type) {
      case 'structure':
        return structureProblems(shape, held, at, walk);
      case 'list':
        return listProblems(shape, held, at, walk);
      case 'map':
        return mapProblems(shape, held, at, walk);
      default:
        return scalarIsRight(shape, held, form) ? [] : [`${at}: ${JSON.stringify(held)} is no ${nameOf(id)}`];
    }
  };
  return walk(target, value, nameOf(target));
};
