import type { FakeAnswer, FakeRequest } from '../../../../providers/fake-kit/wire.ts';
import { isNode, type Place, resolved, within } from './document.ts';
import { problemsOf } from './schema.ts';

export interface HttpExchange {
  readonly request: FakeRequest;
  readonly answer: FakeAnswer;
}

export interface Operation {
  /** `GET /zones/{zone_id}`. */
  readonly name: string;
  readonly place: Place;
  readonly parameters: readonly Place[];
}

const placesIn = (place: Place, key: string): readonly Place[] => {
  const list = place.node[key];
  return Array.isArray(list) ? list.filter(isNode).map((node) => resolved({ file: place.file, node })) : [];
};

/** Every operation of the documents. `base` is what stands before each path. */
export const operationsOf = (documents: readonly Place[], base: string) =>
  documents.flatMap((document) =>
    Object.keys(within(document, 'paths')?.node ?? {}).flatMap((path) => {
      const item = within(document, 'paths', path);
      if (item === null) return [];
      const pattern = new RegExp(`^${base}${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
      return ['get', 'put', 'post', 'patch', 'delete'].flatMap((method) => {
        const place = within(item, method);
        if (place === null) return [];
        const parameters = [...placesIn(item, 'parameters'), ...placesIn(place, 'parameters')];
        return [{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), pattern, place, parameters }];
      });
    }),
  );

export type Operations = ReturnType<typeof operationsOf>;

/** The one operation of a request. Throws when the description has none. */
export const operationOf = (operations: Operations, { method, path }: FakeRequest): Operation => {
  const found = operations.find((operation) => operation.method === method && operation.pattern.test(path));
  if (found === undefined) throw new Error(`no operation has ${method} ${path}`);
  return found;
};

/** What is wrong with the query of a request: a parameter that is not described, or a value that is none of it. */
export const queryProblems = ({ name, parameters }: Operation, { query }: FakeRequest): readonly string[] =>
  Object.entries(query).flatMap(([key, text]) => {
    const parameter = parameters.find(({ node }) => node['in'] === 'query' && node['name'] === key);
    if (parameter === undefined) return [`${name}: no query parameter is called ${key}`];
    const schema = within(parameter, 'schema');
    const isNumber = schema?.node['type'] === 'number' || schema?.node['type'] === 'integer';
    const value = isNumber ? Number(text) : text;
    return schema === null ? [] : problemsOf(schema, value, `${name}?${key}`, { isClosed: true });
  });

/** The schema of a body by its media type. Throws when the description has no such content. */
export const contentSchema = (place: Place, media: string, ...keys: readonly string[]): Place => {
  const schema = within(place, ...keys, 'content', media, 'schema');
  if (schema === null) throw new Error(`nothing is said of ${keys.join('.')} as ${media}`);
  return schema;
};

export const parsedAnswer = (answer: FakeAnswer): { readonly status: number; readonly body: unknown } => {
  if (typeof answer === 'string') throw new Error(`the fake gave no answer (${answer})`);
  return { status: answer.status, body: answer.body === '' ? null : JSON.parse(answer.body) };
};
