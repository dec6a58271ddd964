import type { EventRow } from './chain.ts';
import type { Archive, Ends } from './store.ts';

const PAGE = 5000;

const countDropped = ({ heads }: Ends): number => heads.filter(({ dropped }) => dropped).length;

/**
 * Shows every row up to the end that the store had at one instant, then that end: appends meanwhile are the next walk's. When
 * retention took rows away meanwhile, which would look like a truncation, it begins again with a new visitor.
 */
export const walkArchive = async <T>(
  archive: Pick<Archive, 'rows' | 'ends'>,
  begin: () => { readonly row: (row: EventRow) => void; readonly end: (ends: Ends) => T },
): Promise<T> => {
  for (;;) {
    const visitor = begin();
    const ends = await archive.ends();
    for (let after = 0; after < ends.position; ) {
      const rows = await archive.rows(after, PAGE);
      for (const row of rows) if (row.position <= ends.position) visitor.row(row);
      after = rows.at(-1)?.position ?? ends.position;
    }
    if (countDropped(await archive.ends()) === countDropped(ends)) return visitor.end(ends);
  }
};
