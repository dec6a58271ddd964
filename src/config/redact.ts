import type { Json } from '../domain/canonical.ts';
import { redacted } from './secrets.ts';

/** Keys whose values are nobody's business although they are no keys to anything: they make a stolen credential useful. */
const HIDDEN: ReadonlySet<string> = new Set(['externalId']);

/** Query and user part of an address may carry a token. */
const bareAddress = (text: string): string => {
  const url = /^https?:\/\//.test(text) ? URL.parse(text) : null;
  if (url === null || (url.search === '' && url.username === '' && url.password === '')) return text;
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?[redacted]'}`;
};

const visit = (key: string, value: unknown): Json => {
  if (value === undefined || value === null) return null;
  if (HIDDEN.has(key)) return '[redacted]';
  if (typeof value === 'string') return bareAddress(redacted(value));
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => visit(key, item));
  if (typeof value !== 'object') return null;
  return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, visit(inner, item)]));
};

/** A value of the config as anybody may see it. `path` tells by its last key what the value is. */
export const redactedJson = (path: string, value: unknown): Json => visit(path.slice(path.lastIndexOf('.') + 1), value);
