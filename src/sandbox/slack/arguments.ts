import { ApiError, argumentError } from './api-error.ts';
import { isList, isObject, type JsonObject, parseJson } from './json.ts';
import type { Json } from './types.ts';

/**
 * The arguments of one call. A form carries structures as JSON text and everything else as plain text, a JSON body
 * carries them as they are; readers accept both.
 */
export interface Arguments {
  /** Missing or empty: the method's refusal. */
  required(name: string, missing?: string): string;
  text(name: string): string | undefined;
  flag(name: string, otherwise: boolean): boolean;
  count(name: string, otherwise: number): number;
  /** A structure, parsed; undefined when it was not given. `malformed` is the code when it is no JSON. */
  structure(name: string, malformed?: string): Json | undefined;
}

const known = new Set(['token', 'team_id', '_x_req_id']);

/** Slack ignores arguments that it does not know; here they are refused, since they are mistakes. */
const refuseUnknown = (given: JsonObject, names: readonly string[]): void => {
  const strays = Object.keys(given).filter((name) => !names.includes(name) && !known.has(name));
  if (strays.length > 0) throw argumentError(strays.map((name) => `no such argument: ${name}`));
};

export const createArguments = (given: JsonObject, names: readonly string[]): Arguments => {
  refuseUnknown(given, names);
  const text = (name: string): string | undefined => {
    const value = given[name];
    if (value === undefined || value === null) return undefined;
    if (isObject(value) || isList(value)) throw argumentError([`must be a string [json-pointer:/${name}]`]);
    return String(value);
  };
  return {
    text,
    required: (name, missing) => {
      const value = text(name);
      if (value !== undefined && value !== '') return value;
      throw missing === undefined ? argumentError([`missing required field: ${name}`]) : new ApiError(missing);
    },
    flag: (name, otherwise) => {
      const value = text(name);
      if (value === undefined || value === '') return otherwise;
      if (value === 'true' || value === '1') return true;
      if (value === 'false' || value === '0') return false;
      throw argumentError([`must be a boolean [json-pointer:/${name}]`]);
    },
    count: (name, otherwise) => {
      const value = text(name);
      if (value === undefined || value === '') return otherwise;
      if (!/^\d{1,15}$/.test(value)) throw argumentError([`must be an integer [json-pointer:/${name}]`]);
      return Number(value);
    },
    structure: (name, malformed) => {
      const value = given[name];
      if (value === undefined || value === null || value === '') return undefined;
      if (typeof value !== 'string') return value;
      const parsed = parseJson(value);
      if (parsed !== undefined) return parsed;
      throw malformed === undefined ? argumentError([`must be JSON [json-pointer:/${name}]`]) : new ApiError(malformed);
    },
  };
};
