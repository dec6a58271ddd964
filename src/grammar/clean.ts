/**
 * Undoes what phones, chat programs and documents do to a typed command: curly quotes, dashes made of two hyphens,
 * non-breaking hyphens, links around host names, bold or code marks around a word. Control and direction-changing
 * characters go too, because a name is printed back to a terminal. Never changes a letter or a digit of a name.
 */
export const clean = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    // Phones turn two hyphens into one long dash, so a long dash before a word starts an option.
    .replace(/(^|\s)[‒–—―](?=\w)/g, '$1--')
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/<(?:https?|mailto):[^|>\s]*\|([^>]*)>/g, '$1')
    .replace(/<https?:\/\/([^|>\s]*)>/g, '$1')
    .trim();

const MARKS = [/^`+([^`]+)`+$/, /^\*+([^*]+)\*+$/, /^~+([^~]+)~+$/, /^_+([^_]+)_+$/] as const;

/** A word without the code, bold or strike-through marks around all of it. A star on one side only is a pattern and stays. */
export const unmarked = (word: string): string => {
  for (const mark of MARKS) {
    const inner = mark.exec(word)?.[1];
    if (inner !== undefined) return inner;
  }
  return word;
};

/** A piece of what was typed, safe to print in one line and short enough to read. */
export const quoted = (text: string): string => {
  const plain = clean(text).replace(/"/g, "'");
  return `"${plain.length > 60 ? `${plain.slice(0, 57)}...` : plain}"`;
};
