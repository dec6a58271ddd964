/** What was read, or a sentence that says what is wrong, what was expected and what to type. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly because: string };

export const good = <T>(value: T): Checked<T> => ({ ok: true, value });

export const bad = (because: string): { readonly ok: false; readonly because: string } => ({ ok: false, because });

/** At most this much of a person's text is repeated to him. */
const QUOTED = 60;

/** The text as a sentence may repeat it: short, on one line, without characters that a terminal obeys. */
export const shown = (text: string): string => {
  const plain = [...text.slice(0, QUOTED)]
    .map((char) => (char < ' ' || (char >= '\u007f' && char <= '\u009f') ? '?' : char))
    .join('');
  return `"${plain}${text.length > QUOTED ? '…' : ''}"`;
};

/** All values, or all that is wrong. */
export const together = <T>(results: readonly Checked<T>[]): Checked<readonly T[]> => {
  const wrong = results.flatMap((result) => (result.ok ? [] : [result.because]));
  if (wrong.length > 0) return bad(wrong.join('; '));
  return good(results.flatMap((result) => (result.ok ? [result.value] : [])));
};
