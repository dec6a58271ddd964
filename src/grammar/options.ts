import { quoted } from './clean.ts';
import type { Door } from './request.ts';
import { eitherOf, near } from './suggest.ts';
import type { Token, Tokens } from './tokens.ts';
import { OPTIONS, type OptionName, optionsFor, REPEATABLE, type VerbName } from './vocabulary.ts';

/** The options of one command, apart from its words. */
export interface Sorted {
  readonly words: readonly Token[];
  readonly options: ReadonlyMap<OptionName, readonly string[]>;
}

const isOption = ({ text, quoted: meant }: Token): boolean => !meant && /^-{1,2}[A-Za-z]/.test(text);

/** An option written with `=` may carry a quoted value: `--reason="bad deploy"` is one word with quotes inside. */
const OPTION = /^(-{1,2})([A-Za-z][\w-]*)(?:=([\s\S]*))?$/;

const isKnown = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name);

const wrongOption = (typed: string, verb: VerbName, door: Door): string => {
  const name = typed.replace(/^-+/, '').toLowerCase();
  const allowed = optionsFor(verb, door);
  const hints = near(name, allowed).map((option) => `--${option}`);
  const hint = hints.length > 0 ? ` Did you mean ${eitherOf(hints)}?` : '';
  if (hints.length === 0 && isKnown(name)) return `--${name} does not go with "${verb}".${listText(allowed)}`;
  return `I don't know the option ${quoted(typed)}.${hint === '' ? listText(allowed) : hint}`;
};

const listText = (allowed: readonly OptionName[]): string =>
  allowed.length === 0 ? '' : ` It takes ${allowed.map((option) => `--${option}`).join(', ')}.`;

/** Where an unquoted value ends: a reason typed without quotes runs to the next option, any other value is one word. */
const valueAfter = (name: OptionName, { tokens, fromShell }: Tokens, from: number): readonly Token[] => {
  const first = tokens[from];
  if (first === undefined || isOption(first)) return [];
  if (name !== 'reason' || first.quoted || fromShell) return [first];
  const end = tokens.findIndex((token, index) => index > from && isOption(token));
  return tokens.slice(from, end === -1 ? tokens.length : end);
};

/** A list may have been typed with spaces: `--to r1, r2`. */
const withList = (
  name: OptionName,
  taken: readonly Token[],
  tokens: readonly Token[],
  from: number,
): readonly Token[] => {
  if (name !== 'to' && name !== 'service') return taken;
  const list = [...taken];
  let next = tokens[from + list.length];
  while (
    next !== undefined &&
    !isOption(next) &&
    (list.at(-1)?.text.endsWith(',') === true || next.text.startsWith(','))
  ) {
    list.push(next);
    next = tokens[from + list.length];
  }
  return list;
};

/** The dashes, the name and the inline value of a token that is an option, or null for a word. */
const optionIn = (token: Token): { dashes: string; name: string; inline: string | undefined } | null => {
  if (!isOption(token) && !/^--[\w-]+=/.test(token.text)) return null;
  const [, dashes = '', name = '', inline] = OPTION.exec(token.text) ?? [];
  return name === '' ? null : { dashes, name: name.toLowerCase(), inline };
};

const wrongValue = (name: OptionName, value: string, inline: string | undefined): string | null => {
  const { takes } = OPTIONS[name];
  if (takes === null) return inline === undefined ? null : `--${name} takes no value.`;
  return value === '' ? `--${name} needs a value: --${name} ${takes}.` : null;
};

/** Sorts the tokens after the verb into words and options. What is wrong is added to `problems`. */
export const sortOptions = (typed: Tokens, verb: VerbName, door: Door, problems: string[]): Sorted => {
  const words: Token[] = [];
  const options = new Map<OptionName, string[]>();
  const allowed = new Set<string>(optionsFor(verb, door));
  let index = 0;
  while (index < typed.tokens.length) {
    const token = typed.tokens[index] ?? { text: '', quoted: false };
    const option = optionIn(token);
    index += 1;
    if (option === null) {
      words.push(token);
      continue;
    }
    const { dashes, name, inline } = option;
    if (dashes !== '--' || !isKnown(name) || !allowed.has(name)) {
      problems.push(wrongOption(token.text.split('=')[0] ?? token.text, verb, door));
      continue;
    }
    const takesNext = OPTIONS[name].takes !== null && inline === undefined;
    const taken = takesNext ? withList(name, valueAfter(name, typed, index), typed.tokens, index) : [];
    index += taken.length;
    const value = (inline ?? taken.map(({ text }) => text).join(' ')).trim();
    const before = options.get(name) ?? [];
    if (before.length > 0 && !REPEATABLE.has(name)) problems.push(`--${name} is given twice.`);
    const wrong = wrongValue(name, value, inline);
    if (wrong !== null) problems.push(wrong);
    options.set(name, [...before, value]);
  }
  return { words, options };
};
