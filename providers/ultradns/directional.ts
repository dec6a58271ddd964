import { assertPaired, infoAt, isObject, type JsonObject, type Rrset, settledInfo, settledSet } from './rrset.ts';
import { profileOf } from './translate.ts';

/** How the record for all territories without a group is called; the vendor has no name for it. */
export const EVERYBODY_ELSE = '(all non-configured)';

export const DIRECTIONAL = 'http://schemas.ultradns.com/DirPool.jsonschema';

/** One record of a directional pool: `info` says whom it answers. */
export interface DirectionalRecord {
  readonly rdata: string;
  readonly info: JsonObject;
}

const nameIn = (group: unknown): string | null => {
  if (!isObject(group)) return null;
  const name = group['name'];
  return typeof name === 'string' ? name : null;
};

/** The name of a record's group: of places, of source addresses (`ip` before it), or of both at once. */
export const groupNameOf = (info: JsonObject): string => {
  if (info['allNonConfigured'] === true) return EVERYBODY_ELSE;
  const [geo, ip] = [nameIn(info['geoInfo']), nameIn(info['ipInfo'])];
  if (ip === null) return geo ?? '(no group)';
  return geo === null ? `ip ${ip}` : `${geo} and ip ${ip}`;
};

export const recordsOf = (rrset: Rrset): readonly DirectionalRecord[] => {
  assertPaired(rrset);
  return rrset.rdata.map((rdata, index) => ({ rdata, info: settledInfo(infoAt(rrset, index)) }));
};

/** Several records of one group: from the second on, the vendor wants to hear that the group is there already. */
const again = (info: JsonObject, key: 'geoInfo' | 'ipInfo', seen: Set<string>): JsonObject => {
  const group = info[key];
  const name = nameIn(group);
  if (name === null || !isObject(group)) return {};
  const isKnown = seen.has(`${key} ${name}`);
  seen.add(`${key} ${name}`);
  return isKnown ? { [key]: { ...group, isExistingGroupFromPool: true } } : {};
};

/** The pool with these records in this order, all else as it is: the body of one PUT. */
export const directionalPool = (head: JsonObject, records: readonly DirectionalRecord[]): JsonObject => {
  const seen = new Set<string>();
  const rdataInfo = records.map(({ info }) => ({
    ...info,
    ...again(info, 'geoInfo', seen),
    ...again(info, 'ipInfo', seen),
  }));
  return { ...head, rdata: records.map(({ rdata }) => rdata), profile: { ...profileOf(head), rdataInfo } };
};

export const headOf = (live: Rrset): JsonObject => ({
  ...settledSet(live),
  ...(live.ttl === undefined ? {} : { ttl: live.ttl }),
});
