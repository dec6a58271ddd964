import type { Json } from '../../src/domain/canonical.ts';
import type { SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { SetChange } from '../steering.ts';
import { type JsonObject, placeOf } from './rrset.ts';
import { followsProbes } from './states.ts';
import { type Kept, keptOf, maxActiveOf, profileOf, wholeOf } from './translate.ts';
import { memberName } from './value.ts';

const WHY_NOT: Readonly<Record<string, string>> = {
  plain: 'is no pool; make it a Traffic Controller pool at the vendor to steer it by weight',
  DirPool: 'is a directional pool, chosen by place and not by weight; its groups are changed as geo record sets',
  RDPool: 'is a resource distribution pool, which has no weights; convert it to a Traffic Controller pool',
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** Backup records, one (`backupRecord`) or several (`backupRecords`), as members would be called. */
const backupsOf = (profile: JsonObject): readonly string[] => {
  const one: Json = profile['backupRecord'] ?? null;
  const many: Json = profile['backupRecords'] ?? [];
  return [one, ...(Array.isArray(many) ? many : [])].flatMap((backup: Json) => {
    const rdata = typeof backup === 'object' && backup !== null && 'rdata' in backup ? backup['rdata'] : null;
    return typeof rdata === 'string' ? [memberName(rdata)] : [];
  });
};

interface Pool {
  readonly kept: Kept;
  readonly profile: JsonObject;
}

const onePool = (members: SetState['members']): Pool | null => {
  const [first] = members;
  if (first === undefined) return null;
  const kept = keptOf(first);
  return { kept, profile: profileOf(kept.set) };
};

/** Objections to the pool as it is, whatever the weights. */
const objectionsToPool = (kept: Kept, profile: JsonObject, count: number): readonly string[] => {
  if (kept.kind !== 'TCPool' && kept.kind !== 'SBPool') {
    return [WHY_NOT[kept.kind] ?? `is a pool of kind ${kept.kind}, which steer does not model; it is left alone`];
  }
  const objections: string[] = [];
  if (kept.strange.length > 0) {
    objections.push(`has a record in state ${quoted(kept.strange)}, which steer does not know`);
  }
  if (kept.serving.length > 1) {
    objections.push(
      `has serving records in the states ${quoted(kept.serving)}: which one a drained record had could not be told any more; give all serving records one state`,
    );
  }
  const mostBalanced = wholeOf(profile['maxToLB'], 0);
  if (kept.kind === 'TCPool' && mostBalanced < count) {
    objections.push(
      `balances only ${mostBalanced} of its ${count} records (maxToLB) and keeps the others for when those fail, so weights would not be shares; set maxToLB to ${count}`,
    );
  }
  return objections;
};

/**
 * Throws `rejected` for a set that steer must not write, with all that is wrong with it: no pool of weights or switches, or
 * one whose weights are not what its answers follow. Nothing is asked of a set without members: there rule 1 speaks.
 */
export const assertSteerable = ({ ref, expects }: SetChange): void => {
  const pool = onePool(expects.members);
  if (pool === null) return;
  const objections = objectionsToPool(pool.kept, pool.profile, expects.members.length);
  if (objections.length > 0) throw new ProviderError('rejected', `${placeOf(ref)} ${objections.join('; and it ')}`);
};

const newlyDrained = (change: SetChange, left: SetState): readonly string[] => {
  const before = new Map(change.expects.members.map(({ member, weight }) => [member, weight]));
  return left.members
    .filter(({ member, weight }) => weight === null && before.get(member) !== null)
    .map(({ member }) => member);
};

const objectionsToSiteBacker = (left: SetState, { kept, profile }: Pool): readonly string[] => {
  const most = maxActiveOf(kept.set);
  const weighed = left.members.filter(({ weight }) => weight !== null && weight !== 1);
  const serving = left.members.filter(({ weight }) => weight !== null);
  return [
    ...(weighed.length === 0
      ? []
      : [`is a SiteBacker pool, which has no weights: a member that serves weighs 1, a drained one null`]),
    ...(serving.length > 1 && profile['order'] === 'FIXED'
      ? [
          'answers with several records in a FIXED order, so that the first gets most of the traffic; make it ROUND_ROBIN',
        ]
      : []),
    ...(serving.length > most ? [`lets ${most} records answer (maxActive), not ${serving.length}`] : []),
  ];
};

const objectionsToDrain = (kept: Kept, profile: JsonObject, drained: readonly string[]): readonly string[] => {
  const objections: string[] = [];
  const backups = backupsOf(profile).filter((backup) => drained.includes(backup));
  if (backups.length > 0) {
    objections.push(
      `has ${quoted(backups)} for its backup, which would be drained and still served once the others fail; choose another backup record`,
    );
  }
  const threshold = wholeOf(profile['failureThreshold'], 0);
  if (threshold > 0 && drained.length >= threshold) {
    objections.push(
      `counts as failed and serves its backup alone once ${threshold} of its records are out (failureThreshold), and ${drained.length} would be; set it to 0`,
    );
  }
  if (drained.length > 0 && profile['actOnProbes'] === false && kept.serving.some(followsProbes)) {
    objections.push(
      'does not act on probes, where the vendor lets no record that follows them be turned off (error 150016); set actOnProbes',
    );
  }
  return objections;
};

/** Throws `rejected` when this pool would not do what the weights say, or would serve a drained record all the same. */
export const assertServesAsWeighed = (change: SetChange, left: SetState): void => {
  const pool = onePool(left.members);
  if (pool === null) return;
  const fresh = newlyDrained(change, left);
  const off = left.members.filter(({ weight }) => weight === null).map(({ member }) => member);
  // A standby of a SiteBacker pool is no failure; which of the others are off is known once the pool was read again.
  const drained = pool.kept.kind === 'SBPool' ? fresh : off;
  const objections = [
    ...(fresh.length > 0 && change.drain !== 'state'
      ? [`drains ${quoted(fresh)} by ${change.drain}, which this vendor does not have; declare \`drain: state\``]
      : []),
    ...(pool.kept.kind === 'SBPool' ? objectionsToSiteBacker(left, pool) : []),
    ...objectionsToDrain(pool.kept, pool.profile, drained),
  ];
  if (objections.length > 0)
    throw new ProviderError('rejected', `${placeOf(change.ref)} ${objections.join('; and it ')}`);
};

/** The same for what is off in the pool that is about to be sent. Throws `rejected`. */
export const assertMayBeOff = ({ ref }: SetChange, left: SetState, off: readonly string[]): void => {
  const pool = onePool(left.members);
  const objections = pool === null ? [] : objectionsToDrain(pool.kept, pool.profile, off);
  if (objections.length > 0) throw new ProviderError('rejected', `${placeOf(ref)} ${objections.join('; and it ')}`);
};
