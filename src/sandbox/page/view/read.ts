import type { Json } from '../../slack/types.ts';

/** Reads what a bot sent, of which nothing is taken for granted: what is missing or of another type is empty. */
type Fields = { readonly [key: string]: Json };

const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: Json | undefined): Fields => (isFields(value) ? value : {});

export const field = (value: Json | undefined, name: string): Json | undefined => fieldsOf(value)[name];

export const stringIn = (value: Json | undefined, name: string): string => {
  const found = field(value, name);
  return typeof found === 'string' ? found : '';
};

export const listIn = (value: Json | undefined, name: string): readonly Json[] => {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
};

export const isTrue = (value: Json | undefined, name: string): boolean => field(value, name) === true;
