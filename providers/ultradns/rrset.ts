import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import type { SetRef } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';

export type JsonObject = { readonly [key: string]: Json };

const OBJECT = z.record(z.string(), z.json());

const PROFILE = z
  .object({ '@context': z.string().min(1), rdataInfo: z.array(OBJECT).optional() })
  .catchall(z.json().optional());

/** One record set as the vendor gives it: what is not named here is kept, because it has to be given back. */
export const RRSET = z
  .object({
    ownerName: z.string().min(1),
    rrtype: z.string().min(1),
    ttl: z.int().min(0).optional(),
    rdata: z.array(z.string()),
    profile: PROFILE.optional(),
  })
  .catchall(z.json().optional());

export type Rrset = z.infer<typeof RRSET>;
export type Profile = z.infer<typeof PROFILE>;

/** `"A (1)"` is how types are read; they are asked for and configured as `A`. */
export const typeOf = (rrtype: string): string => (rrtype.split(' ')[0] ?? rrtype).toUpperCase();

/** Owner names come back as they were made, with or without the trailing dot. */
export const fullName = (name: string): string => {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
};

/** Which kind of pool, by the last word of `profile["@context"]` (`TCPool`, `SBPool`, `DirPool` …); `plain` has no profile. */
export const kindOf = ({ profile }: Pick<Rrset, 'profile'>): string => {
  if (profile === undefined) return 'plain';
  return /([^/]+)\.jsonschema$/.exec(profile['@context'])?.[1] ?? profile['@context'];
};

/** Where a sentence is about: name, type and zone. */
export const placeOf = ({ name, type, zone }: Pick<SetRef, 'name' | 'type' | 'zone'>): string =>
  `${name} ${type} in ${zone}`;

/**
 * Fields that the vendor adds to its answers (health, kind of record): output only by the REST API guide, 2025-03. They change
 * by themselves, so that a member that kept one would be a foreign edit at every probe.
 */
const ADDED_TO_RECORDS = ['status', 'availableToServe', 'type'];
const ADDED_TO_SETS = ['ultra2SystemGenerated', 'systemGeneratedStatus'];
/** Wishes of a request about directional groups, never part of what is held. */
const WISHES_FOR_GROUPS = ['isExistingGroupFromPool', 'forceOverlap'];

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const without = (object: Readonly<Record<string, Json | undefined>>, keys: readonly string[]): JsonObject => {
  const left: Record<string, Json> = {};
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined && !keys.includes(key)) left[key] = value;
  }
  return left;
};

const settledGroup = (value: Json | undefined): Json | undefined =>
  isObject(value) ? without(value, WISHES_FOR_GROUPS) : value;

/** What belongs to one record of a pool, without what the vendor adds to its answers. */
export const settledInfo = (info: JsonObject): JsonObject => {
  const kept = without(info, ADDED_TO_RECORDS);
  return without({ ...kept, geoInfo: settledGroup(kept['geoInfo']), ipInfo: settledGroup(kept['ipInfo']) }, []);
};

const settledBackup = (value: Json | undefined): Json | undefined =>
  isObject(value) ? without(value, ADDED_TO_RECORDS) : value;

const settledBackups = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) ? value.map((one: Json) => settledBackup(one) ?? null) : value;

/** The profile without its records and without what the vendor adds to its answers. */
export const settledProfile = (profile: Profile): JsonObject => {
  const kept = without(profile, ['rdataInfo', 'status']);
  const noResponse = kept['noResponse'];
  return without(
    {
      ...kept,
      backupRecord: settledBackup(kept['backupRecord']),
      backupRecords: settledBackups(kept['backupRecords']),
      noResponse: isObject(noResponse) ? settledInfo(noResponse) : noResponse,
    },
    [],
  );
};

/** Everything of a set that belongs to no single record of it. */
export const settledSet = ({ profile, ...rest }: Rrset): JsonObject =>
  without({ ...without(rest, ['ttl', 'rdata', ...ADDED_TO_SETS]), profile: profile && settledProfile(profile) }, []);

/** What belongs to the record at this place; nothing for a set without a profile. `rdata[i]` pairs with `rdataInfo[i]`. */
export const infoAt = ({ profile }: Pick<Rrset, 'profile'>, index: number): JsonObject =>
  profile?.rdataInfo?.[index] ?? {};

/** Throws `unreadable` when records and their settings do not pair, which the vendor promises they do. */
export const assertPaired = (rrset: Rrset): void => {
  const infos = rrset.profile?.rdataInfo;
  if (infos === undefined || infos.length === rrset.rdata.length) return;
  throw new ProviderError(
    'unreadable',
    `${rrset.ownerName} ${rrset.rrtype}: ${rrset.rdata.length} records with ${infos.length} settings; each needs its own`,
  );
};
