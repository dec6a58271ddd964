import type { Journal } from '../ports/journal.ts';
import { emptyFleet, type FleetView, foldInto } from '../run/fleet.ts';

type Readable = Pick<Journal, 'readAll'>;

/** Events read at once: large enough that a year of runs takes few reads, small enough to keep memory flat. */
const PAGE = 5000;

/** What was read of a journal so far: a process that serves is asked again and again, and a year of events is read once. */
const known = new WeakMap<Readable, FleetView>();

const viewOf = (journal: Readable): FleetView => {
  const view = known.get(journal) ?? emptyFleet();
  known.set(journal, view);
  return view;
};

/** Nobody else's: what is appended later changes the known view and not this one. Runs and configs are never changed in place. */
const copyOf = (view: FleetView): FleetView => ({
  ...view,
  configs: new Map(view.configs),
  runs: new Map(view.runs),
  broken: new Map(view.broken),
  fences: new Map(view.fences),
  provenProviders: new Set(view.provenProviders),
  provenAliasZero: new Set(view.provenAliasZero),
});

/** Everything the store knows at this moment. Throws BrokenJournal when the stream `fleet` cannot be read. */
export const loadFleet = async (journal: Readable): Promise<FleetView> => {
  const view = viewOf(journal);
  for (;;) {
    const events = await journal.readAll(view.position, PAGE);
    // Somebody else came upon what cannot be read: this view may lack it.
    if (known.get(journal) !== view) return loadFleet(journal);
    try {
      // Who asks at the same time reads the same events: nothing is folded twice.
      foldInto(
        view,
        events.filter(({ position }) => position > view.position),
      );
    } catch (error) {
      known.delete(journal);
      throw error;
    }
    if (events.length < PAGE) return copyOf(view);
  }
};
