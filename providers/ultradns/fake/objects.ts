import { invalid } from './refusal.ts';

export type Plain = { [key: string]: unknown };

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws for a key that the vendor does not have. */
export const known = (what: string, object: Plain, keys: readonly string[]): void => {
  const strange = Object.keys(object).filter((key) => !keys.includes(key));
  if (strange.length > 0) throw invalid(`${what} has no field ${strange.join(', ')}`);
};

export const whole = (what: string, value: unknown, least: number, most: number): number => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(`${what} must be a whole number from ${least} to ${most}`);
};

export const flag = (what: string, value: unknown, otherwise: boolean): boolean => {
  if (value === undefined) return otherwise;
  if (typeof value === 'boolean') return value;
  throw invalid(`${what} must be true or false`);
};

export const text = (what: string, value: unknown): string => {
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`${what} must be a text`);
};

export const list = (what: string, value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw invalid(`${what} must be a list`);
};
