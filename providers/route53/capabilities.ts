import type { RecordsCapabilities } from '../../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import type { ProvenOnAccount } from '../proven.ts';
import { BATCH_LIMITS, WEIGHT_RANGE } from './batch.ts';
import { MARKER_CHARACTERS } from './marker.ts';

/** What a steering of this vendor can do, given what an account was seen to do. */
export const capabilitiesOf = (proven: ProvenOnAccount): SteeringCapabilities => ({
  weight: WEIGHT_RANGE,
  granularity: 'weight',
  drain: ['zero', 'remove'],
  conditionalWrite: proven.conditionalWrite ? 'native' : 'emulated',
  fence: proven.fence,
  batch: {
    elements: BATCH_LIMITS.elements,
    characters: BATCH_LIMITS.characters - MARKER_CHARACTERS,
    fenceElements: 2,
    sets: null,
  },
  geo: true,
  propagation: 'reported',
  typicalPropagationMs: 60_000,
  failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
});

/** Types a client may write (API model of 2013-04-01, seen 2026-11). */
const TYPES = 'A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT'.split(' ');

/** These are simple only: delegations and the zone's own start (Developer Guide, "Choosing a routing policy", seen 2026-11). */
const SIMPLE_ONLY: ReadonlySet<string> = new Set(['DS', 'NS', 'SOA']);

const ROUTED = TYPES.filter((type) => !SIMPLE_ONLY.has(type));

/** What the records of this vendor can do, given what an account was seen to do. */
export const recordsCapabilitiesOf = (proven: Pick<ProvenOnAccount, 'conditionalWrite'>): RecordsCapabilities => ({
  types: TYPES,
  weighted: { drained: true, types: ROUTED, ...WEIGHT_RANGE },
  geo: { types: ROUTED, access: 'read-write', places: 'one' },
  failover: ROUTED,
  alias: true,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: true },
  conditionalWrite: proven.conditionalWrite ? 'native' : 'emulated',
  atomic: 'call',
  // A change of a set with one value takes two of the elements of a batch.
  batch: BATCH_LIMITS.elements / 2,
});
