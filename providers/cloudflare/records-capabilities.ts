import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import { MOST_IN_A_BATCH } from './record-sets.ts';
import { TYPES } from './values.ts';

export const RECORDS: RecordsCapabilities = {
  types: TYPES,
  weighted: null,
  geo: null,
  failover: null,
  alias: false,
  // A zone's SOA is the vendor's.
  zones: { create: true, delete: true, update: [], duplicateNames: false },
  conditionalWrite: 'emulated',
  atomic: 'call',
  batch: MOST_IN_A_BATCH,
};
