import { quoted } from './clean.ts';

/**
 * Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each counted once.
 * Written from the definition of the Damerau-Levenshtein distance (Damerau 1964).
 */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    rows.push(line);
    for (let column = 1; column <= b.length; column += 1) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1;
      const swap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + change,
          swap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
};

/** Two slips at most: with three, every region of a vendor looks like every other. */
const MOST_SLIPS = 2;
const MOST_SHOWN = 3;

/** The known names that may have been meant, nearest first. For people to read; nothing ever acts on them. */
export const near = (typed: string, known: readonly string[]): readonly string[] => {
  const folded = typed.toLowerCase().slice(0, 260);
  return known
    .map((name) => ({
      name,
      slips: distance(folded, name.toLowerCase()),
      starts: name.toLowerCase().startsWith(folded),
    }))
    .filter(
      ({ name, slips, starts }) =>
        slips <= Math.min(MOST_SLIPS, Math.ceil(name.length / 3)) || (starts && folded.length > 2),
    )
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_SHOWN)
    .map(({ name }) => name);
};

export const eitherOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** ` Did you mean us-east-1?`, or the known names where they are few, or nothing. */
export const didYouMean = (typed: string, known: readonly string[]): string => {
  const candidates = near(typed, known);
  if (candidates.length > 0) return ` Did you mean ${eitherOf(candidates)}?`;
  if (known.length === 0) return '';
  const shown = known.slice(0, 8);
  return ` Known: ${shown.join(', ')}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ''}.`;
};

export const unknownName = (kind: string, typed: string, known: readonly string[]): string =>
  `I don't know the ${kind} ${quoted(typed)}.${didYouMean(typed, known)}`;
