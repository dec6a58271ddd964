/** A value of gdnsd's language: text, list, or keys with values in their order. */
export type Value = string | readonly Value[] | ReadonlyMap<string, Value>;

/** How an included file is found: its text, or every text of a directory; null where there is none. */
export type Include = (path: string) => readonly string[] | null;

/** gdnsd says where; the tests of a fake only ask whether. */
export class BadText extends Error {}

const SPECIAL = '][}{;#,"=\\';

/**
 * Reads a text as gdnsd does, and refuses what gdnsd refuses: a key twice, an open bracket, a stray mark, an include of nothing.
 * Character by character, and with nothing in common with the reader in the provider.
 */
export const readText = (text: string, include: Include): Value => {
  let at = 0;
  const bad = (why: string): never => {
    throw new BadText(`Parse error at character ${at}: ${why}`);
  };

  const blank = (): void => {
    while (at < text.length) {
      const c = text.charAt(at);
      if (c === '#' || c === ';') while (at < text.length && text.charAt(at) !== '\n') at += 1;
      else if (/\s/.test(c)) at += 1;
      else return;
    }
  };

  const escaped = (): string => {
    at += 1;
    const digits = text.slice(at, at + 3);
    if (/^\d{3}$/.test(digits)) {
      at += 3;
      return String.fromCharCode(Number(digits));
    }
    if (at >= text.length) bad('nothing after a backslash');
    at += 1;
    return text.charAt(at - 1);
  };

  const quoted = (): string => {
    let out = '';
    at += 1;
    while (text.charAt(at) !== '"') {
      if (at >= text.length) bad('an open quote');
      if (text.charAt(at) === '\\') out += escaped();
      else out += text.charAt(at++);
    }
    at += 1;
    return out;
  };

  const word = (): string => {
    if (text.charAt(at) === '"') return quoted();
    let out = '';
    while (at < text.length && !/\s/.test(text.charAt(at))) {
      const c = text.charAt(at);
      if (c !== '\\' && SPECIAL.includes(c)) break;
      if (c === '\\') out += escaped();
      else out += text.charAt(at++);
    }
    return out === '' ? bad('Syntax error') : out;
  };

  const includePath = (): string => {
    if (text.charAt(at) !== '{') bad('$include without a bracket');
    at += 1;
    blank();
    const path = word();
    blank();
    if (text.charAt(at) !== '}') bad('$include without its closing bracket');
    at += 1;
    return path;
  };

  const included = (): readonly Value[] => {
    const path = includePath();
    const texts = include(path);
    if (texts === null) return bad(`no file ${path}`);
    return texts.map((part) => readText(part, include));
  };

  const value = (): Value => {
    blank();
    const c = text.charAt(at);
    if (c === '{') {
      at += 1;
      return pairs('}');
    }
    if (c === '[') return list();
    const said = word();
    if (c === '"' || said !== '$include') return said;
    const [only, ...more] = included();
    return only === undefined || more.length > 0 ? bad('several files for one value') : only;
  };

  const list = (): Value => {
    at += 1;
    const items: Value[] = [];
    for (blank(); text.charAt(at) !== ']'; blank()) {
      if (at >= text.length) bad('an open list');
      items.push(value());
      blank();
      if (text.charAt(at) === ',') at += 1;
    }
    at += 1;
    return items;
  };

  const put = (into: Map<string, Value>, key: string, held: Value): void => {
    if (into.has(key)) bad(`Duplicate hash key '${key}'`);
    into.set(key, held);
  };

  const pair = (into: Map<string, Value>): void => {
    const isQuoted = text.charAt(at) === '"';
    const key = word();
    if (key === '$include' && !isQuoted) {
      for (const part of included()) {
        if (!(part instanceof Map)) bad('included keys and values are expected');
        else for (const [inner, held] of part) put(into, inner, held);
      }
      return;
    }
    blank();
    if (text.charAt(at) !== '=') bad(`no value for ${key}`);
    at += text.charAt(at + 1) === '>' ? 2 : 1;
    put(into, key, value());
  };

  const pairs = (end: string): Value => {
    const found = new Map<string, Value>();
    for (blank(); at < text.length && text.charAt(at) !== end; blank()) {
      pair(found);
      blank();
      if (text.charAt(at) === ',') at += 1;
    }
    if (end === '') return found;
    if (text.charAt(at) !== end) bad('an open hash');
    at += 1;
    return found;
  };

  blank();
  return text.charAt(at) === '[' ? list() : pairs('');
};

export const at = (value: Value | undefined, key: string): Value | undefined =>
  value instanceof Map ? value.get(key) : undefined;

export const textOf = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

export const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
