import type { Journal } from '../ports/journal.ts';
import { emptyFleet, type FleetView, foldInto } from '../run/fleet.ts';

/** Small, so that what was read of a page is forgotten while it is young, and others get their turn in between. */
const PAGE = 250;

/**
 * The same at its top level, and nobody else's: what a fold changes in place is copied, what it replaces is shared. It costs
 * as much as there are runs, not events.
 */
const copyOf = (view: FleetView): FleetView => ({
  ...view,
  configs: new Map(view.configs),
  runs: new Map(view.runs),
  broken: new Map(view.broken),
  fences: new Map(view.fences),
  provenProviders: new Set(view.provenProviders),
  provenAliasZero: new Set(view.provenAliasZero),
});

/**
 * Reads everything the store knows at the moment of the call, again and again: only the first reads the whole journal, the
 * others what is new since. Each answer stays as it is whatever is read later, so that nothing changes in the middle of a
 * decision. Throws BrokenJournal when the stream `fleet` cannot be read, each time anew.
 */
export const fleetReader = (journal: Pick<Journal, 'readAll'>): (() => Promise<FleetView>) => {
  let view = emptyFleet();
  let last: Promise<unknown> = Promise.resolve();
  const catchUp = async (): Promise<FleetView> => {
    for (;;) {
      const events = await journal.readAll(view.position, PAGE);
      try {
        foldInto(view, events);
      } catch (error) {
        // Half of a page is folded: what follows it must never be read as if the whole had been.
        view = emptyFleet();
        throw error;
      }
      if (events.length < PAGE) return copyOf(view);
    }
  };
  return () => {
    // One after the other, so that nothing is folded twice; and each begins after its call, so that it sees what came before.
    const mine = last.then(catchUp);
    last = mine.catch(() => {});
    return mine;
  };
};
