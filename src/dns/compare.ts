import { compareRecordKeys, recordKeyText } from '../domain/record-order.ts';
import type { RecordSet } from '../domain/record-sets.ts';
import { diffBetween, keptFields, type SetDiff } from './diff.ts';
import { markerOf } from './protected.ts';
import { isZonesOwn } from './sets.ts';

/** What one zone is at two accounts. `-` is at the first only, `+` at the second only. */
export interface Comparison {
  readonly differing: readonly SetDiff[];
  readonly same: number;
  /** Fields of the vendors' own that say something and were not compared, a sentence for each set. */
  readonly notCompared: readonly string[];
}

/** The sets of a zone that are somebody's: without what each vendor makes by itself and without steer's marker. */
export const comparable = (sets: readonly RecordSet[], zoneName: string): readonly RecordSet[] =>
  sets.filter((set) => !isZonesOwn(set, zoneName) && set.name !== markerOf({ name: zoneName }));

const ownFields = (set: RecordSet | undefined, where: string): readonly string[] => {
  const fields = set === undefined ? [] : keptFields(set.kept);
  return set === undefined || fields.length === 0 ? [] : [`${recordKeyText(set)} at ${where}: ${fields.join(', ')}`];
};

export interface Side {
  /** The account's name in the config. */
  readonly account: string;
  /** The vendor's id of the zone there. */
  readonly zone: string;
  readonly sets: readonly RecordSet[];
}

/** An alias within the zone is the same at both, whatever its zone is called there. */
const homely = (set: RecordSet, { zone }: Side): RecordSet =>
  set.alias !== null && set.alias.zone === zone ? { ...set, alias: { ...set.alias, zone: null } } : set;

/** Compares by name, type and qualifier; routing, TTL, alias and values of each. The zone's name is the same at both. */
export const compareZones = (a: Side, b: Side, zoneName: string): Comparison => {
  const [left, right] = [a, b].map(
    (side) => new Map(comparable(side.sets, zoneName).map((set) => [recordKeyText(set), homely(set, side)] as const)),
  );
  const first = left ?? new Map<string, RecordSet>();
  const second = right ?? new Map<string, RecordSet>();
  const keys = [...new Map([...first, ...second]).values()].toSorted(compareRecordKeys).map(recordKeyText);
  const diffs = keys.map((key) => diffBetween(first.get(key) ?? null, second.get(key) ?? null));
  const differing = diffs.filter(({ lines }) => lines.some(({ mark }) => mark !== ' '));
  return {
    differing: differing.map((diff) => ({ ...diff, kept: [] })),
    same: diffs.length - differing.length,
    notCompared: keys.flatMap((key) => [
      ...ownFields(first.get(key), a.account),
      ...ownFields(second.get(key), b.account),
    ]),
  };
};
