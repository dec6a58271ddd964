import type { Journal } from '../ports/journal.ts';
import { emptyFleet, type FleetView, foldInto } from '../run/fleet.ts';

/** Events read at once: large enough that a year of runs takes few reads, small enough to keep memory flat. */
const PAGE = 5000;

/** Everything the store knows at this moment. Throws BrokenJournal when the stream `fleet` cannot be read. */
export const loadFleet = async (journal: Pick<Journal, 'readAll'>): Promise<FleetView> => {
  const view = emptyFleet();
  for (;;) {
    const events = await journal.readAll(view.position, PAGE);
    foldInto(view, events);
    if (events.length < PAGE) return view;
  }
};
