import { encodeData, presentData } from '../dns-wire/rdata.ts';
import { TYPE, typeNumber } from '../dns-wire/types.ts';
import { ProviderError } from '../errors.ts';
import { STEERED_TYPES } from './capabilities.ts';

export interface Choice {
  /** 0 is never answered while another has a weight; all 0 answers SERVFAIL. */
  readonly weight: number;
  /** An address, or the target of a CNAME. */
  readonly value: string;
}

/** A Lua record in the one form that steer reads and writes. */
export interface Snippet {
  readonly type: string;
  readonly choices: readonly Choice[];
}

/** The longest character-string of DNS. */
const LONGEST_STRING = 255;

const WHOLE =
  /^pickwrandom\(\s*\{\s*((?:\{\s*\d+\s*,\s*'[^'\\]*'\s*\}\s*,\s*)*\{\s*\d+\s*,\s*'[^'\\]*'\s*\})\s*\}\s*\)$/;
const ONE = /\{\s*(0|[1-9]\d{0,8})\s*,\s*'([^'\\]*)'\s*\}/g;
const STRINGS = /^([A-Z0-9]+)((?:\s+"(?:[^"\\]|\\["\\])*")+)$/;

/** The type and the code of a Lua record's content, its character-strings put together. */
const codeOf = (content: string): { readonly type: string; readonly code: string } | null => {
  const [, type, rest] = STRINGS.exec(content.trim()) ?? [];
  if (type === undefined || rest === undefined) return null;
  const parts = [...rest.matchAll(/"((?:[^"\\]|\\["\\])*)"/g)].map(([, inner = '']) => inner);
  return { type, code: parts.join('').replace(/\\(["\\])/g, '$1') };
};

/** The type that a Lua record answers for, whatever its code. */
export const luaType = (content: string): string => /^\s*([A-Z0-9]+)/.exec(content)?.[1] ?? '';

const isValueOf = (type: string, value: string): boolean => {
  try {
    const number = typeNumber(type);
    return presentData(number, encodeData(number, value)).toLowerCase() === value && value !== '';
  } catch {
    return false;
  }
};

/**
 * The choices of a Lua record; null for any other code, which steer does not manage. Strict: one call of `pickwrandom` with
 * whole weights and values that the type has, none of them twice. Lua would run anything else, too.
 */
export const parseSnippet = (content: string): Snippet | null => {
  const parts = codeOf(content);
  if (parts === null || !STEERED_TYPES.some((type) => type === parts.type)) return null;
  const [, list] = WHOLE.exec(parts.code) ?? [];
  if (list === undefined) return null;
  const all = list.match(/\{/g)?.length ?? 0;
  const choices = [...list.matchAll(ONE)].map(([, weight, value = '']) => ({ weight: Number(weight), value }));
  const values = new Set(choices.map(({ value }) => value));
  const isOurs =
    choices.length === all && values.size === all && choices.every(({ value }) => isValueOf(parts.type, value));
  return isOurs ? { type: parts.type, choices } : null;
};

/**
 * The content of a Lua record. The server takes broken Lua without a word and then answers SERVFAIL, so that what was built is
 * read back before it is sent: throws `rejected` where it does not say the same.
 */
export const printSnippet = ({ type, choices }: Snippet): string => {
  const code = `pickwrandom({${choices.map(({ weight, value }) => `{${weight},'${value}'}`).join(',')}})`;
  const strings = code.match(new RegExp(`.{1,${LONGEST_STRING}}`, 'g')) ?? [];
  const content = `${type} ${strings.map((part) => `"${part}"`).join(' ')}`;
  const again = parseSnippet(content);
  if (again !== null && JSON.stringify(again.choices) === JSON.stringify(choices)) return content;
  throw new ProviderError(
    'rejected',
    `${type} ${choices.map(({ value }) => value).join(', ')}: no Lua record can say this`,
  );
};

/** A Lua record as a DNS update carries it: the type it answers for, then its code. */
export const luaData = (content: string): Uint8Array => encodeData(TYPE.LUA, content);
