import { type FakeSet, type FakeZoneData, setKey } from '../../fake-kit/dns/zone.ts';
import { numberOf, parseContent } from './text.ts';

export interface Comment {
  readonly content: string;
  readonly account: string;
}

/** What the API keeps of a record set beside what DNS answers. */
export interface Beside {
  readonly comments: readonly Comment[];
  readonly disabled: readonly string[];
}

export interface Patched {
  readonly sets: Map<string, FakeSet>;
  readonly beside: Map<string, Beside>;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strangeKey = (value: Fields, known: readonly string[]): string | undefined =>
  Object.keys(value).find((key) => !known.includes(key));

/** Thrown with the sentence of a 422. */
export class Unprocessable extends Error {
  override readonly name = 'Unprocessable';
}

const refuse = (message: string): never => {
  throw new Unprocessable(message);
};

const textIn = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === 'string' ? value : refuse(`Key '${key}' not present or not a String`);
};

const arrayIn = (fields: Fields, key: string): readonly unknown[] | undefined => {
  const value = fields[key];
  if (value === undefined || Array.isArray(value)) return value;
  return refuse(`No ${key} given in update request`);
};

interface Row {
  readonly data: string;
  readonly content: string;
  readonly disabled: boolean;
}

const recordIn = (value: unknown, name: string, type: string): Row => {
  if (!isObject(value)) return refuse('a record is an object');
  const strange = strangeKey(value, ['content', 'disabled']);
  if (strange !== undefined) refuse(`a record has no key '${strange}'`);
  const { disabled = false } = value;
  if (typeof disabled !== 'boolean') refuse("Key 'disabled' is no Boolean");
  const content = textIn(value, 'content');
  const data = parseContent(type, content) ?? refuse(`Record ${name}/${type} '${content}': Parsing record content`);
  return { data, content, disabled: disabled === true };
};

const commentsIn = (fields: Fields): readonly Comment[] | undefined =>
  arrayIn(fields, 'comments')?.map((one) =>
    isObject(one)
      ? { content: textIn(one, 'content'), account: textIn(one, 'account') }
      : refuse('a comment is an object'),
  );

const SET_KEYS = ['name', 'type', 'ttl', 'changetype', 'records', 'comments'];

const ttlIn = ({ ttl }: Fields): number =>
  typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 0
    ? ttl
    : refuse("Key 'ttl' not an Integer or not present");

const replaced = (patched: Patched, fields: Fields, name: string, type: string): void => {
  const number = numberOf(type) ?? refuse(`RRset ${name}. IN ${type}: unknown type given`);
  const key = setKey(name, number);
  const ttl = ttlIn(fields);
  const rows = (arrayIn(fields, 'records') ?? refuse('No record provided for PATCH')).map((one) =>
    recordIn(one, name, type),
  );
  const [contents, comments] = [rows.map(({ content }) => content), commentsIn(fields)];
  if (new Set(contents).size < contents.length) refuse(`Duplicate record in RRset ${name}. IN ${type}`);
  const live = rows.filter(({ disabled }) => !disabled).map(({ data }) => data);
  if (live.length === 0) patched.sets.delete(key);
  else patched.sets.set(key, { name, type: number, ttl, data: live });
  const disabled = rows.filter((row) => row.disabled).map(({ content }) => content);
  patched.beside.set(key, { comments: comments ?? patched.beside.get(key)?.comments ?? [], disabled });
};

const changed = (patched: Patched, value: unknown, zone: string, seen: Set<string>): void => {
  if (!isObject(value)) throw new Unprocessable('an RRset is an object');
  const strange = strangeKey(value, SET_KEYS);
  if (strange !== undefined) refuse(`an RRset has no key '${strange}'`);
  const [whole, type, changetype] = [textIn(value, 'name'), textIn(value, 'type'), textIn(value, 'changetype')];
  if (!whole.endsWith('.')) refuse(`DNS Name '${whole}' is not canonical`);
  const name = whole.slice(0, -1).toLowerCase();
  if (name !== zone && !name.endsWith(`.${zone}`)) refuse(`RRset ${whole} IN ${type}: Name is out of zone`);
  if (seen.has(`${name} ${type}`)) refuse(`Duplicate RRset ${whole} IN ${type} with changetype: ${changetype}`);
  seen.add(`${name} ${type}`);
  if (changetype === 'REPLACE') {
    replaced(patched, value, name, type);
    return;
  }
  if (changetype !== 'DELETE') refuse('Changetype not understood');
  if (value['ttl'] !== undefined || (arrayIn(value, 'records') ?? []).length > 0)
    refuse('DELETE takes neither TTL nor records');
  patched.sets.delete(setKey(name, numberOf(type) ?? 0));
  patched.beside.delete(setKey(name, numberOf(type) ?? 0));
};

const CNAME = 5;

/** All of a PATCH on copies. Throws `Unprocessable` for anything that the server refuses; then nothing has changed. */
export const patchedBy = (
  body: unknown,
  zone: string,
  sets: FakeZoneData,
  beside: ReadonlyMap<string, Beside>,
): Patched => {
  if (!isObject(body)) return refuse('the body is an object');
  const strange = strangeKey(body, ['rrsets']);
  if (strange !== undefined) refuse(`a zone takes no key '${strange}' here`);
  const patched = { sets: new Map(sets), beside: new Map(beside) };
  const seen = new Set<string>();
  for (const one of arrayIn(body, 'rrsets') ?? refuse('No rrsets given in update request'))
    changed(patched, one, zone, seen);
  for (const { name, type } of patched.sets.values()) {
    if (type !== CNAME) continue;
    const others = [...patched.sets.values()].filter((set) => set.name === name && set.type !== CNAME);
    if (others.length > 0) refuse(`RRset ${name}. IN CNAME: Conflicts with pre-existing RRset`);
  }
  return patched;
};
