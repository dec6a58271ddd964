import type { HistoryEntry } from '../../operations/history.ts';
import { utc } from '../../words/numbers.ts';
import { table } from './table.ts';

const WORDS: Readonly<Record<string, string>> = {
  'run.proposed': 'asked for',
  'approval.given': 'approved',
  'denial.given': 'denied',
  'hold.asked': 'held',
  'resume.asked': 'resumed',
  'stop.asked': 'stopped',
  'rollback.asked': 'rolled back',
  'run.held': 'HOLDING',
  'run.stopped': 'STOPPED',
  'run.finished': 'DONE',
  'run.failed': 'FAILED',
  'config.accepted': 'accepted a config',
  'config.proposed': 'proposed a config',
  'freeze.set': 'froze',
  'freeze.lifted': 'lifted the freeze',
  'store.adoption-asked': 'wants to adopt a store',
  'store.adopted': 'adopted a store',
  'provider.checked': 'checked a provider',
};

const LONGEST = 90;

/** The reason, as far as one line holds it: `show` and `report` have the whole. */
const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);

const whatOf = ({ type, verb, region }: HistoryEntry): string => {
  const word = WORDS[type] ?? type;
  return verb === null ? word : `${word} ${verb}${region === null ? '' : ` ${region}`}`;
};

/** One line for each thing that was done, newest first. */
export const historyLines = (entries: readonly HistoryEntry[]): readonly string[] => {
  if (entries.length === 0) return ['Nothing has happened yet.'];
  return table(
    entries.map((entry) => [
      utc(entry.at),
      entry.by === null ? 'steer' : `${entry.by}${entry.door === null ? '' : ` (${entry.door})`}`,
      whatOf(entry),
      entry.run ?? '',
      shortened(entry.because ?? ''),
    ]),
  );
};
