import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { memberOf } from './translate.ts';
import type { MemoryRecord, MemoryZone } from './vendor.ts';

const JOINT = ' -> ';

/** How this vendor calls the one record of a directional group: by the group and by what it points at. */
export const groupRecordName = (group: string, target: string): string => `${group}${JOINT}${target}`;

export const isGroupRecord = ({ member }: Pick<MemoryRecord, 'member'>): boolean => member.includes(JOINT);

const targetOf = (record: MemoryRecord): string => record.member.split(JOINT)[1] ?? record.member;

const pointing = (record: MemoryRecord, group: string, target: string): MemoryRecord => ({
  ...record,
  member: groupRecordName(group, target),
  value: target,
});

/**
 * A directional group as a set: the target that it points at serves, the other targets it may be given have no record but are
 * known, each with the record that it would have. Empty where the group points nowhere.
 */
export const groupSetIn = (zone: MemoryZone, ref: SetRef, group: string): SetState => {
  const held = [...zone.records.values()].filter(
    (record) =>
      record.name === ref.name && record.type === ref.type && record.member.startsWith(groupRecordName(group, '')),
  );
  const [first] = held;
  if (first === undefined) return { set: ref.set, members: [] };
  const shown = (record: MemoryRecord): MemberState => ({ ...memberOf(record), member: targetOf(record), weight: 1 });
  const known = new Set(held.map(targetOf));
  const absent = (ref.targets ?? [])
    .filter((target) => !known.has(target))
    .map((target): MemberState => ({ ...shown(pointing(first, group, target)), weight: null, present: false }));
  const members = [...held.map(shown), ...absent].toSorted((a, b) => (a.member < b.member ? -1 : 1));
  return { set: ref.set, members };
};
