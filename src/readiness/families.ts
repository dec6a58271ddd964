import type { RegionId } from '../domain/ids.ts';
import { keysOf } from '../domain/records.ts';
import { percentText } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import { type Finding, fail, listed, warn } from './finding.ts';
import { type ReadSet, SHARE_TOLERANCE } from './records.ts';

const regionsOf = ({ set, facts }: ReadSet): readonly RegionId[] => {
  const present = new Set(facts.state.members.filter((member) => member.present).map(({ member }) => member));
  return keysOf<RegionId>(set.members).filter((region) => present.has(set.members[region] ?? ''));
};

const pairFindings = (a: ReadSet, b: ReadSet): readonly Finding[] => {
  const { name } = a.set.ref;
  const left = regionsOf(a);
  const right = regionsOf(b);
  const only = [
    ...left.filter((region) => !right.includes(region)).map((region) => `${region} (${a.set.ref.type} only)`),
    ...right.filter((region) => !left.includes(region)).map((region) => `${region} (${b.set.ref.type} only)`),
  ];
  if (only.length > 0) {
    const says = `${name} has records of one address family only in ${listed(only)}: the other half of its users cannot follow`;
    return [fail('families', says, 'give A and AAAA of one name the same regions')];
  }
  const sharesA = sharesOf(a.facts.state, a.set.members);
  const sharesB = sharesOf(b.facts.state, b.set.members);
  const apart = left.filter((region) => Math.abs((sharesA[region] ?? 0) - (sharesB[region] ?? 0)) > SHARE_TOLERANCE);
  if (apart.length === 0) return [];
  const texts = apart.map(
    (region) =>
      `${region} ${percentText(sharesA[region] ?? 0)} of ${a.set.ref.type} and ${percentText(sharesB[region] ?? 0)} of ${b.set.ref.type}`,
  );
  return [warn('families', `${name} serves ${listed(texts)}`, 'give A and AAAA of one name the same shares')];
};

/** A and AAAA of one name are the same users by two ways: they must lead to the same places. */
export const familyFindings = (sets: readonly ReadSet[]): readonly Finding[] => {
  const byName = Map.groupBy(sets, ({ set: { ref } }) => `${ref.provider} ${ref.zone} ${ref.name}`);
  return [...byName.values()].flatMap((same) => {
    const v4 = same.find(({ set }) => set.ref.type === 'A');
    const v6 = same.find(({ set }) => set.ref.type === 'AAAA');
    return v4 === undefined || v6 === undefined ? [] : pairFindings(v4, v6);
  });
};
