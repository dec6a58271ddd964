import type { RecordKey, RecordSet, RecordsCapabilities } from '../../src/domain/record-sets.ts';

export const ZONE = 'example.com.';

export const WWW: RecordKey = { name: 'www.example.com.', type: 'A', qualifier: null };

/** A basic set of addresses, with whatever a test is about. */
export const set = (over: Partial<RecordSet> = {}): RecordSet => ({
  ...WWW,
  ttlSeconds: 60,
  values: ['192.0.2.1'],
  alias: null,
  profile: { kind: 'basic' },
  kept: null,
  ...over,
});

export const weighted = (qualifier: string, weight: number | null, over: Partial<RecordSet> = {}): RecordSet =>
  set({ qualifier, profile: { kind: 'weighted', weight }, ...over });

export const geo = (qualifier: string, regions: Readonly<Record<string, readonly string[]>>): RecordSet =>
  set({ qualifier, profile: { kind: 'geo', regions } });

export const ALIAS = { target: 'lb.example.net.', zone: 'Z9' };

/** An account that can do everything. */
export const can = (over: Partial<RecordsCapabilities> = {}): RecordsCapabilities => ({
  types: ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT'],
  weighted: { drained: true, types: ['A', 'CNAME'], minimum: 1, maximum: 100 },
  geo: { types: ['A'], access: 'read-write', places: 'many' },
  failover: ['A'],
  alias: true,
  zones: { create: true, delete: true, update: ['ttl', 'email'], duplicateNames: false },
  conditionalWrite: 'native',
  atomic: 'call',
  batch: 100,
  ...over,
});
