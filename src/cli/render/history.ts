import type { HistoryEntry } from '../../operations/history.ts';
import { deedText } from '../../words/history.ts';
import { utc } from '../../words/numbers.ts';
import { table } from './table.ts';

const LONGEST = 90;

/** The reason, as far as one line holds it: `show` and `report` have the whole. */
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);

/** One line for each thing that was done, newest first. */
export const historyLines = (entries: readonly HistoryEntry[]): readonly string[] => {
  if (entries.length === 0) return ['Nothing has happened yet.'];
  return table(
    entries.map((entry) => [
      utc(entry.at),
      entry.by === null ? 'steer' : `${entry.by}${entry.door === null ? '' : ` (${entry.door})`}`,
      deedText(entry),
      entry.run ?? '',
      shortened(entry.because ?? ''),
    ]),
  );
};
