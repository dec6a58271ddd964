import type { Json } from './types.ts';

export type JsonObject = { readonly [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The value as an object; an empty one when it is something else. */
export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The value as a list; an empty one when it is something else. */
export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

/** The value as text; empty when it is something else. */
export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Parses JSON text; undefined when it is none. */
export const parseJson = (text: string): Json | undefined => {
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch {
    return undefined;
  }
};
