/** Edits between two words: insert, delete, replace, swap neighbours (optimal string alignment). */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now[column] = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = now;
  }
  return last[b.length] ?? 0;
};

/** Longer words than this are no typing errors of ours, and comparing them would take quadratic time. */
const LONGEST_WORD = 80;

/** Beyond so many candidates only those are compared that begin or end like the word: a fleet has thousands of names. */
const MANY = 500;

const sharesAnEnd = (a: string, b: string): boolean => a.slice(0, 2) === b.slice(0, 2) || a.slice(-2) === b.slice(-2);

/** The candidate that a person most likely meant, or null where none is near. Case does not count as an error. */
export const closest = (word: string, candidates: Iterable<string>): string | null => {
  if (word === '' || word.length > LONGEST_WORD) return null;
  const wanted = word.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const all = [...candidates];
  const near = all
    .filter((candidate) => candidate.length <= LONGEST_WORD && (all.length <= MANY || sharesAnEnd(candidate, word)))
    .map((candidate) => {
      const lower = candidate.toLowerCase();
      // `ttlSeconds` for `ttl`, `fail` for `failFrom`: a unit too many or a word too few.
      const isPart =
        Math.min(lower.length, wanted.length) >= 3 && (lower.startsWith(wanted) || wanted.startsWith(lower));
      // The difference in length is the least number of edits.
      const isFar = Math.abs(lower.length - wanted.length) > most;
      return { candidate, edits: isPart ? 1 : isFar ? Number.POSITIVE_INFINITY : distance(wanted, lower) };
    })
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.candidate ?? null;
};

/** `did you mean "checkout"?` or null. */
export const didYouMean = (word: string, candidates: Iterable<string>): string | null => {
  const candidate = closest(word, candidates);
  return candidate === null ? null : `did you mean "${candidate}"?`;
};

/** `a, b or c`, shortened where there are many. */
export const oneOf = (words: Iterable<string>): string => {
  const all = [...words];
  const shown = all.slice(0, 12);
  const rest = all.length > shown.length ? ` or ${all.length - shown.length} more` : '';
  if (rest !== '' || shown.length < 2) return `${shown.join(', ')}${rest}`;
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
};
