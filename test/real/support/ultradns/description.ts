import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const SCHEMA = z.looseObject({
  /** Left out where an example was an empty list. */
  type: z.string().optional(),
  additionalProperties: z.boolean().optional(),
  get properties() {
    return z.record(z.string(), SCHEMA).optional();
  },
  get items() {
    return SCHEMA.optional();
  },
});

export type Schema = z.infer<typeof SCHEMA>;

const CONTENT = z.record(z.string(), z.looseObject({ schema: SCHEMA.optional() }));
const OPERATION = z.looseObject({
  requestBody: z.looseObject({ content: CONTENT }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: CONTENT.optional() })),
});
const PATH = z.looseObject({
  get: OPERATION.optional(),
  post: OPERATION.optional(),
  put: OPERATION.optional(),
  patch: OPERATION.optional(),
  delete: OPERATION.optional(),
});
const FILE = z.looseObject({ paths: z.record(z.string(), PATH) });

export type Operation = z.infer<typeof OPERATION>;

export interface Described {
  /** As in the file, e.g. `PUT /zones/{…}/rrsets/{…}/{…}`. */
  readonly name: string;
  readonly operation: Operation;
}

export interface Description {
  /** Which operation a request is; null for one that the file does not have. */
  of(method: string, path: string): Described | null;
  /** The operation at this very path of the file: two of its paths fit the same requests. */
  at(method: string, template: string): Described | null;
}

const isMethod = (text: string): text is 'get' | 'post' | 'put' | 'patch' | 'delete' =>
  ['get', 'post', 'put', 'patch', 'delete'].includes(text);

const matcherOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** The vendor's OpenAPI file, which its Postman collection was turned into: examples made schemas, and nothing is required. */
export const describedBy = (file: string): Description => {
  const { paths } = FILE.parse(parse(readFileSync(file, 'utf8')));
  const templates = Object.entries(paths).map(([template, operations]) => ({
    template,
    matcher: matcherOf(template),
    operations,
  }));
  const find = (method: string, fits: (one: (typeof templates)[number]) => boolean): Described | null => {
    const lower = method.toLowerCase();
    if (!isMethod(lower)) return null;
    for (const one of templates) {
      const operation = one.operations[lower];
      if (operation !== undefined && fits(one)) return { name: `${method} ${one.template}`, operation };
    }
    return null;
  };
  return {
    of: (method, path) => find(method, ({ matcher }) => matcher.test(path)),
    at: (method, template) => find(method, (one) => one.template === template),
  };
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** Everything in a value that the schema does not have or has otherwise. An object without fields in it allows any. */
export const problemsWith = (schema: Schema, value: unknown, at = ''): readonly string[] => {
  if (schema.type !== undefined && TYPES[schema.type]?.(value) !== true) {
    return [`${at || 'the whole'} is no ${schema.type}`];
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((one, index) => problemsWith(items, one, `${at}[${index}]`));
  }
  const { properties } = schema;
  if (properties === undefined || Object.keys(properties).length === 0) return [];
  return Object.entries(Object(value)).flatMap(([key, its]) => {
    const field = properties[key];
    return field === undefined ? [`${at}.${key} is no field of it`] : problemsWith(field, its, `${at}.${key}`);
  });
};
