import { clean, unmarked } from './clean.ts';

/** One word of a command. `quoted`: white space and dashes in it were meant, so it is never read as an option. */
export interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

export interface Tokens {
  /** A shell split them, so a value is one word; a chat has no shell, and a reason may be typed without quotes. */
  readonly fromShell: boolean;
  readonly tokens: readonly Token[];
  readonly problems: readonly string[];
}

/** Longer than any sentence a person types; refusing here keeps every later step cheap. */
const MOST_CHARACTERS = 4000;

const tooLong: Tokens = {
  fromShell: false,
  tokens: [],
  problems: [`The command is longer than ${MOST_CHARACTERS} characters. Shorten the reason and try again.`],
};

const PART = /([^\s"']*)(?:"([^"]*)("|$)|'([^']*)('|$))?(\s*)/y;

/** Splits a sentence typed into a chat. An apostrophe inside a word is a letter; a quote that never closes is a problem. */
export const tokensOfText = (text: string): Tokens => {
  if (text.length > MOST_CHARACTERS) return tooLong;
  // A code mark around the whole sentence would otherwise cling to its first and last word.
  const sentence = unmarked(clean(text)).replace(/(?<=\w)'(?=\w)/g, '\u02bc');
  const tokens: Token[] = [];
  const problems: string[] = [];
  PART.lastIndex = 0;
  let open = '';
  let openQuoted = false;
  while (PART.lastIndex < sentence.length) {
    const [, bare = '', double, doubleEnd, single, singleEnd, space = ''] = PART.exec(sentence) ?? [];
    const inner = double ?? single;
    if (inner !== undefined && (doubleEnd ?? singleEnd) === '')
      problems.push('A quotation mark is opened and never closed.');
    open += bare + (inner ?? '');
    openQuoted ||= inner !== undefined;
    if (space !== '' || PART.lastIndex >= sentence.length) {
      if (open !== '' || openQuoted) tokens.push(tokenOf(open, openQuoted));
      open = '';
      openQuoted = false;
    }
  }
  return { fromShell: false, tokens, problems };
};

const tokenOf = (text: string, isQuoted: boolean): Token => {
  const plain = text.replaceAll('\u02bc', "'");
  return { text: isQuoted ? plain.trim() : unmarked(plain), quoted: isQuoted };
};

/** A shell hands over the halves of a sentence in curly quotes as separate words. */
const OPENS_CURLY = /^(?:[-–—]+\w+=)?[“„«][^”]*$/;

/** The words that a shell has split and unquoted already. */
export const tokensOfArguments = (words: readonly string[]): Tokens => {
  if (words.join(' ').length > MOST_CHARACTERS) return tooLong;
  if (words.some((word) => OPENS_CURLY.test(word) && !/\s/.test(word))) {
    return tokensOfText(words.map((word) => (/\s/.test(word) ? `"${word.replaceAll('"', "'")}"` : word)).join(' '));
  }
  const tokens = words.map((word) => ({ text: unmarked(clean(word)), quoted: /\s/.test(word.trim()) || word === '' }));
  return { fromShell: true, tokens, problems: [] };
};
