import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { comparableName } from './names.ts';
import type { RecordSet } from './record.ts';
import { memberOf } from './translate.ts';

/** What a geolocation record answers with: the one value that it has, or the name that it is an alias of. */
const targetOf = ({ AliasTarget, ResourceRecords = [] }: RecordSet): string =>
  AliasTarget?.DNSName ?? ResourceRecords.map(({ Value }) => Value).join(' ');

/** The same record with another target; everything else, the alias's zone and flags too, stays as it is. */
const pointing = (record: RecordSet, target: string): RecordSet =>
  record.AliasTarget === undefined
    ? { ...record, ResourceRecords: [{ Value: target }] }
    : { ...record, AliasTarget: { ...record.AliasTarget, DNSName: target } };

const asMember = (record: RecordSet, target: string, present: boolean): MemberState => ({
  ...memberOf(record),
  member: target,
  weight: present ? 1 : null,
  present,
});

/** An address is compared as it is, a name without case and final dot. */
const sameTarget = (a: string, b: string): boolean => comparableName(a) === comparableName(b);

/**
 * A directional group as a set: the geolocation record of that identifier serves its target; the other targets it may be given
 * have no record, but are known with the record that they would have. No members where there is no such record.
 */
export const groupStateOf = (ref: SetRef, group: string, records: readonly RecordSet[]): SetState => {
  const held = records.find(({ SetIdentifier, GeoLocation }) => SetIdentifier === group && GeoLocation !== undefined);
  if (held === undefined) return { set: ref.set, members: [] };
  const live = targetOf(held);
  const targets = ref.targets ?? [];
  const named = targets.find((target) => sameTarget(target, live)) ?? live;
  const others = targets.filter((target) => !sameTarget(target, live));
  const members = [
    asMember(held, named, true),
    ...others.map((target) => asMember(pointing(held, target), target, false)),
  ];
  return { set: ref.set, members: members.toSorted((a, b) => (a.member < b.member ? -1 : 1)) };
};

/** Throws `rejected` for a record that is not the geolocation record of this group. */
export const assertGroupRecord = (ref: SetRef, record: RecordSet): void => {
  if (record.SetIdentifier === ref.group && record.GeoLocation !== undefined) return;
  throw new ProviderError(
    'rejected',
    `${ref.name} ${ref.type}: "${record.SetIdentifier ?? ''}" is no geolocation record of the group ${ref.group ?? ''}`,
  );
};

/** A geolocation record points at one target: throws `rejected` for two. */
export const assertOneTarget = (ref: SetRef, left: SetState): void => {
  const targets = left.members.filter(({ present }) => present).map(({ member }) => member);
  if (targets.length < 2) return;
  throw new ProviderError(
    'rejected',
    `${ref.name} ${ref.type}: the group ${ref.group ?? ''} points at one target, not at ${targets.join(' and ')}`,
  );
};
