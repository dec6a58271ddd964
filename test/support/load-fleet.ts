import { fleetReader } from '../../src/operations/fleet-reader.ts';
import type { Journal } from '../../src/ports/journal.ts';
import type { FleetView } from '../../src/run/fleet.ts';

/** Everything the store knows at this moment, read by nobody before. */
export const loadFleet = (journal: Pick<Journal, 'readAll'>): Promise<FleetView> => fleetReader(journal)();
