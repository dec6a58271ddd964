import { isPlain, type Plain } from './objects.ts';
import { contextOf, type HeldSet } from './validate.ts';
import { TYPES } from './validate-records.ts';

interface Pooled {
  readonly rdata: string;
  readonly info: Plain;
}

const pooled = ({ rdata, profile }: HeldSet): readonly Pooled[] => {
  const infos = profile?.['rdataInfo'];
  return rdata.map((value, index) => {
    const info: unknown = Array.isArray(infos) ? infos[index] : undefined;
    return { rdata: value, info: isPlain(info) ? info : {} };
  });
};

const numberIn = (object: Plain, key: string, otherwise: number): number => {
  const value = object[key];
  return typeof value === 'number' ? value : otherwise;
};

/** NORMAL is served while its probe is well; the others say it themselves. */
const isServed = ({ rdata, info }: Pooled, ill: ReadonlySet<string>): boolean => {
  const state = info['state'];
  if (state === 'ACTIVE' || state === 'FORCE_ACTIVE') return true;
  return state === 'NORMAL' && !ill.has(rdata);
};

const backupsOf = (profile: Plain): readonly string[] => {
  const many: unknown = profile['backupRecords'];
  return [profile['backupRecord'], ...(Array.isArray(many) ? many : [])].flatMap((one: unknown) =>
    isPlain(one) && typeof one['rdata'] === 'string' ? [one['rdata']] : [],
  );
};

/** Records that are served of a pool, and the part of the answers that each gets. */
export const sharesOf = (set: HeldSet, ill: ReadonlySet<string>): ReadonlyMap<string, number> => {
  const { profile } = set;
  const kind = contextOf(profile);
  if (profile === undefined || (kind !== 'TCPool' && kind !== 'SBPool')) {
    return new Map(set.rdata.map((rdata) => [rdata, 1 / set.rdata.length]));
  }
  const records = pooled(set);
  const served = records
    .filter((one) => isServed(one, ill))
    .toSorted((a, b) => numberIn(a.info, 'priority', 1) - numberIn(b.info, 'priority', 1));
  const threshold = numberIn(profile, 'failureThreshold', 0);
  const isFailed = served.length === 0 || (threshold > 0 && records.length - served.length >= threshold);
  if (isFailed) return new Map(backupsOf(profile).map((backup, _, all) => [backup, 1 / all.length]));
  const most = kind === 'TCPool' ? numberIn(profile, 'maxToLB', 0) : numberIn(profile, 'maxActive', 1);
  const active = served.slice(0, most === 0 ? served.length : most);
  const weight = ({ info }: Pooled): number => (kind === 'TCPool' ? numberIn(info, 'weight', 2) : 1);
  const total = active.reduce((sum, one) => sum + weight(one), 0);
  return new Map(active.map((one) => [one.rdata, weight(one) / total]));
};

const kindOfRecord = (type: string, rdata: string): string => (/^[\d.]+$|:/.test(rdata) ? type : 'CNAME');

/** The vendor's health beside what it keeps: only in answers, and different at every probe. */
export const asAnswered = (set: HeldSet, ill: ReadonlySet<string>): Plain => {
  const { owner, type, ttl, rdata, profile } = set;
  const kind = contextOf(profile);
  const head = {
    ownerName: owner,
    rrtype: `${type} (${TYPES[type] ?? 0})`,
    ...(ttl === undefined ? {} : { ttl }),
    rdata,
  };
  if (profile === undefined) return head;
  if (kind === 'DirPool') {
    const rdataInfo = pooled(set).map(({ rdata: value, info }) => ({ ...info, type: kindOfRecord(type, value) }));
    return { ...head, profile: { ...profile, rdataInfo } };
  }
  if (kind !== 'TCPool' && kind !== 'SBPool') return { ...head, profile };
  const shares = sharesOf(set, ill);
  const backup = (one: unknown): unknown =>
    isPlain(one) ? { ...one, availableToServe: shares.has(String(one['rdata'])) } : one;
  const many: unknown = profile['backupRecords'];
  return {
    ...head,
    profile: {
      ...profile,
      status: shares.size === 0 ? 'FAILED' : ill.size > 0 ? 'WARNING' : 'OK',
      rdataInfo: pooled(set).map((one) => ({
        ...one.info,
        availableToServe: isServed(one, ill),
        type: kindOfRecord(type, one.rdata),
      })),
      ...(profile['backupRecord'] === undefined ? {} : { backupRecord: backup(profile['backupRecord']) }),
      ...(Array.isArray(many) ? { backupRecords: many.map(backup) } : {}),
    },
  };
};
