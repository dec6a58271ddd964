import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/** Any part of a description that is an object. */
export type Node = Readonly<Record<string, unknown>>;

/** A part of a description and the file in which it stands: a `$ref` is relative to that. */
export interface Place {
  readonly file: string;
  readonly node: Node;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const files = new Map<string, Node>();

/** One file of a description, JSON or YAML, read once. */
const fileNode = (file: string): Node => {
  const known = files.get(file);
  if (known !== undefined) return known;
  const read: unknown = parse(readFileSync(file, 'utf8'));
  if (!isNode(read)) throw new Error(`${file} holds no object`);
  files.set(file, read);
  return read;
};

export const openDocument = (file: string): Place => ({ file, node: fileNode(file) });

const pointed = (root: Node, pointer: string, where: string): Node => {
  let at: unknown = root;
  for (const step of pointer.split('/').filter((part) => part !== '')) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isNode(at) ? at[key] : undefined;
  }
  if (!isNode(at)) throw new Error(`${where} points at nothing`);
  return at;
};

/** The place itself, or what it refers to, however often. Throws for a reference to nothing. */
export const resolved = (place: Place): Place => {
  const { $ref: reference } = place.node;
  if (typeof reference !== 'string') return place;
  const [path = '', pointer = ''] = reference.split('#');
  const file = path === '' ? place.file : join(dirname(place.file), path);
  return resolved({ file, node: pointed(fileNode(file), pointer, `${reference} in ${place.file}`) });
};

/** A part of a place by its keys; null where there is none. */
export const within = (place: Place, ...keys: readonly string[]): Place | null => {
  let at: Place = resolved(place);
  for (const key of keys) {
    const node = at.node[key];
    if (!isNode(node)) return null;
    at = resolved({ file: at.file, node });
  }
  return at;
};
