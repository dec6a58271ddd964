import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import { MARKER_CHARACTERS } from './marker.ts';
import { LARGEST_WEIGHT, UNITS_PER_WEIGHT } from './units.ts';

/** Additions, and as many deletions, of one change: the quota of a new project (vendor docs; older projects had the same). */
export const MOST_RECORD_SETS_PER_CHANGE = 1000;

/** Bytes of record data in one change; both lists are counted here, which is the safe reading of the quota's name. */
export const MOST_DATA_PER_CHANGE = 100_000;

export const STEERING_CAPABILITIES: SteeringCapabilities = {
  weight: { minimum: 1, maximum: LARGEST_WEIGHT * UNITS_PER_WEIGHT },
  granularity: 'weight',
  // What Cloud DNS does with weight 0 is not established, so that nothing is drained by it.
  drain: ['remove'],
  conditionalWrite: 'native',
  fence: 'native',
  batch: {
    elements: MOST_RECORD_SETS_PER_CHANGE,
    characters: MOST_DATA_PER_CHANGE - MARKER_CHARACTERS,
    fenceElements: 1,
    sets: null,
  },
  geo: false,
  // `done` says that the servers were told, not that they answer so: only asking them can tell.
  propagation: 'none',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'unknown', drainedIsLastResort: false, noneHealthyServesAll: true },
};

/** Types that may have a routing policy: the vendor's list for public zones. */
const ROUTED_TYPES: readonly string[] = ['A', 'AAAA', 'CNAME', 'MX', 'SRV', 'TXT'];

export const RECORDS_CAPABILITIES: RecordsCapabilities = {
  types: [
    ...['A', 'AAAA', 'CAA', 'CNAME', 'DS', 'HTTPS', 'MX', 'NAPTR', 'NS', 'PTR', 'SPF', 'SRV', 'SSHFP', 'SVCB'],
    ...['TLSA', 'TXT'],
  ],
  weighted: { drained: false, types: ROUTED_TYPES, minimum: 1, maximum: LARGEST_WEIGHT },
  geo: { types: ROUTED_TYPES, access: 'read-write', places: 'one' },
  failover: null,
  alias: false,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: true },
  conditionalWrite: 'native',
  atomic: 'call',
  batch: MOST_RECORD_SETS_PER_CHANGE,
};
