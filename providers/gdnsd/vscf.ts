/**
 * The language of gdnsd's configuration and of `admin_state`: nested hashes and lists of texts, with includes
 * (gdnsd.config(5) of 3.8.1). Positions are kept, because what may be rewritten depends on which file it stands in.
 */
export type Vscf =
  | { readonly kind: 'text'; readonly text: string; readonly file: string }
  | { readonly kind: 'list'; readonly items: readonly Vscf[]; readonly file: string }
  | { readonly kind: 'hash'; readonly entries: readonly VscfEntry[]; readonly file: string }
  | { readonly kind: 'include'; readonly path: string; readonly file: string };

/** `key: null` is an include in the place of a key: its entries belong here. */
export interface VscfEntry {
  readonly key: string | null;
  readonly value: Vscf;
  readonly line: number;
}

/** Why a text is not of this language, and where. */
export class VscfError extends Error {
  override readonly name = 'VscfError';
}

type Token =
  | { readonly kind: 'mark'; readonly mark: string; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number; readonly isInclude: boolean };

const BLANK = /(?:[\s]|[#;][^\n]*)*/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const BARE = /(?:[^\][}{;#,"=\\\s]|\\[\s\S])+/y;
const MARK = /=>?|[[\]{},]/y;

const unescaped = (raw: string): string =>
  raw.replace(/\\(?:(\d{3})|([\s\S]))/g, (_, code: string | undefined, other: string | undefined) =>
    code === undefined ? (other ?? '') : String.fromCharCode(Number(code)),
  );

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const tokensOf = (text: string, file: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const pass = (count: number): void => {
    line += text.slice(at, at + count).split('\n').length - 1;
    at += count;
  };
  for (;;) {
    pass(matchAt(BLANK, text, at)?.[0].length ?? 0);
    if (at >= text.length) return tokens;
    const mark = matchAt(MARK, text, at);
    const quoted = matchAt(QUOTED, text, at);
    const bare = quoted ?? matchAt(BARE, text, at);
    if (mark !== null) {
      tokens.push({ kind: 'mark', mark: mark[0], line });
      pass(mark[0].length);
      continue;
    }
    if (bare === null) throw new VscfError(`${file} line ${line}: a key or a value is expected`);
    const raw = quoted?.[1] ?? bare[0];
    tokens.push({ kind: 'text', text: unescaped(raw), line, isInclude: quoted === null && raw === '$include' });
    pass(bare[0].length);
  }
};

/** Reads one file. Throws `VscfError`. */
export const parseVscf = (text: string, file: string): Vscf => {
  const tokens = tokensOf(text, file);
  let next = 0;

  const refuse = (wanted: string): never => {
    const here = tokens[next] ?? tokens.at(-1);
    throw new VscfError(`${file} line ${here?.line ?? 1}: ${wanted} is expected`);
  };
  const isMark = (...marks: readonly string[]): boolean => {
    const token = tokens[next];
    return token?.kind === 'mark' && marks.includes(token.mark);
  };
  const take = (wanted: string, ...marks: readonly string[]): void => {
    if (!isMark(...marks)) refuse(wanted);
    next += 1;
  };
  const takeText = (wanted: string): Extract<Token, { kind: 'text' }> => {
    const token = tokens[next];
    if (token?.kind !== 'text') return refuse(wanted);
    next += 1;
    return token;
  };
  const comma = (): void => {
    if (isMark(',')) next += 1;
  };

  const include = (): Vscf => {
    take('"{" after $include', '{');
    const { text: path } = takeText('the path to include');
    take('"}" after the path to include', '}');
    return { kind: 'include', path, file };
  };

  const value = (): Vscf => {
    if (isMark('{')) {
      next += 1;
      const entries = hash(() => isMark('}'));
      take('"}"', '}');
      return { kind: 'hash', entries, file };
    }
    if (isMark('[')) return list();
    const token = takeText('a value');
    return token.isInclude ? include() : { kind: 'text', text: token.text, file };
  };

  const list = (): Vscf => {
    take('"["', '[');
    const items: Vscf[] = [];
    while (!isMark(']')) {
      items.push(value());
      comma();
    }
    take('"]"', ']');
    return { kind: 'list', items, file };
  };

  const hash = (isEnd: () => boolean): readonly VscfEntry[] => {
    const entries: VscfEntry[] = [];
    while (!isEnd()) {
      const key = takeText('a key');
      if (key.isInclude) entries.push({ key: null, value: include(), line: key.line });
      else {
        take(`"=>" after ${key.text}`, '=', '=>');
        // As gdnsd has it: a key that comes twice makes the whole file void.
        if (entries.some((entry) => entry.key === key.text)) {
          throw new VscfError(`${file} line ${key.line}: the key ${key.text} comes twice`);
        }
        entries.push({ key: key.text, value: value(), line: key.line });
      }
      comma();
    }
    return entries;
  };

  if (isMark('[')) {
    const only = list();
    if (next < tokens.length) refuse('the end of the file');
    return only;
  }
  return { kind: 'hash', entries: hash(() => next >= tokens.length), file };
};

/** One text in the form that means exactly it. */
export const vscfText = (text: string): string => `"${text.replace(/["\\]/g, (char) => `\\${char}`)}"`;
