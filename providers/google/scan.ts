import { sideBySide } from '../side-by-side.ts';
import type { GoogleApi } from './api.ts';
import { keyOf } from './names.ts';
import type { GoogleRecordSet } from './shapes.ts';

/** So few are asked for one by one; more, and a page of the whole zone is the cheaper way to begin. */
const FEW = 2;

/** Names of one zone at once; two zones may be read at once. */
const MOST_AT_ONCE = 4;

export interface Wanted {
  readonly name: string;
  readonly type: string;
}

/**
 * The wanted record sets of one zone, by key. A list cannot begin at a name, so the zone is paged through until all are found,
 * for at most as many pages as names are wanted; what is still missing then is asked for by name. At most twice the cost of
 * the better way, whatever the size of the zone.
 */
export const scanZone = async (
  api: GoogleApi,
  zone: string,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, GoogleRecordSet>> => {
  const open = new Map(wanted.map((one) => [keyOf(one), one]));
  const found = new Map<string, GoogleRecordSet>();
  const take = (recordSets: readonly GoogleRecordSet[]): void => {
    for (const recordSet of recordSets) {
      const key = keyOf(recordSet);
      if (open.delete(key)) found.set(key, recordSet);
    }
  };
  let page: string | null = null;
  const mostPages = open.size > FEW ? open.size : 0;
  for (let count = 0; count < mostPages && open.size > 0; count += 1) {
    const { recordSets, next } = await api.page(zone, page, signal);
    take(recordSets);
    if (next === null) return found;
    page = next;
  }
  const width = Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(api.parallel() / 2)));
  await sideBySide([...open.values()], width, async ({ name, type }) => {
    take(await api.named(zone, name, type, signal));
  });
  return found;
};
