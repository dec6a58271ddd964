import { ProviderError } from '../errors.ts';
import { compareKeys, type GroupKey, keyText } from './names.ts';
import type { RecordSet } from './record.ts';

/** Where a page begins: all three come back from the page before, else records would be listed twice or never. */
export interface PageStart extends GroupKey {
  readonly identifier: string | null;
}

export interface RecordPage {
  readonly records: readonly RecordSet[];
  /** Null on the last page. */
  readonly next: PageStart | null;
}

export type ListPage = (start: PageStart) => Promise<RecordPage>;

const keyOf = (record: RecordSet): GroupKey => ({ name: record.Name, type: record.Type });

const isSameStart = (a: PageStart, b: PageStart): boolean => keyText(a) === keyText(b) && a.identifier === b.identifier;

/**
 * All records of the wanted names of one zone, in as few pages as there can be: a page starts at the first name still
 * wanted and settles every other wanted name that it happens to show, then the next page starts at the first one left. That
 * costs neither more than listing the whole zone nor more than one page per name (plus the rest of a group that a page
 * cut), and the size of the zone need not be known.
 *
 * A name counts as absent only when a page that began with it did not show it. So a surprise in the vendor's sorting, which
 * we only compute, costs calls and never loses a record.
 */
export const scanZone = async (
  wanted: readonly GroupKey[],
  list: ListPage,
): Promise<ReadonlyMap<string, readonly RecordSet[]>> => {
  const found = new Map<string, RecordSet[]>();
  let open = new Map(wanted.toSorted(compareKeys).map((key) => [keyText(key), key]));
  let resume: PageStart | null = null;

  while (open.size > 0) {
    const [first] = open.values();
    const start: PageStart | null = resume ?? (first === undefined ? null : { ...first, identifier: null });
    if (start === null) break;
    const { records, next } = await list(start);
    for (const record of records) {
      const key = keyText(keyOf(record));
      if (open.has(key)) found.set(key, [...(found.get(key) ?? []), record]);
    }
    if (next !== null && isSameStart(next, start)) {
      throw new ProviderError(
        'unreadable',
        `the list after ${start.name} ${start.type} begins with the same record again`,
      );
    }
    const cut = next === null ? null : keyText(next);
    resume = cut !== null && open.has(cut) ? next : null;
    const asked = keyText(start);
    open = new Map([...open].filter(([key]) => key === cut || (key !== asked && !found.has(key))));
  }
  return found;
};
