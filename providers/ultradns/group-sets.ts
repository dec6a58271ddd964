import { z } from 'zod';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { SetChange } from '../steering.ts';
import { type DirectionalRecord, directionalPool, groupNameOf, headOf, recordsOf } from './directional.ts';
import { type JsonObject, kindOf, placeOf, type Rrset, settledSet, without } from './rrset.ts';
import { wholeOf } from './translate.ts';
import { memberName } from './value.ts';

const KEPT = z.looseObject({ group: z.string(), records: z.int() });

const shownOf = (ref: SetRef, group: string): string => `${placeOf(ref)}, group "${group}"`;

/** A target is called as the config calls it, however the vendor writes it. */
const calledBy = (targets: readonly string[]): ((rdata: string) => string) => {
  const names = new Map(targets.map((target) => [memberName(target), target]));
  return (rdata) => names.get(memberName(rdata)) ?? memberName(rdata);
};

/**
 * One directional group as a set: what it answers with weighs 1, the other targets it may be given are drained. No members
 * where the name has no directional pool, or the pool no such group.
 */
export const groupStateOf = (ref: SetRef, group: string, rrset: Rrset | null): SetState => {
  const none: SetState = { set: ref.set, members: [] };
  if (rrset === null || kindOf(rrset) !== 'DirPool') return none;
  const records = recordsOf(rrset).filter(({ info }) => groupNameOf(info) === group);
  const [first] = records;
  if (first === undefined) return none;
  const targets = ref.targets ?? [];
  const called = calledBy(targets);
  const held = records.map(({ rdata }) => called(rdata));
  const kept = { group, records: records.length, set: settledSet(rrset), info: without(first.info, ['ttl']) };
  const members = [...new Set([...held, ...targets])].toSorted().map(
    (member): MemberState => ({
      member,
      weight: held.includes(member) ? 1 : null,
      // Not `remove`: a group that points elsewhere has lost no record, and its other targets are only names.
      present: true,
      ttlSeconds: wholeOf(first.info['ttl'], rrset.ttl ?? 0),
      healthCheck: null,
      kept,
      cost: { elements: 1, characters: member.length },
    }),
  );
  return { set: ref.set, members };
};

/** Throws `rejected` for a group that does not answer with one record. */
export const assertGroupSteerable = ({ ref, expects }: SetChange, group: string): void => {
  const [first] = expects.members;
  if (first === undefined) return;
  const kept = KEPT.safeParse(first.kept);
  if (!kept.success || kept.data.group !== group) {
    throw new ProviderError('rejected', `${shownOf(ref, group)} carries no group of UltraDNS; read the set again`);
  }
  if (kept.data.records === 1) return;
  throw new ProviderError(
    'rejected',
    `${shownOf(ref, group)} has ${kept.data.records} records and steer points a group at one; give it one record, a pool for several`,
  );
};

/** What the group shall answer with. Throws `rejected` unless it is exactly one. */
export const targetOf = (ref: SetRef, group: string, left: SetState): string => {
  const serving = left.members.filter(({ weight }) => weight !== null).map(({ member }) => member);
  const [target, ...more] = serving;
  if (target !== undefined && more.length === 0) return target;
  const because = 'a directional group answers with one record; give one member weight 1 and the others null';
  throw new ProviderError('rejected', `${shownOf(ref, group)}: ${because}`);
};

const pointed = (record: DirectionalRecord, targets: ReadonlyMap<string, string>): DirectionalRecord => {
  const target = targets.get(groupNameOf(record.info));
  return target === undefined || memberName(target) === memberName(record.rdata)
    ? record
    : { ...record, rdata: target };
};

/** The pool whose groups point where `targets` (by group) says: territories, order and everything else as they are. */
export const poolPointedAt = (live: Rrset, targets: ReadonlyMap<string, string>): JsonObject =>
  directionalPool(
    headOf(live),
    recordsOf(live).map((record) => pointed(record, targets)),
  );
