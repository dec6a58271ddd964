import { ProviderError, type ProviderFailure } from '../../../providers/errors.ts';
import type { RecordOutcome, Records } from '../../../providers/records.ts';
import { diffBetween } from '../../dns/diff.ts';
import { isKey, isSame } from '../../dns/sets.ts';
import { isSameModelled, recordKeyText } from '../../domain/record-order.ts';
import type { RecordChange, RecordSet } from '../../domain/record-sets.ts';
import type { ChangeResult } from './prepared.ts';

/** After these nobody knows what stands there: it is read again before anything is said. */
const READ_AGAIN: ReadonlySet<ProviderFailure> = new Set(['conflict', 'unknown-outcome', 'unreadable']);

const keyOfChange = ({ expects, leaves }: RecordChange): RecordSet | null => expects ?? leaves;

const whatOf = (change: RecordChange): string => {
  const set = keyOfChange(change);
  return set === null ? '' : recordKeyText(set);
};

/** A set made here has nothing of the vendor's own yet; what the vendor adds by itself is no difference. */
const isAsLeft = (live: RecordSet | null, leaves: RecordSet | null): boolean =>
  isSame(live, leaves) || (live !== null && leaves !== null && leaves.kept === null && isSameModelled(live, leaves));

const liveOf = async (records: Records, zone: string, change: RecordChange): Promise<RecordSet | null> => {
  const key = keyOfChange(change);
  if (key === null) return null;
  // A call of its own: whoever interrupted the write still wants to know what became of it.
  const sets = await records.recordSets(zone, { name: key.name, type: key.type }, new AbortController().signal);
  return sets.find((set) => isKey(set, key)) ?? null;
};

const readAgain = async (
  records: Records,
  zone: string,
  change: RecordChange,
  failed: { readonly kind: ProviderFailure; readonly because: string },
): Promise<ChangeResult> => {
  const what = whatOf(change);
  const result = (outcome: ChangeResult['outcome'], because: string | null): ChangeResult => ({
    what,
    outcome,
    change: null,
    because,
    diff: null,
  });
  try {
    const live = await liveOf(records, zone, change);
    if (isAsLeft(live, change.leaves))
      return failed.kind === 'conflict'
        ? result('already', null)
        : result('landed', 'the answer was lost; a later look found it there');
    if (isSame(live, change.expects))
      return result('failed', `${failed.because} (${failed.kind}); it did not land, so type the same again`);
    return {
      ...result('conflict', 'somebody else has changed it since it was read'),
      diff: diffBetween(change.expects, live),
    };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return result('failed', `${failed.because} (${failed.kind}), and it could not be read again: ${error.message}`);
  }
};

/** What the vendor said of each change, and what stands there where its word is not enough. */
export const judged = async (
  records: Records,
  zone: string,
  changes: readonly RecordChange[],
  outcomes: readonly RecordOutcome[],
): Promise<readonly ChangeResult[]> => {
  const results: ChangeResult[] = [];
  for (const [index, change] of changes.entries()) {
    const outcome = outcomes[index] ?? {
      outcome: 'failed',
      kind: 'unreadable',
      because: 'the vendor said nothing about it',
    };
    if (outcome.outcome === 'failed' && READ_AGAIN.has(outcome.kind)) {
      results.push(await readAgain(records, zone, change, outcome));
      continue;
    }
    results.push({
      what: whatOf(change),
      outcome: outcome.outcome,
      change: outcome.outcome === 'landed' ? outcome.change : null,
      because: outcome.outcome === 'failed' ? `${outcome.because} (${outcome.kind})` : null,
      diff: null,
    });
  }
  return results;
};
